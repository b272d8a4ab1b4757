using System.Globalization;

namespace Fixtures.Benchmarks;

/// <summary>How long one way took, round by round, in milliseconds. The machine changes speed: ratios are taken within a round only.</summary>
internal sealed class RoundTimes
{
    private readonly List<double> _milliseconds = [];

    public double Median => MedianOf(_milliseconds);

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);

    /// <summary>How many times as fast as another way: median of the rounds, least and most.</summary>
    public string SpeedBeside(RoundTimes other)
    {
        double[] ratios = [.. other._milliseconds.Zip(_milliseconds, (theirs, own) => theirs / own).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{MedianOf(ratios):F2} ({ratios[0]:F2} - {ratios[^1]:F2})");
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

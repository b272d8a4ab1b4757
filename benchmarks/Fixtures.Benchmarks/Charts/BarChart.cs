namespace Fixtures.Benchmarks.Charts;

/// <summary>A value with its name.</summary>
internal sealed record Bar(string Name, double Value, bool IsOurs);

/// <summary>Bars from the left, a line each.</summary>
internal static class BarChart
{
    private const int Names = 330;
    private const int Longest = 360;
    private const int Step = 30;

    public static string Draw(string title, IReadOnlyList<Bar> bars)
    {
        var svg = new Svg(Names + Longest + 110, 60 + bars.Count * Step);
        svg.Text(16, 28, title);
        double most = bars.Max(bar => bar.Value);
        for (int i = 0; i < bars.Count; i++)
        {
            double y = 48 + i * Step;
            double length = bars[i].Value / most * Longest;
            svg.Text(Names - 10, y + 16, bars[i].Name, "end");
            svg.Rectangle(Names, y, length, Step - 8, bars[i].IsOurs ? Svg.Ours : Svg.Others);
            svg.Text(Names + length + 8, y + 16, bars[i].Value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
        }
        return svg.ToString();
    }
}

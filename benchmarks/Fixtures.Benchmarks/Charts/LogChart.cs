using System.Globalization;

namespace Fixtures.Benchmarks.Charts;

/// <summary>A value for each place on the axis, with a name.</summary>
internal sealed record Line(string Name, double[] Values, bool IsOurs);

/// <summary>Lines on logarithmic scales.</summary>
internal static class LogChart
{
    private const int Left = 70;
    private const int Top = 56;
    private const int Width = 460;
    private const int Height = 380;

    // Lines that end close to each other would write their names over each other.
    private const double LeastBetweenNames = 18;

    public static string Draw(string title, double[] places, IReadOnlyList<Line> lines)
    {
        double[] all = [.. lines.SelectMany(line => line.Values)];
        (double least, double most) = (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
        (double first, double last) = (Math.Log10(places[0]), Math.Log10(places[^1]));
        double X(double place) => Left + (Math.Log10(place) - first) / (last - first) * Width;
        double Y(double value) => Top + Height - (Math.Log10(value) - least) / (most - least) * Height;

        var svg = new Svg(Left + Width + 270, Top + Height + 50);
        svg.Text(16, 28, title);
        for (double power = least; power <= most; power++)
        {
            double value = Math.Pow(10, power);
            svg.Segment(Left, Y(value), Left + Width, Y(value), Svg.Faint);
            svg.Text(Left - 8, Y(value) + 4, value.ToString("#,0.###", CultureInfo.InvariantCulture), "end");
        }
        foreach (double place in places)
        {
            svg.Segment(X(place), Top, X(place), Top + Height, Svg.Faint);
            svg.Text(X(place), Top + Height + 20, place.ToString("N0", CultureInfo.InvariantCulture), "middle");
        }
        svg.Text(Left + Width / 2.0, Top + Height + 40, "records", "middle");

        double nameY = double.MaxValue;
        foreach (Line line in lines.OrderByDescending(line => Y(line.Values[^1])))
        {
            string color = line.IsOurs ? Svg.Ours : Svg.Others;
            svg.Polyline(places.Zip(line.Values, (place, value) => (X(place), Y(value))), color);
            nameY = Math.Min(Y(line.Values[^1]) + 4, nameY - LeastBetweenNames);
            svg.Text(Left + Width + 8, nameY, line.Name, color: color);
        }
        return svg.ToString();
    }
}

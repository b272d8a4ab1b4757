using System.Globalization;

namespace Fixtures.Benchmarks.Charts;

/// <summary>Draws the pictures of benchmarks/README.md from the reports that are committed beside them.</summary>
internal static class ResultCharts
{
    /// <param name="folder">The folder of a machine's results: reads load.md and sizes.md, writes load.svg and sizes.svg.</param>
    public static int Draw(string folder)
    {
        List<string[]> ways = ReportTable.Rows(Path.Combine(folder, "load.md"));
        File.WriteAllText(
            Path.Combine(folder, "load.svg"),
            BarChart.Draw("500,000 JSON records into a database file: rows a second", [.. ways.Skip(1).Select(row => new Bar(row[0], Number(row[2]), IsOurs: row[0].Contains("LoadInto", StringComparison.Ordinal)))]));

        List<string[]> sizes = ReportTable.Rows(Path.Combine(folder, "sizes.md"));
        double[] counts = [.. sizes.Skip(1).Select(row => Number(row[0]))];
        Line[] lines = [.. Enumerable.Range(1, sizes[0].Length - 1).Select(column => new Line(
            sizes[0][column].Replace(" ms", "", StringComparison.Ordinal),
            [.. sizes.Skip(1).Select(row => Number(row[column]))],
            IsOurs: sizes[0][column].Contains("LoadInto", StringComparison.Ordinal)))];
        File.WriteAllText(Path.Combine(folder, "sizes.svg"), LogChart.Draw("Time of a load by its size, warm, in memory (ms)", counts, lines));
        return 0;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

namespace Fixtures.Benchmarks.Charts;

/// <summary>The table of a report in Markdown.</summary>
internal static class ReportTable
{
    /// <returns>The cells of its rows, the head first.</returns>
    public static List<string[]> Rows(string path) =>
        [.. File.ReadLines(path).Where(line => line.StartsWith('|') && !line.StartsWith("|-", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
}

using System.Globalization;

namespace Fixtures.Cli;

/// <summary>What <c>find</c> prints for people: aligned columns, the same in a terminal and in a file.</summary>
internal static class SearchText
{
    private const string Indent = "              ";

    /// <summary>Writes the reports. Those without problem are left out at verbosity 0.</summary>
    public static void Write(CommandContext context, IReadOnlyList<SearchReport> reports)
    {
        var paths = new DisplayPaths();
        TextWriter output = context.Terminal.Output;
        bool isFirst = true;
        foreach (SearchReport report in reports)
        {
            if (context.Common.Verbosity == 0 && report.Problem is null)
                continue;
            if (!isFirst)
                output.WriteLine();
            isFirst = false;

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ShownText.Line(report.Label)}: {report.Files.Count} file(s), {report.FileSystemCalls} file-system call(s)"));
            if (context.Common.Verbosity >= 2)
                WriteColumn(output, "looked for", report.Targets);
            WriteColumn(output, "searched", Searched(report, paths));
            WriteColumn(output, "found", Found(report, paths));
            WriteColumn(output, "problem", report.Problem is null ? [] : [paths.ShortenQuoted(report.Problem)]);
        }
    }

    private static List<string> Searched(SearchReport report, DisplayPaths paths)
    {
        string[] places = [.. report.Directories.Select(directory => paths.Shorten(directory.Path))];
        string[] contents = [.. report.Directories.Select(Content)];
        int placeWidth = Width(places);
        int contentWidth = Width(contents);
        List<string> lines = [];
        for (int i = 0; i < places.Length; i++)
        {
            string matches = report.Directories[i].Matches is { Count: > 0 } names ? string.Join(", ", names) : "-";
            lines.Add($"{places[i].PadRight(placeWidth)}  {contents[i].PadLeft(contentWidth)}  {matches}");
        }
        return lines;
    }

    private static string Content(SearchedDirectory directory) =>
        directory.Exists ? string.Create(CultureInfo.InvariantCulture, $"{directory.FileCount} {(directory.FileCount == 1 ? "file" : "files")}") : "missing";

    private static IEnumerable<string> Found(SearchReport report, DisplayPaths paths)
    {
        foreach (FixtureFile file in report.Files)
            yield return $"{paths.Shorten(file.Path)} ({file.Format}{(file.Compression is null ? "" : $", {file.Compression}")})";
        if (report.Code)
            yield return "code";
    }

    private static void WriteColumn(TextWriter output, string title, IEnumerable<string> lines)
    {
        string start = $"  {title}".PadRight(Indent.Length);
        foreach (string line in lines)
        {
            output.WriteLine((start + ShownText.Line(line)).TrimEnd());
            start = Indent;
        }
    }

    private static int Width(IEnumerable<string> texts) => texts.Select(text => text.Length).DefaultIfEmpty().Max();
}

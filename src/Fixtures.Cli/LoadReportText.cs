using System.Globalization;

namespace Fixtures.Cli;

/// <summary>What was loaded, for people.</summary>
internal static class LoadReportText
{
    /// <summary>Writes the warnings, a line for each fixture where that is asked for, and the summary.</summary>
    public static void Write(CommandContext context, LoadReport report, string summary)
    {
        if (context.Common.Verbosity == 0)
            return;

        foreach (string warning in report.Warnings)
            ErrorText.WriteWarning(context.Terminal, warning);
        TextWriter output = context.Terminal.Output;
        if (context.Common.Verbosity >= 2)
        {
            var paths = new DisplayPaths();
            foreach (FileReport file in report.Files)
                output.WriteLine(ShownText.Line(Describe(file, paths)));
        }
        output.WriteLine(summary);
    }

    private static string Describe(FileReport file, DisplayPaths paths)
    {
        string of = file.Objects == file.ObjectsInFixture ? "" : string.Create(CultureInfo.InvariantCulture, $" (of {file.ObjectsInFixture})");
        return string.Create(CultureInfo.InvariantCulture, $"{paths.Shorten(file.File.Path)}: {file.Objects} object(s){of}, {file.Elapsed.TotalMilliseconds:0.0} ms");
    }
}

using System.Globalization;

namespace Fixtures.Cli.TestPrograms;

/// <summary>What <c>test</c> prints for people: a line for each program as it ends, what has failed, and the totals.</summary>
internal sealed class TestReportText(CommandContext context)
{
    private readonly TextWriter _output = context.Terminal.Output;
    private readonly DisplayPaths _paths = new();

    /// <summary>Whether a result is shown at this verbosity as it comes.</summary>
    public bool Shows(ProgramResult result) => context.Common.Verbosity > 0 || result.HasFailed;

    /// <summary>Writes the line of a program that has ended.</summary>
    public void Write(ProgramResult result)
    {
        TestResults tests = result.Tests;
        string errors = result.Errors == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {result.Errors} error(s)");
        string skipped = tests.Skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {tests.Skipped} skipped");
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Program.Name}: {tests.Tests} test(s), {tests.Failures} failure(s){errors}{skipped}, {result.Elapsed.TotalSeconds:F3}s"));
        _output.Flush();
    }

    /// <summary>Writes what has failed, in the order in which the programs were named, and the totals.</summary>
    public void Write(TestReport report)
    {
        if (context.Common.Verbosity > 0)
        {
            foreach (string warning in report.Warnings)
                ErrorText.WriteWarning(context.Terminal, warning);
        }
        foreach (ProgramResult result in report.Results)
        {
            foreach (FailedTest test in result.Tests.Failed)
                WriteBlock($"{result.Program.Name}: {test.Name}", [.. test.Message.Split('\n'), .. test.Stack.Select(_paths.Shorten)]);
            if (result.Problem is not null)
                WriteBlock($"{result.Program.Name} {_paths.ShortenQuoted(result.Problem)}", result.LastLines.Count == 0 ? [] : ["Its last output:", .. result.LastLines]);
        }

        if (context.Common.Verbosity == 0 && !report.HasFailed)
            return;
        if (report.HasFailed)
            _output.WriteLine();
        _output.WriteLine(report.Totals);
    }

    private void WriteBlock(string title, IEnumerable<string> lines)
    {
        _output.WriteLine();
        _output.WriteLine(title);
        foreach (string line in lines)
            _output.WriteLine($"  {line}".TrimEnd());
    }
}

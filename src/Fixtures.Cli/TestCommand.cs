using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fixtures.Cli.TestPrograms;

namespace Fixtures.Cli;

/// <summary><c>fixtures test</c>: runs test programs, several at a time.</summary>
internal sealed class TestCommand : NamesCommand
{
    private readonly Option<string?> _workers = new("--workers");

    public TestCommand() : base("test", "ASSEMBLY")
    {
        _workers.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !TryReadWorkers(value, out _))
                result.AddError($"'{value}' is no number of workers. Give a whole number from 1.");
        });
        Add(_workers);
    }

    public override string NoNames => "No assembly was given. Name at least one test program: fixtures test bin/Release/net10.0/Blog.Tests.dll";

    public override string Help => """
        Runs built test programs as processes, several at a time, and adds up what came of their tests.

        Usage:
          fixtures test ASSEMBLY... [options]

        An ASSEMBLY is the .dll of a test program, or its executable: xunit v3; NUnit, MSTest and others on
        Microsoft.Testing.Platform with the package Microsoft.Testing.Extensions.TrxReport; or any that has
        Microsoft.NET.Test.Sdk and an adapter, which 'dotnet vstest' runs. Each runs in its own folder.

        A worker takes the next program as soon as it is ready. What took longest before begins first; the times are kept
        in test-times.json in the folder 'fixtures' of your local application data. A program that crashes, writes no
        results or runs no test is an error.

        --config is handed on as FIXTURES_CONFIG. Test programs choose their databases themselves: --database,
        --connection and --app do nothing here.

        Options:
          --workers N    How many programs run at a time; as many as there are cores unless given.

        Examples:
          fixtures test tests/*/bin/Release/net10.0/*.Tests.dll
          fixtures test Blog.Tests.dll Shop.Tests.dll --workers 4 --json
        """;

    public override int Run(ParseResult parsed, CommandContext context)
    {
        IReadOnlyDictionary<string, string> environment = ReadEnvironment(context.Common);
        IReadOnlyList<TestProgram> programs = TestProgramList.Find(parsed.GetRequiredValue(Names));
        int workers = parsed.GetValue(_workers) is { } given && TryReadWorkers(given, out int number) ? number : Environment.ProcessorCount;
        var times = new FormerTimes(context.Terminal.DataFolder);
        TestReportText? text = context.Common.Json ? null : new TestReportText(context);

        TestReport report;
        using (TestProgressDisplay? display = TestProgressDisplay.For(context))
        {
            var live = new LiveReport(text, display, programs.Count);
            report = Run(programs, times, Math.Min(workers, programs.Count), environment, live, context.Terminal.Cancellation);
        }

        report = report with { Warnings = [.. Warnings(context.Common, times, report)] };
        if (text is null)
            JsonReport.Write(context, report);
        else
            text.Write(report);
        return report.HasFailed ? ExitCode.Failed : ExitCode.Done;
    }

    private static TestReport Run(IReadOnlyList<TestProgram> programs, FormerTimes times, int workers, IReadOnlyDictionary<string, string> environment, LiveReport live, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fixtures-test-");
        try
        {
            long started = Stopwatch.GetTimestamp();
            IReadOnlyList<ProgramResult> results = new ProgramQueue(programs, times.Read()).RunAsync(workers, RunOne, cancellation).GetAwaiter().GetResult();
            return new TestReport(results, workers, Stopwatch.GetElapsedTime(started), []);
        }
        catch (OperationCanceledException exception)
        {
            throw new FixtureException(FixtureStage.Cancelled, new FixtureError(live.Cancelled()), exception);
        }
        finally
        {
            Delete(folder);
        }

        async Task<ProgramResult> RunOne(TestProgram program, CancellationToken stop)
        {
            live.Begin(program);
            string own = folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
            ProgramResult result = await ProgramRun.RunAsync(program, environment, own, stop).ConfigureAwait(false);
            live.End(result);
            return result;
        }
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Something that a program has left running still writes into it. It is the temporary folder, and the results were read.
        }
    }

    private static IEnumerable<string> Warnings(CommonValues common, FormerTimes times, TestReport report)
    {
        if (common.Database is not null || common.Connection is not null || common.App is not null)
            yield return "--database, --connection and --app do nothing here: test programs choose their databases themselves.";
        string? unwritten = times.Write(report.Results.Where(result => result.Problem is null).ToDictionary(result => result.Program.Assembly, result => result.Elapsed));
        if (unwritten is not null && common.Verbosity >= 2)
            yield return unwritten;
    }

    private static Dictionary<string, string> ReadEnvironment(CommonValues common)
    {
        if (common.Config is null)
            return [];
        FixtureOptions.FromFile(common.Config);
        return new Dictionary<string, string> { [Project.ConfigVariable] = Path.GetFullPath(common.Config) };
    }

    private static bool TryReadWorkers(string value, out int workers) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out workers) && workers >= 1;
}

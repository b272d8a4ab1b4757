using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Xml;

namespace Fixtures.Cli.TestPrograms;

/// <summary>Runs a test program and says what came of it.</summary>
internal static class ProgramRun
{
    // Microsoft.Testing.Platform: https://aka.ms/testingplatform/exitcodes
    private const int ZeroTestsExitCode = 8;

    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">What is set for it besides the environment of this process.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ProgramResult> RunAsync(TestProgram program, IReadOnlyDictionary<string, string> environment, string folder, CancellationToken cancellation)
    {
        string results = Path.Combine(folder, "results.trx");
        ProcessStartInfo start = program.StartInfo(results);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        long started = Stopwatch.GetTimestamp();
        try
        {
            ProcessEnd end = await TestProcess.RunAsync(start, cancellation).ConfigureAwait(false);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            (TestResults tests, string? problem) = Read(program, results, end.ExitCode);
            return new ProgramResult(program, tests, problem, end.LastLines, elapsed);
        }
        catch (Win32Exception exception)
        {
            return new ProgramResult(program, new TestResults(), $"cannot be started: {exception.Message}", [], Stopwatch.GetElapsedTime(started));
        }
    }

    private static (TestResults Tests, string? Problem) Read(TestProgram program, string results, int exitCode)
    {
        string end = string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}");
        if (!File.Exists(results))
            return (new TestResults(), exitCode == ZeroTestsExitCode && program.Runner == TestRunner.TestingPlatform ? "has run no test." : $"{end} and wrote no results.");
        try
        {
            TestResults tests = TrxReader.Read(results);
            return (tests, Problem(program, tests, exitCode, end));
        }
        catch (XmlException exception)
        {
            return (new TestResults(), $"{end}, and its results cannot be read: {exception.Message}");
        }
    }

    private static string? Problem(TestProgram program, TestResults tests, int exitCode, string end)
    {
        if (tests.ErrorsOutside > 0)
            return string.Create(CultureInfo.InvariantCulture, $"had {tests.ErrorsOutside} error(s) outside of its tests.");
        if (program.Runner == TestRunner.VSTest && tests.RunError is not null)
            return $"{end}: {tests.RunError.Split('\n')[0].TrimEnd()}";
        if (tests.Tests + tests.Skipped == 0 && (exitCode == 0 || exitCode == program.FailedExitCode || exitCode == ZeroTestsExitCode))
            return "has run no test.";
        bool hasFailed = tests.Failures + tests.Errors > 0;
        if (exitCode == 0 || (hasFailed && exitCode == program.FailedExitCode))
            return null;
        return hasFailed ? $"{end}." : $"{end}, although no test has failed.";
    }
}

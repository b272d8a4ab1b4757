using System.Diagnostics;
using System.Globalization;
using Fixtures.Benchmarks.Posts;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Suites;

/// <summary>
/// What does a second worker gain for a suite that is bound by its database, beside two bare threads with a bare connection each? And what does the runner cost
/// where there is one worker, beside a plain loop? All ways run the same test classes, in turn, several times over.
/// </summary>
internal sealed class SuiteMeasurement : IDisposable
{
    private const int Classes = 40;
    private const int Records = 1_000;

    private readonly PostSnapshot _posts = PostSnapshot.Of(Records);
    private readonly PostTestClass[] _classes = [.. Enumerable.Range(0, Classes).Select(number => new PostTestClass(number))];
    private readonly Way[] _ways;

    private SuiteMeasurement()
    {
        _ways =
        [
            new Way("a plain loop, one bare connection", () => OnBareThreads(1)),
            new Way("SuiteRunner, 1 worker", () => OnRunner(1)),
            new Way("two bare threads, a bare connection each", () => OnBareThreads(2)),
            new Way("SuiteRunner, 2 workers", () => OnRunner(2)),
        ];
    }

    /// <param name="args"><c>--rounds N</c> (21); <c>--count-memory</c>: SQLite goes on counting its memory, as it does where this library does not come first.</param>
    public static int Run(string[] args)
    {
        if (args.Contains("--count-memory"))
        {
            SQLitePCL.Batteries_V2.Init();
            SQLitePCL.raw.sqlite3_initialize();
        }
        using var measurement = new SuiteMeasurement();
        measurement.Measure(new MeasurementOptions(args).Number("--rounds", 21));
        return 0;
    }

    public void Dispose() => _posts.Dispose();

    private void Measure(int rounds)
    {
        // The first rounds are the compiler's.
        for (int round = -3; round < rounds; round++)
        {
            foreach (Way way in _ways)
            {
                TimeSpan elapsed = way.Run();
                if (round >= 0)
                    way.Times.Add(elapsed.TotalMilliseconds);
            }
        }

        Console.WriteLine($"{Classes} test classes of {PostTestClass.Tests} tests on {Records} records, {rounds} rounds");
        Console.WriteLine($"{MeasurementOptions.Machine}, {(SQLitePCL.raw.sqlite3_memory_used() > 0 ? "which counts its memory" : "which does not count its memory")}");
        Console.WriteLine();
        Console.WriteLine("| way | median ms | times as fast as the plain loop (min - max) |");
        Console.WriteLine("|---|---:|---:|");
        foreach (Way way in _ways)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {way.Description} | {way.Times.Median:F0} | {way.Times.SpeedBeside(_ways[0].Times)} |"));
        Console.WriteLine();
        Console.WriteLine($"Two workers beside two bare threads: {_ways[3].Times.SpeedBeside(_ways[2].Times)}");
    }

    private TimeSpan OnRunner(int workers)
    {
        SuiteReport report = SuiteRunner.Run(
            _classes.Select(tests => new Suite(tests.Label, database => new SuiteResult(tests.Run(database.Connection), Failures: 0, Errors: 0))),
            new SuiteOptions { Loader = _posts.Loader, Labels = [PostSnapshot.Label], Workers = workers });
        if (report.Tests != Classes * PostTestClass.Tests || report.Failures + report.Errors > 0)
            throw new InvalidOperationException($"{report.Tests} tests ran: {report}");
        return report.Elapsed;
    }

    /// <summary>
    /// As little as a loop by hand needs: an index that is counted up, and nothing reset. The connections are new, as the runner's are, and filled before
    /// the clock starts.
    /// </summary>
    private TimeSpan OnBareThreads(int count)
    {
        SqliteConnection[] connections = [.. Enumerable.Range(0, count).Select(_ => PostSnapshot.OpenEmpty())];
        Array.ForEach(connections, _posts.DeserializeInto);
        int next = -1;
        Thread[] others = [.. connections.Skip(1).Select(connection => new Thread(() => Work(connection)))];

        long started = Stopwatch.GetTimestamp();
        Array.ForEach(others, thread => thread.Start());
        Work(connections[0]);
        Array.ForEach(others, thread => thread.Join());
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);

        Array.ForEach(connections, connection => connection.Dispose());
        return elapsed;

        void Work(SqliteConnection connection)
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < Classes)
                _classes[index].Run(connection);
        }
    }

    /// <summary>One way to run the suite, and what was measured of it.</summary>
    private sealed record Way(string Description, Func<TimeSpan> Run)
    {
        public RoundTimes Times { get; } = new();
    }
}

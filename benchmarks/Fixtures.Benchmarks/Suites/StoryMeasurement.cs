using System.Diagnostics;
using System.Globalization;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Suites;

/// <summary>
/// The story of Django's ticket 20485: how much of a suite's time goes into finding its fixtures? 300 test classes over 60 apps with three labels each, found
/// by asking for every name (before the ticket), by a glob for each directory and label (its patch), and by this library; and what is left where a
/// snapshot takes the place of loading.
/// </summary>
internal sealed class StoryMeasurement : IDisposable
{
    private const int Apps = 60;
    private const int Classes = 300;
    private const int FilesOfApp = 8;
    private const int Records = 20;
    private const string Shared = "shared";

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-story-").FullName;
    private readonly string[] _directories;
    private readonly string[][] _labels;
    private readonly FixtureOptions _options;
    private readonly FixtureLoader _filesLoader;

    private StoryMeasurement()
    {
        _directories = [.. Enumerable.Range(0, Apps).Select(app => Path.Combine(_folder, $"app{app:D2}", "fixtures"))];
        _labels = [.. Enumerable.Range(0, Classes).Select(number => (string[])[BaseLabel(number % Apps), MoreLabel(number % Apps), Shared])];
        for (int app = 0; app < Apps; app++)
        {
            Directory.CreateDirectory(_directories[app]);
            WriteFixture(app, BaseLabel(app));
            WriteFixture(app, MoreLabel(app));
            for (int other = 2; other < FilesOfApp; other++)
                WriteFixture(app, $"other{other}");
        }
        WriteFixture(0, Shared);
        string schema = Path.Combine(_folder, "schema.sql");
        File.WriteAllText(schema, Post.Schema);
        _options = new FixtureOptions
        {
            Apps = [.. Enumerable.Range(0, Apps).Select(app => new FixtureApp($"app{app:D2}", Path.Combine(_folder, $"app{app:D2}")))],
            SchemaScripts = [schema],
            SearchCurrentDirectory = false,
        };
        _filesLoader = new FixtureLoader(_options);
        // A directory that changed within the last 20 ms is not trusted.
        Thread.Sleep(100);
    }

    /// <param name="args"><c>--rounds N</c> (7).</param>
    public static int Run(string[] args)
    {
        using var measurement = new StoryMeasurement();
        measurement.Measure(new MeasurementOptions(args).Number("--rounds", 7));
        return 0;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Measure(int rounds)
    {
        Way[] ways =
        [
            new Way("every name asked for", () => RunSuite(new NameByName(_directories))),
            new Way("a glob for each directory and label, results kept", () => RunSuite(new GlobByLabel(_directories))),
            new Way("this library: each directory listed once, its time looked at again", () => RunSuite(new ByResolver(_options))),
            new Way("this library's `Load`: the same, and a copy of a snapshot instead of loading", RunOnSnapshots),
        ];
        // The first round is the compiler's.
        for (int round = -1; round < rounds; round++)
        {
            foreach (Way way in ways)
            {
                Spent spent = way.Run();
                if (round >= 0)
                    way.Add(spent);
            }
        }

        Console.WriteLine($"{Classes} test classes over {Apps} apps with {FilesOfApp} fixtures each, 3 labels a class, {Records} records a fixture, {rounds} rounds");
        Console.WriteLine(MeasurementOptions.Machine);
        Console.WriteLine();
        Console.WriteLine("| way | names, listings and times asked for | discovery ms | loading ms | total ms | times as fast as the first (min - max) |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Way way in ways)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {way.Description} | {way.Calls} | {way.Discovery.Median:F0} | {way.Loading.Median:F0} | {way.Total.Median:F0} | {way.Total.SpeedBeside(ways[0].Total)} |"));
    }

    /// <summary>Each class opens a database with the schema, finds its labels, and loads what was found.</summary>
    private Spent RunSuite(IFixtureSearch search)
    {
        TimeSpan discovery = TimeSpan.Zero;
        long started = Stopwatch.GetTimestamp();
        foreach (string[] labels in _labels)
        {
            long searched = Stopwatch.GetTimestamp();
            string[] files = [.. search.Find(labels)];
            discovery += Stopwatch.GetElapsedTime(searched);
            using SqliteConnection connection = PostDatabase.Open();
            if (_filesLoader.LoadInto(connection, files).Objects != labels.Length * Records)
                throw new InvalidOperationException($"{string.Join(", ", files)} are not the fixtures of {string.Join(", ", labels)}.");
        }
        TimeSpan total = Stopwatch.GetElapsedTime(started);
        return new Spent(search.Calls, discovery, total - discovery);
    }

    /// <summary>Each class has a database of its own from a loader that is new at the start of the suite. Discovery is measured beside it, as in the way before.</summary>
    private Spent RunOnSnapshots()
    {
        var loader = new FixtureLoader(_options);
        long started = Stopwatch.GetTimestamp();
        foreach (string[] labels in _labels)
        {
            using TestDatabase database = loader.CreateDatabase(labels);
            if (database.Report.Objects != labels.Length * Records)
                throw new InvalidOperationException($"The database does not hold the fixtures of {string.Join(", ", labels)}.");
        }
        TimeSpan total = Stopwatch.GetElapsedTime(started);

        var search = new ByResolver(_options);
        long searched = Stopwatch.GetTimestamp();
        int files = _labels.Sum(labels => search.Find(labels).Count());
        TimeSpan discovery = Stopwatch.GetElapsedTime(searched);
        // The time of each fixture and of the schema's script is looked at, too.
        return new Spent(search.Calls + files + Classes, discovery, total - discovery);
    }

    private void WriteFixture(int app, string name) => PostFiles.Write(Path.Combine(_directories[app], $"{name}.json"), "json", Records);

    private static string BaseLabel(int app) => $"app{app:D2}_base";

    private static string MoreLabel(int app) => $"app{app:D2}_more";

    private readonly record struct Spent(long Calls, TimeSpan Discovery, TimeSpan Loading);

    /// <summary>One way to get the fixtures, and what was measured of it.</summary>
    private sealed record Way(string Description, Func<Spent> Run)
    {
        public long Calls { get; private set; }

        public RoundTimes Discovery { get; } = new();

        public RoundTimes Loading { get; } = new();

        public RoundTimes Total { get; } = new();

        public void Add(Spent spent)
        {
            Calls = spent.Calls;
            Discovery.Add(spent.Discovery.TotalMilliseconds);
            Loading.Add(spent.Loading.TotalMilliseconds);
            Total.Add((spent.Discovery + spent.Loading).TotalMilliseconds);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Dapper;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Load;

/// <summary>
/// What does a load into a table with two secondary indexes cost, beside code that keeps them, and code that drops them before and creates them after? Warm, into new
/// database files; the ways run in turn, and a ratio counts within its round.
/// </summary>
internal sealed class IndexMeasurement : IDisposable
{
    // Keys in no order, as those of most indexes are.
    private const string Create = "CREATE INDEX post_created ON blog_post (created); CREATE INDEX post_views ON blog_post (views);";
    private const string Drop = "DROP INDEX post_created; DROP INDEX post_views;";

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-indexes-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });
    private readonly int _rounds;

    private IndexMeasurement(int rounds) => _rounds = rounds;

    /// <param name="args"><c>--rounds N</c> (5).</param>
    public static int Run(string[] args)
    {
        using var measurement = new IndexMeasurement(new MeasurementOptions(args).Number("--rounds", 5));
        measurement.Measure();
        return 0;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Measure()
    {
        // The code is compiled by then.
        for (int i = 0; i < 10; i++)
            MeasureSize(20_000, rounds: 1);
        Console.WriteLine(MeasurementOptions.Machine);
        Console.WriteLine();
        Console.WriteLine("| records | values at hand, indexes kept ms | values at hand, dropped and created | LoadInto | SqliteCommand and JsonElement, kept |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        foreach (int count in (int[])[2000, 10_000, 50_000, 500_000])
        {
            RoundTimes[] times = MeasureSize(count, _rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {times[0].Median:F1} | {string.Join(" | ", times.Skip(1).Select(time => time.SpeedBeside(times[0])))} |"));
        }
        Console.WriteLine();
        Console.WriteLine("Speed, beside the first way: median of the rounds (min - max).");
    }

    private RoundTimes[] MeasureSize(int count, int rounds)
    {
        string fixture = Path.Combine(_folder, $"posts-{count}.json");
        PostFiles.Write(fixture, "json", count);
        var bare = new BarePosts(count);
        Action<SqliteConnection>[] ways =
        [
            connection => Insert(connection, bare, "", ""),
            connection => Insert(connection, bare, Drop, Create),
            connection => _loader.LoadInto(connection, fixture),
            connection => UsualCode.WithCommands(connection, fixture),
        ];
        RoundTimes[] times = [.. ways.Select(_ => new RoundTimes())];
        for (int round = 0; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
                times[way].Add(RunOnce(ways[way], count));
        }
        File.Delete(fixture);
        return times;
    }

    private double RunOnce(Action<SqliteConnection> way, int count)
    {
        string path = Path.Combine(_folder, "posts.db");
        File.Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(Post.Schema + ";" + Create);
        long started = Stopwatch.GetTimestamp();
        way(connection);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        foreach (string index in (string[])["post_created", "post_views"])
        {
            if (connection.ExecuteScalar<int>($"SELECT count(*) FROM blog_post INDEXED BY {index} WHERE created > '' AND views >= 0") != count)
                throw new InvalidOperationException($"'{index}' does not hold {count} rows.");
        }
        return milliseconds;
    }

    private static void Insert(SqliteConnection connection, BarePosts posts, string before, string after)
    {
        using sqlite3_stmt insert = BarePosts.Prepare(connection.Handle!, Post.Insert);
        posts.Insert(connection.Handle!, insert, before, after);
    }
}

using System.Diagnostics;
using System.Globalization;
using Dapper;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Load;

/// <summary>What does a load cost by its size, from 10 records to a million? Warm, into new in-memory databases; the ways run in turn, each as often as fits into a second, the median counts.</summary>
internal sealed class SizeMeasurement : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-sizes-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });

    /// <param name="args"><c>--most N</c> (1000000).</param>
    public static int Run(string[] args)
    {
        using var measurement = new SizeMeasurement();
        measurement.Measure(new MeasurementOptions(args).Number("--most", 1_000_000));
        return 0;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Measure(int most)
    {
        // The code is compiled by then.
        MeasureSize(20_000);
        Console.WriteLine(MeasurementOptions.Machine);
        Console.WriteLine();
        Console.WriteLine("| records | values at hand, prepared loop ms | LoadInto ms | SqliteCommand and JsonElement ms | Dapper and typed objects ms |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        for (int count = 10; count <= most; count *= 10)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {string.Join(" | ", MeasureSize(count).Select(milliseconds => milliseconds.ToString("G4", CultureInfo.InvariantCulture)))} |"));
    }

    private double[] MeasureSize(int count)
    {
        string path = Path.Combine(_folder, $"posts-{count}.json");
        PostFiles.Write(path, "json", count);
        var bare = new BarePosts(count);
        Action<SqliteConnection>[] ways =
        [
            connection =>
            {
                using sqlite3_stmt insert = BarePosts.Prepare(connection.Handle!, Post.Insert);
                bare.Insert(connection.Handle!, insert);
            },
            connection => _loader.LoadInto(connection, path),
            connection => UsualCode.WithCommands(connection, path),
            connection => UsualCode.WithDapper(connection, path),
        ];
        RoundTimes[] times = [.. ways.Select(_ => new RoundTimes())];
        long started = Stopwatch.GetTimestamp();
        do
        {
            for (int way = 0; way < ways.Length; way++)
            {
                using SqliteConnection connection = PostDatabase.Open();
                long begun = Stopwatch.GetTimestamp();
                ways[way](connection);
                times[way].Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (connection.ExecuteScalar<int>("SELECT count(*) FROM blog_post") != count)
                    throw new InvalidOperationException($"Way {way} has not stored {count} rows.");
            }
        }
        while (Stopwatch.GetElapsedTime(started) < LongEnough * ways.Length);
        File.Delete(path);
        return [.. times.Select(time => time.Median)];
    }
}

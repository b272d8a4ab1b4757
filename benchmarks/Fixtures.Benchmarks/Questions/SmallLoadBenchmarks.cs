using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does a test pay that loads 50 records into its open in-memory database, with a loader that has loaded them before? Beside the same upserts, prepared beforehand,
/// with the values at hand.
/// </summary>
[MemoryDiagnoser]
public class SmallLoadBenchmarks
{
    private const int Records = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });
    private readonly SqliteConnection _connection = PostDatabase.Open();
    private readonly BarePosts _posts = new(Records);
    private sqlite3_stmt _upsert = null!;

    private string FixturePath => Path.Combine(_folder, "posts.json");

    [GlobalSetup]
    public void Prepare()
    {
        PostFiles.Write(FixturePath, "json", Records);
        _upsert = BarePosts.Prepare(_connection.Handle!, Post.Upsert);
        Prepared_upserts();
        PostDatabase.Check(_connection, Records);
        using (SqliteCommand command = _connection.CreateCommand())
        {
            command.CommandText = "UPDATE blog_post SET title = ''";
            command.ExecuteNonQuery();
        }
        Load();
        PostDatabase.Check(_connection, Records);
    }

    [GlobalCleanup]
    public void Delete()
    {
        _upsert.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void Prepared_upserts() => _posts.Insert(_connection.Handle!, _upsert);

    [Benchmark]
    public LoadReport Load() => _loader.LoadInto(_connection, FixturePath);
}

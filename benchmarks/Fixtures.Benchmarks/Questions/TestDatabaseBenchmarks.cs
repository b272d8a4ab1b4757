using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does a test pay for a new database of its own, with the fixtures in it? Each run gets a connection, reads one row and closes it.
/// Beside the least that gives a database the bytes of another one: open, sqlite3_deserialize. 1,000 posts are 0.2 MB, 40,000 are 10 MB.
/// </summary>
[MemoryDiagnoser]
public class TestDatabaseBenchmarks
{
    private PostSnapshot _posts = null!;

    [Params(1_000, 40_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _posts = PostSnapshot.Of(Records);
        using (SqliteConnection connection = PostSnapshot.OpenEmpty())
        {
            _posts.DeserializeInto(connection);
            PostDatabase.Check(connection, Records);
        }
        using (TestDatabase database = _posts.Loader.CreateDatabase(PostSnapshot.Label))
            PostDatabase.Check(database.Connection, Records);
        using (SqliteConnection connection = Built())
            PostDatabase.Check(connection, Records);
        using (SqliteConnection connection = BackedUp())
            PostDatabase.Check(connection, Records);
    }

    [GlobalCleanup]
    public void Delete() => _posts.Dispose();

    [Benchmark(Baseline = true)]
    public string Bare_open_and_deserialize()
    {
        using SqliteConnection connection = PostSnapshot.OpenEmpty();
        _posts.DeserializeInto(connection);
        return PostSnapshot.ReadTitle(connection);
    }

    [Benchmark]
    public string Load()
    {
        using TestDatabase database = _posts.Loader.CreateDatabase(PostSnapshot.Label);
        return PostSnapshot.ReadTitle(database.Connection);
    }

    [Benchmark]
    public string Backup_into_new_connection()
    {
        using SqliteConnection connection = BackedUp();
        return PostSnapshot.ReadTitle(connection);
    }

    [Benchmark]
    public string Schema_and_fixtures_again()
    {
        using SqliteConnection connection = Built();
        return PostSnapshot.ReadTitle(connection);
    }

    private SqliteConnection BackedUp()
    {
        SqliteConnection connection = PostSnapshot.OpenEmpty();
        _posts.Original.BackupDatabase(connection);
        return connection;
    }

    private SqliteConnection Built()
    {
        SqliteConnection connection = PostDatabase.Open();
        _posts.Loader.LoadInto(connection, PostSnapshot.Label);
        return connection;
    }
}

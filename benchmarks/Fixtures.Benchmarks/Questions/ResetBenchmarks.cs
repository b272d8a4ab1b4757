using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does a test pay that gets a database back to its fixtures? Each run changes ten rows, brings the database back and reads one row.
/// Beside sqlite3_deserialize onto the open connection. A rollback is cheaper, and of no use to code under test that opens transactions of its own.
/// </summary>
[MemoryDiagnoser]
public class ResetBenchmarks
{
    private readonly SqliteConnection _deserialized = PostSnapshot.OpenEmpty();
    private readonly SqliteConnection _backedUp = PostSnapshot.OpenEmpty();
    private PostSnapshot _posts = null!;
    private TestDatabase _database = null!;
    private TestDatabasePool _pool = null!;

    [Params(1_000, 40_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _posts = PostSnapshot.Of(Records);
        _posts.DeserializeInto(_deserialized);
        _posts.Original.BackupDatabase(_backedUp);
        _database = _posts.Loader.CreateDatabase(PostSnapshot.Label);
        _pool = _posts.CreatePool(size: 1);

        foreach (Func<string> way in (Func<string>[])[Bare_deserialize, Reset, Rent_from_a_pool, Rent_from_a_pool, Backup, Rollback])
        {
            if (way() != Post.First(1).Single().Title)
                throw new InvalidOperationException($"{way.Method.Name} does not bring the rows back.");
        }
        foreach (SqliteConnection connection in (SqliteConnection[])[_deserialized, _backedUp, _database.Connection])
            PostDatabase.Check(connection, Records);
    }

    [GlobalCleanup]
    public void Delete()
    {
        _pool.Dispose();
        _database.Dispose();
        _deserialized.Dispose();
        _backedUp.Dispose();
        _posts.Dispose();
    }

    [Benchmark(Baseline = true)]
    public string Bare_deserialize()
    {
        PostSnapshot.ChangeTenTitles(_deserialized);
        _posts.DeserializeInto(_deserialized);
        return PostSnapshot.ReadTitle(_deserialized);
    }

    [Benchmark]
    public string Reset()
    {
        PostSnapshot.ChangeTenTitles(_database.Connection);
        _database.Reset();
        return PostSnapshot.ReadTitle(_database.Connection);
    }

    /// <summary>The rent takes back what the last renter has changed.</summary>
    [Benchmark]
    public string Rent_from_a_pool()
    {
        using TestDatabase database = _pool.Rent();
        string title = PostSnapshot.ReadTitle(database.Connection);
        PostSnapshot.ChangeTenTitles(database.Connection);
        return title;
    }

    [Benchmark]
    public string Backup()
    {
        PostSnapshot.ChangeTenTitles(_backedUp);
        _posts.Original.BackupDatabase(_backedUp);
        return PostSnapshot.ReadTitle(_backedUp);
    }

    [Benchmark]
    public string Rollback()
    {
        using (SqliteTransaction transaction = _deserialized.BeginTransaction())
            PostSnapshot.ChangeTenTitles(_deserialized, transaction);
        return PostSnapshot.ReadTitle(_deserialized);
    }
}

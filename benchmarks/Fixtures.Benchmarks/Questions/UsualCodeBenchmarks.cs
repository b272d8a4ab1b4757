using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Load;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// How does loading a file compare with what one writes without a fixture library, all of it warm in one process: Microsoft.Data.Sqlite, Dapper, EF Core?
/// 5000 records of JSON into a new in-memory database.
/// </summary>
[MemoryDiagnoser]
public class UsualCodeBenchmarks
{
    private const int Records = 5_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });

    private string FixturePath => Path.Combine(_folder, "posts.json");

    [GlobalSetup]
    public void Prepare()
    {
        PostFiles.Write(FixturePath, "json", Records);
        foreach (Func<SqliteConnection, TimeSpan> way in (Func<SqliteConnection, TimeSpan>[])[WithCommands, WithDapper, WithEntityFramework, WithLoader])
        {
            using SqliteConnection connection = PostDatabase.Open();
            way(connection);
            PostDatabase.Check(connection, Records);
        }
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public TimeSpan Commands_and_JsonElement() => InNewDatabase(WithCommands);

    [Benchmark]
    public TimeSpan Dapper() => InNewDatabase(WithDapper);

    [Benchmark]
    public TimeSpan EF_Core() => InNewDatabase(WithEntityFramework);

    [Benchmark]
    public TimeSpan Load() => InNewDatabase(WithLoader);

    private TimeSpan WithCommands(SqliteConnection connection) => UsualCode.WithCommands(connection, FixturePath);

    private TimeSpan WithDapper(SqliteConnection connection) => UsualCode.WithDapper(connection, FixturePath);

    private TimeSpan WithEntityFramework(SqliteConnection connection) => UsualCode.WithEntityFramework(connection, FixturePath);

    private TimeSpan WithLoader(SqliteConnection connection) => _loader.LoadInto(connection, FixturePath).Elapsed;

    private static TimeSpan InNewDatabase(Func<SqliteConnection, TimeSpan> way)
    {
        using SqliteConnection connection = PostDatabase.Open();
        return way(connection);
    }
}

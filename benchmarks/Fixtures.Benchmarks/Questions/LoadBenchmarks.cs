using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// How much does loading a file cost, beside inserting values that are at hand: by format and size? Each run opens an in-memory database, makes the table and fills it.
/// The bare loop does not read a file, does not decode and knows the table.
/// </summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });
    private BarePosts _posts = null!;

    [Params(1_000, 50_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        foreach (string format in (string[])["json", "jsonl", "yaml", "xml"])
            PostFiles.Write(PathOf(format), format, Records);
        // Two files of one name, one of them packed, would be refused.
        File.Move(PackedFile.Write(PathOf("json"), "gz"), PathOf("json.gz"));
        _posts = new BarePosts(Records);

        foreach (Action<SqliteConnection> way in (Action<SqliteConnection>[])[InsertBare, .. Extensions.Select(extension => (Action<SqliteConnection>)(connection => _loader.LoadInto(connection, PathOf(extension))))])
        {
            using SqliteConnection connection = PostDatabase.Open();
            way(connection);
            PostDatabase.Check(connection, Records);
        }
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public void Bare_prepared_loop()
    {
        using SqliteConnection connection = PostDatabase.Open();
        InsertBare(connection);
    }

    [Benchmark]
    public LoadReport Json() => Load("json");

    [Benchmark]
    public LoadReport Json_gz() => Load("json.gz");

    [Benchmark]
    public LoadReport Json_lines() => Load("jsonl");

    [Benchmark]
    public LoadReport Xml() => Load("xml");

    [Benchmark]
    public LoadReport Yaml() => Load("yaml");

    private static string[] Extensions => ["json", "json.gz", "jsonl", "xml", "yaml"];

    private LoadReport Load(string extension)
    {
        using SqliteConnection connection = PostDatabase.Open();
        return _loader.LoadInto(connection, PathOf(extension));
    }

    private void InsertBare(SqliteConnection connection)
    {
        using sqlite3_stmt insert = BarePosts.Prepare(connection.Handle!, Post.Insert);
        _posts.Insert(connection.Handle!, insert);
    }

    private string PathOf(string extension) => Path.Combine(_folder, extension.EndsWith(".gz", StringComparison.Ordinal) ? $"packed.{extension}" : $"posts.{extension}");
}

using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Shapes;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does the shape of records cost: few columns and many, long texts, references, lists, models in turn? 5000 records of JSON into a new in-memory database, beside
/// Microsoft.Data.Sqlite at its best: commands that are prepared once. They neither read nor decode, have the values at hand and know the tables.
/// </summary>
[MemoryDiagnoser]
public class RowShapeBenchmarks
{
    private const int Records = 5_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });
    private RecordShape _shape = null!;
    private BareCommands _commands = null!;

    [Params("narrow", "usual", "wide", "long_text", "foreign_keys", "many_to_many", "alternating", "natural_keys")]
    public string Shape { get; set; } = "";

    private string FixturePath => Path.Combine(_folder, "records.json");

    [GlobalSetup]
    public void Prepare()
    {
        _shape = RecordShapes.Of(Shape, Records);
        _shape.WriteJson(FixturePath);
        _commands = new BareCommands(_shape.Records);

        using SqliteConnection expected = _shape.Open();
        _commands.Run(expected);
        using SqliteConnection actual = _shape.Open();
        if (_loader.LoadInto(actual, FixturePath).Objects != _shape.Records.Count)
            throw new InvalidOperationException($"Of {Shape} not all records are loaded.");
        RecordShape.CheckSame(expected, actual);
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public void Prepared_commands()
    {
        using SqliteConnection connection = _shape.Open();
        _commands.Run(connection);
    }

    [Benchmark]
    public LoadReport Load()
    {
        using SqliteConnection connection = _shape.Open();
        return _loader.LoadInto(connection, FixturePath);
    }
}

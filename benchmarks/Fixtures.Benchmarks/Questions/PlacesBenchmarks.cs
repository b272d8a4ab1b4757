using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Fixtures.Formats;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does it cost to know every line and column while all goes well, beside the load itself? What a load does for it is to count breaks and characters,
/// window by window: <see cref="Utf8Window"/>. One window is counted again and again here, as what was just read is in the cache.
/// 50,000 records, on one line (json) and on a line each (jsonl), into an in-memory database.
/// </summary>
public class PlacesBenchmarks
{
    private const int Records = 50_000;
    private const int WindowByteCount = 64 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly FixtureLoader _loader = new(new FixtureOptions { SearchCurrentDirectory = false });
    private byte[] _window = [];
    private int _windowCount;

    [Params("json", "jsonl")]
    public string Format { get; set; } = "";

    private string FixturePath => Path.Combine(_folder, $"posts.{Format}");

    [GlobalSetup]
    public void Prepare()
    {
        PostFiles.Write(FixturePath, Format, Records);
        byte[] bytes = File.ReadAllBytes(FixturePath);
        _window = bytes[..WindowByteCount];
        _windowCount = (bytes.Length + WindowByteCount - 1) / WindowByteCount;
        if (Load().Objects != Records || Count() == 0)
            throw new InvalidOperationException("Not every record is loaded, or nothing is counted.");
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public LoadReport Load()
    {
        using SqliteConnection connection = PostDatabase.Open();
        return _loader.LoadInto(connection, FixturePath);
    }

    [Benchmark]
    public long Count()
    {
        long lines = 0;
        long characters = 0;
        for (int i = 0; i < _windowCount; i++)
        {
            ReadOnlySpan<byte> window = _window;
            int lastBreak = window.LastIndexOf((byte)'\n');
            if (lastBreak >= 0)
                lines += window.Count((byte)'\n');
            characters += Utf8Characters.Count(window[(lastBreak + 1)..]);
        }
        return lines + characters;
    }
}

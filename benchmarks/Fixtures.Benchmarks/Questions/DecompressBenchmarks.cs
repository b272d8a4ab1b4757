using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Fixtures.Extraction;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What do the integrity checks and limits cost, beside the bare decompressor that each compression is built on? 5000 records (1.8 MB of JSON), from file to plain bytes.
/// The bare ones accept some damaged files.
/// </summary>
[MemoryDiagnoser]
public class DecompressBenchmarks
{
    private const int Records = 5_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private FixtureFile _file = null!;

    [Params("gz", "bz2", "zip", "xz", "lzma")]
    public string Compression { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        string path = Path.Combine(_folder, "posts.json");
        PostFiles.Write(path, "json", Records);
        _file = new FixtureFile(PackedFile.Write(path, Compression), "posts", "json", Compression);

        byte[] plain = File.ReadAllBytes(path);
        using FileStream file = File.OpenRead(_file.Path);
        using Stream bare = PackedFile.OpenBare(file, Compression);
        using Stream extracted = FixtureExtractor.Open(_file, long.MaxValue);
        if (!AllOf(bare).SequenceEqual(plain) || !AllOf(extracted).SequenceEqual(plain))
            throw new InvalidOperationException($"{Compression} does not give the bytes that were packed.");
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public long Bare_decompressor()
    {
        using FileStream file = File.OpenRead(_file.Path);
        using Stream bare = PackedFile.OpenBare(file, Compression);
        return Read(bare);
    }

    [Benchmark]
    public long Extract()
    {
        using Stream extracted = FixtureExtractor.Open(_file, long.MaxValue);
        return Read(extracted);
    }

    private long Read(Stream stream)
    {
        long byteCount = 0;
        int read;
        while ((read = stream.Read(_buffer, 0, _buffer.Length)) > 0)
            byteCount += read;
        return byteCount;
    }

    private static byte[] AllOf(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

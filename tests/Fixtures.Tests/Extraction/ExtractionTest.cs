using Fixtures.Extraction;

namespace Fixtures.Tests.Extraction;

/// <summary>A folder for packed files, and what extraction makes of them.</summary>
public abstract class ExtractionTest : IDisposable
{
    private const long NoLimit = long.MaxValue - 1;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fixtures-extraction-");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Where a file of this compression stands.</summary>
    protected string PathOf(string? compression) => Path.Combine(_folder.FullName, compression == null ? "data.json" : $"data.json.{compression}");

    protected static FixtureFile FileOf(string path, string? compression) => new(path, "data", "json", compression);

    protected static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private protected ExtractedStream Open(byte[] packed, string? compression, long maxUnpackedBytes = NoLimit)
    {
        string path = PathOf(compression);
        File.WriteAllBytes(path, packed);
        return FixtureExtractor.Open(FileOf(path, compression), maxUnpackedBytes);
    }

    protected byte[] Unpack(byte[] packed, string? compression, long maxUnpackedBytes = NoLimit, int bufferByteCount = 64 << 10)
    {
        using ExtractedStream stream = Open(packed, compression, maxUnpackedBytes);
        var unpacked = new MemoryStream();
        stream.CopyTo(unpacked, bufferByteCount);
        return unpacked.ToArray();
    }

    /// <summary>The message with which a file is refused, without its path.</summary>
    protected string Refusal(byte[] packed, string? compression, long maxUnpackedBytes = NoLimit)
    {
        FixtureException exception = Assert.Throws<FixtureException>(() => Unpack(packed, compression, maxUnpackedBytes));
        Assert.Equal(FixtureStage.Decode, exception.Stage);
        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal(PathOf(compression), error.File);
        return error.Message;
    }
}

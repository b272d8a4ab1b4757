using System.IO.Compression;

namespace Fixtures.Extraction;

/// <summary>
/// Unpacks gzip (RFC 1952): any number of members, then any number of zero bytes, as gzip(1) accepts them.
/// zlib verifies the CRC and the length of each member that is complete; <see cref="GzipFeed"/> finds those that are not.
/// </summary>
internal sealed class GzipUnpacker(PackedInput input) : Unpacker
{
    private readonly GzipFeed _feed = new(input);
    private GZipStream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        _decoder ??= CreateDecoder();
        int byteCount;
        try
        {
            byteCount = _decoder.Read(buffer);
        }
        catch (InvalidDataException error) when (_feed.EndWasGiven)
        {
            throw PackedFileException.Truncated(error);
        }
        if (byteCount == 0 && !_feed.TailWasReached)
            throw PackedFileException.TrailingBytes();
        return byteCount;
    }

    public override void Dispose()
    {
        _decoder?.Dispose();
        input.Dispose();
    }

    private GZipStream CreateDecoder()
    {
        if (!input.StartsWith([0x1F, 0x8B]))
            throw PackedFileException.NotPacked("a gzip");
        return new GZipStream(_feed, CompressionMode.Decompress, leaveOpen: true);
    }
}

using ICSharpCode.SharpZipLib.BZip2;

namespace Fixtures.Extraction;

/// <summary>Unpacks bzip2: one stream or several, one after the other, as parallel packers write them.</summary>
internal sealed class Bzip2Unpacker(PackedInput input) : Unpacker
{
    private BZip2InputStream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            _decoder ??= CreateDecoder(first: true);
            while (true)
            {
                int byteCount = _decoder.Read(buffer);
                if (byteCount > 0)
                    return byteCount;
                if (input.Peek().IsEmpty)
                    return 0;
                _decoder = CreateDecoder(first: false);
            }
        }
        catch (EndOfStreamException error)
        {
            // SharpZipLib turns whatever its input throws into this.
            throw input.Fault ?? (Exception)PackedFileException.Truncated(error);
        }
    }

    public override void Dispose()
    {
        _decoder?.Dispose();
        input.Dispose();
    }

    // The signature is looked at here because SharpZipLib takes a stream without one for an empty stream.
    private BZip2InputStream CreateDecoder(bool first)
    {
        if (!input.StartsWith("BZh"u8))
            throw first ? PackedFileException.NotPacked("a bzip2") : PackedFileException.TrailingBytes();
        if (input.Peek(4) is [_, _, _, < (byte)'1' or > (byte)'9', ..])
            throw PackedFileException.Damaged("its block size is none of 1 to 9");
        return new BZip2InputStream(input) { IsStreamOwner = false };
    }
}

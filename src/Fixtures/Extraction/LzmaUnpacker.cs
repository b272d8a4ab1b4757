using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;

namespace Fixtures.Extraction;

/// <summary>
/// Unpacks the .lzma format: thirteen bytes of header, then one LZMA stream whose size is stated or that ends in a marker.
/// The format has no checksum. What stands in for it is the state of the range decoder, 32 bits that are zero after sound data.
/// </summary>
internal sealed class LzmaUnpacker(PackedInput input, long maxUnpackedBytes) : Unpacker
{
    private const int PropertiesByteCount = 5;
    private const int HeaderByteCount = PropertiesByteCount + sizeof(long);
    private const int RangeCoderStartByteCount = 5;
    private const int MaxPropertiesByte = 224;
    private const long UnknownSize = -1;

    private LzmaStream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        _decoder ??= CreateDecoder();
        int byteCount = _decoder.Read(buffer);
        if (byteCount == 0 && !input.Peek().IsEmpty)
            throw PackedFileException.TrailingBytes();
        return byteCount;
    }

    public override void Dispose()
    {
        _decoder?.Dispose();
        input.Dispose();
    }

    private LzmaStream CreateDecoder()
    {
        ReadOnlySpan<byte> start = input.Peek(HeaderByteCount + RangeCoderStartByteCount);
        if (start is [> MaxPropertiesByte, ..])
            throw PackedFileException.NotPacked("an lzma");
        if (start.Length < HeaderByteCount + RangeCoderStartByteCount)
            throw PackedFileException.Truncated();

        byte[] properties = start[..PropertiesByteCount].ToArray();
        long size = BinaryPrimitives.ReadInt64LittleEndian(start[PropertiesByteCount..]);
        // The range coder always begins with a zero; SharpCompress does not look at it. Together with the size it tells other files from .lzma.
        if (size < UnknownSize || start[HeaderByteCount] != 0)
            throw PackedFileException.NotPacked("an lzma");
        // SharpCompress does not look at the range decoder where there is nothing to decode.
        if (size == 0 && start[(HeaderByteCount + 1)..(HeaderByteCount + RangeCoderStartByteCount)].ContainsAnyExcept((byte)0))
            throw PackedFileException.Damaged("it states a size of 0 and holds data");

        Span<byte> dictionary = properties.AsSpan(1);
        BinaryPrimitives.WriteInt32LittleEndian(dictionary,
            LzmaDictionary.Limit(BinaryPrimitives.ReadUInt32LittleEndian(dictionary), size == UnknownSize ? maxUnpackedBytes : size));
        input.Advance(HeaderByteCount);
        return LzmaStream.Create(properties, input, UnknownSize, size, leaveOpen: true);
    }
}

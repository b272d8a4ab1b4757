using System.Buffers.Binary;
using SharpCompress.Common;
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

    // More bits than 32 come out of so many zeros, whatever the decoder has learnt about them.
    private const int ProofByteCount = 4 << 10;

    private LzmaStream? _decoder;
    private long _statedByteCount;
    private long _byteCount;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        _decoder ??= CreateDecoder();
        if (_ended)
            return 0;
        if (_statedByteCount != UnknownSize)
            buffer = buffer[..(int)Math.Min(buffer.Length, _statedByteCount - _byteCount)];
        int byteCount = buffer.IsEmpty ? 0 : _decoder.Read(buffer);
        _byteCount += byteCount;
        if (byteCount == 0)
            VerifyEnd(_decoder);
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
        _statedByteCount = BinaryPrimitives.ReadInt64LittleEndian(start[PropertiesByteCount..]);
        // The range coder always begins with a zero; SharpCompress does not look at it. Together with the size it tells other files from .lzma.
        if (_statedByteCount < UnknownSize || start[HeaderByteCount] != 0)
            throw PackedFileException.NotPacked("an lzma");

        Span<byte> dictionary = properties.AsSpan(1);
        long unpackedByteCount = _statedByteCount == UnknownSize ? maxUnpackedBytes : _statedByteCount;
        BinaryPrimitives.WriteInt32LittleEndian(dictionary, LzmaDictionary.Limit(BinaryPrimitives.ReadUInt32LittleEndian(dictionary), unpackedByteCount));
        input.Advance(HeaderByteCount);
        // SharpCompress is not told the size: where a marker follows, it accepts that less is stated than the data unpacks to.
        return LzmaStream.Create(properties, input, UnknownSize, UnknownSize, leaveOpen: true);
    }

    private void VerifyEnd(LzmaStream decoder)
    {
        _ended = true;
        if (_statedByteCount != UnknownSize)
        {
            if (_byteCount != _statedByteCount)
                throw PackedFileException.Damaged("its data ends before the size that it states");
            if (input.Peek().IsEmpty && !IsRangeDecoderZero(decoder))
                throw PackedFileException.Damaged("its data does not end at the size that it states");
            if (!input.Peek().IsEmpty)
                SkipMarker(decoder);
        }
        if (!input.Peek().IsEmpty)
            throw PackedFileException.TrailingBytes();
    }

    private static void SkipMarker(LzmaStream decoder)
    {
        Exception? cause = null;
        try
        {
            if (decoder.Read(stackalloc byte[1]) == 0)
                return;
        }
        catch (Exception error) when (error is PackedFileException or SharpCompressException)
        {
            cause = error;
        }
        throw new PackedFileException("is damaged, or holds other bytes after the packed data. Restore it or pack it again.", cause);
    }

    // SharpCompress looks at the range decoder where it finds a marker. Where there is none, it is made to decode zeros:
    // out of a state of zero come zeros without end, out of any other one something else before long.
    private bool IsRangeDecoderZero(LzmaStream decoder)
    {
        input.EndsInZeros = true;
        byte[] proof = new byte[ProofByteCount];
        return decoder.Read(proof) == proof.Length && !proof.AsSpan().ContainsAnyExcept((byte)0);
    }
}

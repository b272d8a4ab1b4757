using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;

namespace Fixtures.Extraction;

/// <summary>One block of an xz stream: its header, its data in LZMA2, padding, and the check of what it unpacks to.</summary>
internal sealed class XzBlock : IDisposable
{
    private const int MaxHeaderByteCount = 1024;
    private const byte Lzma2 = 0x21;

    private readonly PackedInput _input;
    private readonly XzCheck _check;
    private readonly LzmaStream _decoder;
    private readonly long _start;
    private readonly long _dataStart;
    private readonly long? _statedPackedByteCount;
    private readonly long? _statedByteCount;

    /// <summary>Reads the block's header.</summary>
    /// <param name="input">Stands at the block's first byte. It stays open.</param>
    /// <param name="check">The stream's kind of check; the block owns it.</param>
    /// <param name="maxUnpackedBytes">How many bytes can be wanted.</param>
    public XzBlock(PackedInput input, XzCheck check, long maxUnpackedBytes)
    {
        _input = input;
        _check = check;
        _start = input.TakenByteCount;
        ReadOnlySpan<byte> rest = ReadHeader(input, stackalloc byte[MaxHeaderByteCount]);
        byte flags = rest[1];
        rest = rest[2..];
        if ((flags & 0x40) != 0)
            _statedPackedByteCount = XzFields.ReadInteger(ref rest);
        if ((flags & 0x80) != 0)
            _statedByteCount = XzFields.ReadInteger(ref rest);
        if ((flags & 0x3F) != 0 || XzFields.ReadInteger(ref rest) != Lzma2)
            throw new PackedFileException("uses a filter that is not supported. Pack it again with the packer's default settings (LZMA2 alone).");
        if (XzFields.ReadInteger(ref rest) != 1 || rest is not [<= 40, ..] || rest[1..].ContainsAnyExcept((byte)0))
            throw PackedFileException.Damaged("the header of a block is not one of LZMA2");

        _dataStart = input.TakenByteCount;
        byte dictionary = LimitDictionary(rest[0], Math.Min(maxUnpackedBytes, _statedByteCount ?? maxUnpackedBytes));
        _decoder = LzmaStream.Create([dictionary], input, -1, -1, presetDictionary: null, isLzma2: true, leaveOpen: true);
    }

    /// <summary>How many bytes were unpacked so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>How long the block is, without the padding before its check. Known once it was read to its end.</summary>
    public long UnpaddedByteCount { get; private set; }

    /// <inheritdoc cref="Unpacker.Read"/>
    public int Read(Span<byte> buffer)
    {
        int byteCount = _decoder.Read(buffer);
        _check.Add(buffer[..byteCount]);
        ByteCount += byteCount;
        if (byteCount == 0)
            VerifyEnd();
        return byteCount;
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _check.Dispose();
    }

    private static ReadOnlySpan<byte> ReadHeader(PackedInput input, Span<byte> buffer)
    {
        buffer[0] = (byte)input.ReadByte();
        Span<byte> header = buffer[..((buffer[0] + 1) * 4)];
        input.ReadExactly(header[1..]);
        ReadOnlySpan<byte> fields = header[..^sizeof(uint)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[^sizeof(uint)..]) != XzFields.Crc32(fields))
            throw PackedFileException.Damaged("the checksum of a block's header differs");
        return fields;
    }

    // The byte of LZMA2 states a dictionary of 2 or 3 times a power of two.
    private static byte LimitDictionary(byte stated, long unpackedByteCount)
    {
        int byteCount = LzmaDictionary.Limit(DictionaryByteCount(stated), unpackedByteCount);
        byte enough = 0;
        while (DictionaryByteCount(enough) < byteCount)
            enough++;
        return enough;
    }

    private static long DictionaryByteCount(byte stated) => (2L | (stated & 1)) << (stated / 2 + 11);

    private void VerifyEnd()
    {
        long packedByteCount = _input.TakenByteCount - _dataStart;
        if (packedByteCount != (_statedPackedByteCount ?? packedByteCount) || ByteCount != (_statedByteCount ?? ByteCount))
            throw PackedFileException.Damaged("the length of a block differs from the one it states");

        UnpaddedByteCount = _input.TakenByteCount - _start + _check.ByteCount;
        for (long i = packedByteCount; i % 4 != 0; i++)
        {
            if (_input.ReadByte() != 0)
                throw PackedFileException.Damaged("a block is padded with other bytes than zeros");
        }
        Span<byte> stated = stackalloc byte[_check.ByteCount];
        _input.ReadExactly(stated);
        if (!_check.Matches(stated))
            throw PackedFileException.Damaged("the checksum of a block differs");
    }
}

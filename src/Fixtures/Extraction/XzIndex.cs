using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fixtures.Extraction;

/// <summary>
/// Compares the index that ends an xz stream with the blocks that were read. Both are hashed: a list of the blocks
/// would grow with the file, which may consist of millions of empty ones.
/// </summary>
internal sealed class XzIndex : IDisposable
{
    private const int MaxIntegerByteCount = 9;

    private readonly IncrementalHash _blocks = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _blockCount;

    /// <summary>Adds a block that was read.</summary>
    public void Add(long unpaddedByteCount, long byteCount)
    {
        Append(_blocks, unpaddedByteCount, byteCount);
        _blockCount++;
    }

    /// <summary>Reads the index and throws if it does not list the blocks that were read.</summary>
    /// <returns>How long it is.</returns>
    public long Verify(PackedInput input)
    {
        long start = input.TakenByteCount;
        var crc = Crc.Create32();
        using var records = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Take(input, 1, crc);
        bool same = ReadInteger(input, crc) == _blockCount;
        for (long i = 0; same && i < _blockCount; i++)
            Append(records, ReadInteger(input, crc), ReadInteger(input, crc));
        if (!same || !records.GetHashAndReset().AsSpan().SequenceEqual(_blocks.GetHashAndReset()))
            throw PackedFileException.Damaged("the index of a stream does not list its blocks");

        while ((input.TakenByteCount - start) % 4 != 0)
        {
            byte padding = (byte)input.ReadByte();
            if (padding != 0)
                throw PackedFileException.Damaged("the index of a stream is padded with other bytes than zeros");
            crc.Add([padding]);
        }
        Span<byte> stated = stackalloc byte[sizeof(uint)];
        input.ReadExactly(stated);
        if (BinaryPrimitives.ReadUInt32LittleEndian(stated) != crc.Value)
            throw PackedFileException.Damaged("the checksum of a stream's index differs");
        return input.TakenByteCount - start;
    }

    public void Dispose() => _blocks.Dispose();

    private static void Append(IncrementalHash hash, long unpaddedByteCount, long byteCount)
    {
        Span<byte> record = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(record, unpaddedByteCount);
        BinaryPrimitives.WriteInt64LittleEndian(record[sizeof(long)..], byteCount);
        hash.AppendData(record);
    }

    private static long ReadInteger(PackedInput input, Crc crc)
    {
        // The checksum and the footer follow, which are longer than any number.
        ReadOnlySpan<byte> available = input.Peek(MaxIntegerByteCount);
        if (available.Length < MaxIntegerByteCount)
            throw PackedFileException.Truncated();
        ReadOnlySpan<byte> rest = available;
        long value = XzFields.ReadInteger(ref rest);
        Take(input, available.Length - rest.Length, crc);
        return value;
    }

    private static void Take(PackedInput input, int byteCount, Crc crc)
    {
        crc.Add(input.Peek(byteCount)[..byteCount]);
        input.Advance(byteCount);
    }
}

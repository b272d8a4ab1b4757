using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Fixtures.Extraction;

/// <summary>The check of one xz block: none, CRC-32, CRC-64 or SHA-256.</summary>
internal sealed class XzCheck : IDisposable
{
    private const byte None = 0;
    private const byte Crc32 = 1;
    private const byte Crc64 = 4;
    private const byte Sha256 = 10;

    private readonly Crc? _crc;
    private readonly IncrementalHash? _hash;

    private XzCheck(int byteCount, Crc? crc, IncrementalHash? hash)
    {
        ByteCount = byteCount;
        _crc = crc;
        _hash = hash;
    }

    /// <summary>How long the check in the file is.</summary>
    public int ByteCount { get; }

    public static bool IsKnown(byte kind) => kind is None or Crc32 or Crc64 or Sha256;

    /// <param name="kind">A known kind, as stream headers state it.</param>
    public static XzCheck Create(byte kind) => kind switch
    {
        None => new XzCheck(0, null, null),
        Crc32 => new XzCheck(sizeof(uint), Crc.Create32(), null),
        Crc64 => new XzCheck(sizeof(ulong), Crc.Create64(), null),
        Sha256 => new XzCheck(SHA256.HashSizeInBytes, null, IncrementalHash.CreateHash(HashAlgorithmName.SHA256)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such check."),
    };

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _crc?.Add(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>Whether the bytes added so far have this check.</summary>
    public bool Matches(ReadOnlySpan<byte> stated)
    {
        Span<byte> computed = stackalloc byte[SHA256.HashSizeInBytes];
        if (_crc != null)
            BinaryPrimitives.WriteUInt64LittleEndian(computed, _crc.Value);
        _hash?.GetCurrentHash(computed);
        return stated.SequenceEqual(computed[..ByteCount]);
    }

    public void Dispose() => _hash?.Dispose();
}

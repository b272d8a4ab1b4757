using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fixtures.Formats;

/// <summary>Bytes between two values of a record, which the next records repeat. Up to 32 of them are compared at once, without a call.</summary>
internal readonly struct RecordSegment
{
    private const int MostAtOnce = 32;

    private readonly byte[] _bytes;
    private readonly Vector128<byte> _first;
    private readonly Vector128<byte> _last;
    private readonly Vector128<byte> _mask;
    private readonly int _lastStart;

    public RecordSegment(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        if (bytes.Length > MostAtOnce)
        {
            _lastStart = MostAtOnce;
            return;
        }
        Span<byte> padded = stackalloc byte[MostAtOnce];
        Span<byte> mask = stackalloc byte[Vector128<byte>.Count];
        padded.Clear();
        bytes.CopyTo(padded);
        for (int i = 0; i < mask.Length; i++)
            mask[i] = i < bytes.Length ? byte.MaxValue : byte.MinValue;
        _lastStart = Math.Max(0, bytes.Length - Vector128<byte>.Count);
        _first = Vector128.Create<byte>(padded);
        _last = Vector128.Create<byte>(padded[_lastStart..]);
        _mask = Vector128.Create<byte>(mask);
    }

    public int Length => _bytes.Length;

    /// <summary>Whether a text begins with these bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Begins(ReadOnlySpan<byte> text)
    {
        if (text.Length < MostAtOnce || _lastStart == MostAtOnce)
            return text.StartsWith(_bytes);
        Vector128<byte> difference = (Vector128.Create(text) ^ _first) | (Vector128.Create(text[_lastStart..]) ^ _last);
        return (difference & _mask) == Vector128<byte>.Zero;
    }
}

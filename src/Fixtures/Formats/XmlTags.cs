using System.Buffers;

namespace Fixtures.Formats;

/// <summary>Passes over tags that are known to be well-formed, as far as they are written plainly: without references, and without white space where none is needed.</summary>
internal ref struct XmlTags(ReadOnlySpan<byte> bytes)
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create("=<>/ \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The index of the next byte.</summary>
    public int Next { get; set; }

    public void PassWhiteSpace() => Next = _bytes.Length - _bytes[Next..].TrimStart(" \t\r\n"u8).Length;

    public bool TryPass(ReadOnlySpan<byte> text)
    {
        if (!_bytes[Next..].StartsWith(text))
            return false;
        Next += text.Length;
        return true;
    }

    /// <summary>Passes over a start tag.</summary>
    /// <param name="start">The bracket and the name.</param>
    /// <param name="key">The value of the attribute <c>pk</c>, if there is one.</param>
    public bool TryPassStart(ReadOnlySpan<byte> start, out Range key)
    {
        key = default;
        if (!TryPass(start))
            return false;
        while (!TryPass(">"u8))
        {
            int before = Next;
            PassWhiteSpace();
            int nameLength = _bytes[Next..].IndexOfAny(NameEnds);
            if (Next == before || nameLength < 0)
                return false;
            ReadOnlySpan<byte> name = _bytes.Slice(Next, nameLength);
            Next += nameLength;
            if (!TryPass("="u8) || Next == _bytes.Length)
                return false;
            int length = _bytes[(Next + 1)..].IndexOf(_bytes[Next]);
            if (length < 0 || _bytes.Slice(Next + 1, length).Contains((byte)'&'))
                return false;
            if (name.SequenceEqual("pk"u8))
                key = (Next + 1)..(Next + 1 + length);
            Next += length + 2;
        }
        return true;
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Fixtures.Formats;

/// <summary>
/// Reads the values of XML from bytes that are valid UTF-8, where they are written plainly: characters, the five references that every text may hold, and <c>None</c>.
/// Only large loads come here, so that its methods are optimized at once: see <see cref="JsonLayout"/>.
/// </summary>
internal static class XmlValue
{
    private const byte LeastOfTwo = 0x80;

    // U+FFFE and U+FFFF, which are no characters, begin with it as others do.
    private const byte BeginsNoncharacter = 0xEF;

    private static readonly byte[] Controls = [.. Enumerable.Range(0, 0x20).Select(code => (byte)code)];

    // Where the plain part of a text ends: its end, a reference, what could be ']]>' or a control character. Of these a text holds tabs and line feeds; the parser makes line feeds of carriage returns.
    private static readonly SearchValues<byte> TextEnds = SearchValues.Create([.. "<&]"u8, BeginsNoncharacter, .. Controls.Except("\t\n"u8.ToArray())]);

    // The parser makes spaces of tabs and line breaks.
    private static readonly SearchValues<byte> AttributeEnds = SearchValues.Create([.. "\"'<&"u8, BeginsNoncharacter, .. Controls]);

    /// <summary>Reads what stands before the end of a field.</summary>
    /// <returns>Its length; -1 if it is not written plainly or goes on beyond the bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ReadContent(ReadOnlySpan<byte> bytes, Record record, int node, long position)
    {
        int length = LengthOfContent(bytes, out bool isNull, out bool isEscaped);
        if (length < 0)
            return -1;
        if (isNull)
        {
            record.Set(node, ValueKind.Null, [], position);
            return length;
        }
        ReadOnlySpan<byte> text = bytes[..length].Trim(" \t\n"u8);
        if (text.Length > 0 && (text[0] >= LeastOfTwo || text[^1] >= LeastOfTwo) && HasWhiteSpaceAtEnds(text))
            return -1;
        if (!isEscaped)
            record.Set(node, ValueKind.Characters, text, position);
        else if (!TryUnescape(text, record, node, position))
            return -1;
        return length;
    }

    /// <summary>Reads what stands between the quotes of an attribute.</summary>
    /// <inheritdoc cref="ReadContent"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ReadAttribute(ReadOnlySpan<byte> bytes, Record record, int node, long position)
    {
        int length = bytes.IndexOfAny(AttributeEnds);
        if (length >= 0)
            record.Set(node, ValueKind.Characters, bytes[..length], position);
        return length;
    }

    /// <returns>How many bytes stand before the end of a field; -1 if they are not written plainly or go on.</returns>
    public static int LengthOfContent(ReadOnlySpan<byte> bytes) => LengthOfContent(bytes, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LengthOfContent(ReadOnlySpan<byte> bytes, out bool isNull, out bool isEscaped)
    {
        isNull = isEscaped = false;
        for (int length = 0; ; length++)
        {
            int plain = bytes[length..].IndexOfAny(TextEnds);
            if (plain < 0)
                return -1;
            length += plain;
            switch (bytes[length])
            {
                case (byte)'<':
                    isNull = length == 0 && bytes.StartsWith("<None"u8);
                    return isNull ? LengthOfNone(bytes) : length;
                case (byte)'&':
                    isEscaped = true;
                    break;
                case (byte)']' when !bytes[length..].StartsWith("]]>"u8):
                    break;
                case BeginsNoncharacter when !bytes[length..].StartsWith("\uFFFE"u8) && !bytes[length..].StartsWith("\uFFFF"u8):
                    break;
                default:
                    return -1;
            }
        }
    }

    private static int LengthOfNone(ReadOnlySpan<byte> bytes) => bytes.StartsWith("<None></None>"u8) ? "<None></None>".Length : bytes.StartsWith("<None/>"u8) ? "<None/>".Length : -1;

    private static bool HasWhiteSpaceAtEnds(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out Rune first, out _);
        Rune.DecodeLastFromUtf8(text, out Rune last, out _);
        return Rune.IsWhiteSpace(first) || Rune.IsWhiteSpace(last);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryUnescape(ReadOnlySpan<byte> text, Record record, int node, long position)
    {
        Span<byte> room = record.Reserve(text.Length);
        int written = 0;
        for (int reference = text.IndexOf((byte)'&'); reference >= 0; reference = text.IndexOf((byte)'&'))
        {
            text[..reference].CopyTo(room[written..]);
            written += reference;
            text = text[reference..];
            (byte character, int length) = ReadReference(text);
            if (length == 0)
                return false;
            room[written++] = character;
            text = text[length..];
        }
        text.CopyTo(room[written..]);
        written += text.Length;
        record.SetSlice(node, ValueKind.Characters, record.Commit(written), written, position);
        return true;
    }

    private static (byte Character, int Length) ReadReference(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("&amp;"u8))
            return ((byte)'&', 5);
        if (text.StartsWith("&lt;"u8))
            return ((byte)'<', 4);
        if (text.StartsWith("&gt;"u8))
            return ((byte)'>', 4);
        if (text.StartsWith("&quot;"u8))
            return ((byte)'"', 6);
        return text.StartsWith("&apos;"u8) ? ((byte)'\'', 6) : default;
    }
}

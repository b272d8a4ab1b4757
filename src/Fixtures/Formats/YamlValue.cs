using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>
/// Reads the scalars of YAML from bytes that are valid UTF-8, where they are written plainly on one line: a plain one that begins with a letter or digit, one in quotes, null.
/// Only large loads come here, so that its methods are optimized at once: see <see cref="JsonLayout"/>.
/// </summary>
internal static class YamlValue
{
    // Characters that are a line break to YAML or none at all begin with these bytes, as others do: U+0080 to U+009F, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF.
    private static readonly byte[] Doubtful = [.. Enumerable.Range(0, 0x20).Select(code => (byte)code), 0x7F, 0xC2, 0xE2, 0xEF];

    private static readonly SearchValues<byte> PlainStarts = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz/.+("u8);
    private static readonly SearchValues<byte> PlainEnds = SearchValues.Create([.. ":#"u8, .. Doubtful]);
    private static readonly SearchValues<byte> SingleEnds = SearchValues.Create([.. "'"u8, .. Doubtful]);
    private static readonly SearchValues<byte> DoubleEnds = SearchValues.Create([.. "\"\\"u8, .. Doubtful]);

    /// <summary>Reads a scalar that ends its line.</summary>
    /// <returns>Its length; -1 if it is not written plainly or goes on beyond the bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> bytes, Record record, int node, long position)
    {
        int length = LengthOf(bytes, out bool isEscaped);
        if (length < 0)
            return -1;
        switch (bytes[0])
        {
            case (byte)'"' when isEscaped:
                return TryUnescape(bytes[1..(length - 1)], record, node, position) ? length : -1;
            case (byte)'"' or (byte)'\'':
                record.Set(node, ValueKind.Text, bytes[1..(length - 1)], position);
                break;
            default:
                ReadOnlySpan<byte> text = bytes[..length];
                bool isNull = text.SequenceEqual("null"u8) || text.SequenceEqual("~"u8) || text.SequenceEqual("Null"u8) || text.SequenceEqual("NULL"u8);
                record.Set(node, isNull ? ValueKind.Null : ValueKind.Plain, isNull ? [] : text, position);
                break;
        }
        return length;
    }

    /// <returns>How many bytes a scalar has that ends its line; -1 if it is not written plainly or goes on.</returns>
    public static int LengthOf(ReadOnlySpan<byte> bytes) => LengthOf(bytes, out _);

    private static int LengthOf(ReadOnlySpan<byte> bytes, out bool isEscaped)
    {
        isEscaped = false;
        if (bytes.Length < 2)
            return -1;
        int length = bytes[0] switch
        {
            (byte)'"' => LengthOfQuoted(bytes, DoubleEnds, out isEscaped),
            (byte)'\'' => LengthOfQuoted(bytes, SingleEnds, out _),
            (byte)'~' => 1,
            (byte)'-' when !PlainStarts.Contains(bytes[1]) => -1,
            (byte)'-' => LengthOfPlain(bytes),
            var first => PlainStarts.Contains(first) ? LengthOfPlain(bytes) : -1,
        };
        return length < bytes.Length && length > 0 && bytes[length] == '\n' ? length : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LengthOfPlain(ReadOnlySpan<byte> bytes)
    {
        for (int length = 0; ; length++)
        {
            int plain = bytes[length..].IndexOfAny(PlainEnds);
            if (plain < 0)
                return -1;
            length += plain;
            switch (bytes[length])
            {
                case (byte)'\n':
                    return bytes[length - 1] == ' ' ? -1 : length;
                case (byte)':' when length + 1 < bytes.Length && bytes[length + 1] is not ((byte)' ' or (byte)'\n'):
                case (byte)'#' when bytes[length - 1] != ' ':
                    break;
                default:
                    if (!IsCharacter(bytes[length..]))
                        return -1;
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LengthOfQuoted(ReadOnlySpan<byte> bytes, SearchValues<byte> ends, out bool isEscaped)
    {
        isEscaped = false;
        for (int length = 1; length < bytes.Length; length++)
        {
            int plain = bytes[length..].IndexOfAny(ends);
            if (plain < 0)
                return -1;
            length += plain;
            if (bytes[length] == bytes[0])
                return length + 1;
            if (bytes[length] == '\\')
            {
                isEscaped = true;
                length++;
            }
            else if (!IsCharacter(bytes[length..]))
                return -1;
        }
        return -1;
    }

    /// <summary>Whether a doubtful byte begins a character that means nothing but itself.</summary>
    private static bool IsCharacter(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xC2, var second, ..] => second >= 0xA0,
        [0xE2, 0x80, 0xA8 or 0xA9, ..] => false,
        [0xE2, ..] => true,
        [0xEF, 0xBB or 0xBF, ..] => false,
        [0xEF, ..] => true,
        _ => false,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryUnescape(ReadOnlySpan<byte> text, Record record, int node, long position)
    {
        Span<byte> room = record.Reserve(text.Length);
        int written = 0;
        for (int escape = text.IndexOf((byte)'\\'); escape >= 0; escape = text.IndexOf((byte)'\\'))
        {
            text[..escape].CopyTo(room[written..]);
            written += escape;
            byte character = text[escape + 1] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'"' => (byte)'"',
                (byte)'\\' => (byte)'\\',
                _ => 0,
            };
            if (character == 0)
                return false;
            room[written++] = character;
            text = text[(escape + 2)..];
        }
        text.CopyTo(room[written..]);
        written += text.Length;
        record.SetSlice(node, ValueKind.Text, record.Commit(written), written, position);
        return true;
    }
}

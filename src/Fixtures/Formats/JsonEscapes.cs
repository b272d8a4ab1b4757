using System.Buffers.Text;
using System.Text;

namespace Fixtures.Formats;

/// <summary>The escapes of JSON strings. What stands between them is copied as a whole, which Utf8JsonReader does byte by byte.</summary>
internal static class JsonEscapes
{
    private const int HexDigits = 4;

    /// <summary>Writes a string without its escapes.</summary>
    /// <param name="text">What stands between the quotes: valid UTF-8, no control characters.</param>
    /// <param name="plain">Room for as many bytes.</param>
    /// <returns>How many bytes were written; -1 if something is no escape, or half of a surrogate pair.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        int written = 0;
        while (true)
        {
            int escape = text.IndexOf((byte)'\\');
            ReadOnlySpan<byte> run = escape < 0 ? text : text[..escape];
            run.CopyTo(plain[written..]);
            written += run.Length;
            if (escape < 0)
                return written;
            text = text[(escape + 1)..];
            if (!TryUnescape(ref text, plain, ref written))
                return -1;
        }
    }

    private static bool TryUnescape(ref ReadOnlySpan<byte> text, Span<byte> plain, ref int written)
    {
        if (text.IsEmpty)
            return false;
        if (text[0] == 'u')
        {
            if (!TryReadRune(ref text, out Rune rune))
                return false;
            written += rune.EncodeToUtf8(plain[written..]);
            return true;
        }
        int plainByte = text[0] switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => text[0],
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => -1,
        };
        if (plainByte < 0)
            return false;
        plain[written++] = (byte)plainByte;
        text = text[1..];
        return true;
    }

    private static bool TryReadRune(ref ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = default;
        if (!TryReadUnit(ref text, out char unit))
            return false;
        if (!char.IsSurrogate(unit))
            return Rune.TryCreate(unit, out rune);
        if (!text.StartsWith("\\"u8))
            return false;
        text = text[1..];
        return TryReadUnit(ref text, out char low) && Rune.TryCreate(unit, low, out rune);
    }

    private static bool TryReadUnit(ref ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length <= HexDigits || text[0] != 'u' || !Utf8Parser.TryParse(text.Slice(1, HexDigits), out ushort code, out int consumed, 'x') || consumed != HexDigits)
            return false;
        unit = (char)code;
        text = text[(1 + HexDigits)..];
        return true;
    }
}

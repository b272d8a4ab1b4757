using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Fixtures.Mapping;

/// <summary>
/// What YAML 1.1 makes of a plain scalar (https://yaml.org/type/), where the column does not ask for text: Django's parser and YamlDotNet's
/// deserializer agree on it.
/// </summary>
internal static class PlainScalar
{
    private static readonly SearchValues<byte> RealCharacters = SearchValues.Create("0123456789._+-eE"u8);

    /// <summary>Parses <c>12</c>, <c>1_000</c>, <c>0b11</c>, <c>0x1f</c>, <c>014</c> (octal) and <c>12:30</c> (to the base of 60).</summary>
    /// <returns>False for what is no integer in YAML 1.1, such as <c>08</c>, and beyond 64 bit.</returns>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = text.StartsWith("-"u8);
        ReadOnlySpan<byte> digits = negative || text.StartsWith("+"u8) ? text[1..] : text;
        return digits switch
        {
            [] => false,
            [(byte)'0', (byte)'b', .. var binary] => TryAccumulate(binary, 2, negative, ref value),
            [(byte)'0', (byte)'x', .. var hexadecimal] => TryAccumulate(hexadecimal, 16, negative, ref value),
            [(byte)'0', .. var octal] => octal.IsEmpty || TryAccumulate(octal, 8, negative, ref value),
            [(byte)'_', ..] => false,
            _ => TryParseSexagesimal(digits, negative, ref value),
        };
    }

    /// <summary>Parses a number with a point: <c>1.5</c>, <c>.5</c>, <c>5.</c>, <c>1_000.5</c>, <c>6.8e+5</c>. <c>1e3</c> is text in YAML 1.1.</summary>
    public static bool TryParseReal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return text.Contains((byte)'.') && text.IndexOfAnyExcept(RealCharacters) < 0 && NumberText.TryParseReal(text, out value);
    }

    public static bool? TryParseBool(ReadOnlySpan<byte> text)
    {
        if (!IsCasedAsAWord(text))
            return null;
        if (Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8) || Ascii.EqualsIgnoreCase(text, "on"u8))
            return true;
        return Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8) || Ascii.EqualsIgnoreCase(text, "off"u8) ? false : null;
    }

    /// <summary><c>true</c>, <c>True</c> and <c>TRUE</c> are words of YAML; <c>tRUE</c> is text.</summary>
    private static bool IsCasedAsAWord(ReadOnlySpan<byte> text)
    {
        bool anyLower = text.ContainsAnyInRange((byte)'a', (byte)'z');
        return text.Length > 0 && (!anyLower || !text[1..].ContainsAnyInRange((byte)'A', (byte)'Z'));
    }

    private static bool TryParseSexagesimal(ReadOnlySpan<byte> digits, bool negative, ref long value)
    {
        int colon = digits.IndexOf((byte)':');
        if (!TryAccumulate(colon < 0 ? digits : digits[..colon], 10, negative, ref value))
            return false;
        while (colon >= 0)
        {
            digits = digits[(colon + 1)..];
            colon = digits.IndexOf((byte)':');
            ReadOnlySpan<byte> part = colon < 0 ? digits : digits[..colon];
            if (part.Length is 0 or > 2 || !Utf8Parser.TryParse(part, out byte number, out int consumed) || consumed < part.Length || number > 59
                || !TryAppend(ref value, 60, number, negative))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryAccumulate(ReadOnlySpan<byte> digits, int radix, bool negative, ref long value)
    {
        bool any = false;
        foreach (byte code in digits)
        {
            if (code == '_')
                continue;
            int digit = DigitOf(code);
            if (digit < 0 || digit >= radix || !TryAppend(ref value, radix, digit, negative))
                return false;
            any = true;
        }
        return any;
    }

    private static int DigitOf(byte code) => code switch
    {
        >= (byte)'0' and <= (byte)'9' => code - '0',
        >= (byte)'a' and <= (byte)'f' => code - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => code - 'A' + 10,
        _ => -1,
    };

    /// <summary>Counts towards the sign, as the lowest integer has no positive counterpart.</summary>
    private static bool TryAppend(ref long value, int radix, int digit, bool negative)
    {
        Int128 next = (Int128)value * radix + (negative ? -digit : digit);
        if (next < long.MinValue || next > long.MaxValue)
            return false;
        value = (long)next;
        return true;
    }
}

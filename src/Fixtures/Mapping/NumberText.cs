using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Numbers in UTF-8.</summary>
internal static class NumberText
{
    /// <summary>The longest number whose digits may be grouped.</summary>
    public const int LongestGrouped = 64;

    private const int LongestDecimal = 64;
    private const int MostDecimalDigits = 28;

    private static readonly string[] ScaleFormats = [.. Enumerable.Range(0, MostDecimalDigits + 1).Select(scale => string.Create(CultureInfo.InvariantCulture, $"F{scale}"))];

    public static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        if (ExactNumber.TryParseInteger(text, out value))
            return true;
        text = text.Trim(" \t\r\n"u8);
        return (Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length) || (text.Contains((byte)'_') && TryParseGrouped(text, out value));
    }

    private static bool TryParseGrouped(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return TryUngroup(text, stackalloc byte[LongestGrouped], out ReadOnlySpan<byte> digits) && Utf8Parser.TryParse(digits, out value, out int consumed) && consumed == digits.Length;
    }

    /// <summary>Leaves out the underscores between the digits of a number: <c>1_000</c>, as C#, Python and YAML 1.1 write it.</summary>
    /// <param name="text">The number, without white space around it.</param>
    /// <param name="buffer">Room for <see cref="LongestGrouped"/> bytes.</param>
    /// <param name="digits">The number without underscores.</param>
    /// <returns>False if one does not stand between two digits, or the text is too long for a number that anyone groups.</returns>
    public static bool TryUngroup(ReadOnlySpan<byte> text, Span<byte> buffer, out ReadOnlySpan<byte> digits)
    {
        digits = default;
        if (text.Length > LongestGrouped)
            return false;
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '_')
                buffer[length++] = text[i];
            else if (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit((char)text[i - 1]) || !char.IsAsciiDigit((char)text[i + 1]))
                return false;
        }
        digits = buffer[..length];
        return true;
    }

    /// <summary>Parses a number that is written with a fraction or exponent and still is an integer: <c>5.0</c>, <c>1e3</c>.</summary>
    public static bool TryParseIntegral(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!IsDecimal(text) || !TrySplit(text, out BigInteger digits, out int exponent))
            return false;
        if (digits.IsZero)
            return true;

        // 64 bit have 19 digits; and a number of n digits cannot be divided by more than 10 to the n.
        if (exponent > 19 || exponent < -text.Length)
            return false;
        BigInteger power = BigInteger.Pow(10, Math.Abs(exponent));
        BigInteger remainder = BigInteger.Zero;
        BigInteger number = exponent >= 0 ? digits * power : BigInteger.DivRem(digits, power, out remainder);
        if (!remainder.IsZero || number < long.MinValue || number > long.MaxValue)
            return false;
        value = (long)number;
        return true;
    }

    /// <summary>Parses a number or infinity. NaN is refused: SQLite would store NULL.</summary>
    public static bool TryParseReal(ReadOnlySpan<byte> text, out double value)
    {
        if (ExactNumber.TryParseReal(text, out value))
            return true;
        text = text.Trim(" \t\r\n"u8);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
            return true;
        if (text.Contains((byte)'_'))
            return TryParseGrouped(text, out value);

        bool negative = text.StartsWith("-"u8);
        ReadOnlySpan<byte> word = text.StartsWith("."u8) ? text[1..] : negative || text.StartsWith("+"u8) ? text[1..].TrimStart((byte)'.') : text;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }

    private static bool TryParseGrouped(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return TryUngroup(text, stackalloc byte[LongestGrouped], out ReadOnlySpan<byte> digits)
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    public static bool? TryParseBool(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'1'] => true,
        [(byte)'0'] => false,
        _ when Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "t"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8)
            || Ascii.EqualsIgnoreCase(text, "y"u8) || Ascii.EqualsIgnoreCase(text, "on"u8) => true,
        _ when Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "f"u8) || Ascii.EqualsIgnoreCase(text, "no"u8)
            || Ascii.EqualsIgnoreCase(text, "n"u8) || Ascii.EqualsIgnoreCase(text, "off"u8) => false,
        _ => null,
    };

    /// <summary>Whether two texts are the same decimal number, however it is written: 19.90 and 1.99e1.</summary>
    public static bool IsSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (!IsDecimal(a) || !IsDecimal(b) || !TrySplit(a, out BigInteger digitsOfA, out int exponentOfA) || !TrySplit(b, out BigInteger digitsOfB, out int exponentOfB))
            return false;
        if (digitsOfA.IsZero || digitsOfB.IsZero)
            return digitsOfA == digitsOfB;
        // A number of n digits is less than 10 to the n.
        int shift = exponentOfA - exponentOfB;
        if (Math.Abs(shift) > Math.Max(a.Length, b.Length))
            return false;
        BigInteger power = BigInteger.Pow(10, Math.Abs(shift));
        return shift >= 0 ? digitsOfA * power == digitsOfB : digitsOfA == digitsOfB * power;
    }

    /// <summary>Whether a text is a number in JSON's grammar.</summary>
    public static bool IsJsonNumber(ReadOnlySpan<byte> text) => !text.IsEmpty && JsonNumber.LengthOf(text) == text.Length;

    /// <summary>Keeps a decimal's digits as they are, or rounds them half to even where the type says how many.</summary>
    public static bool TryConvertDecimal(Record record, int node, ColumnType type, out SqlValue value)
    {
        value = SqlValue.Null;
        ReadOnlySpan<byte> text = record.Value(node).Trim(" \t\r\n"u8);
        if (text.Contains((byte)'_'))
            return TryUngroup(text, stackalloc byte[LongestGrouped], out ReadOnlySpan<byte> ungrouped) && TryConvertDecimal(record, ungrouped, type, out value);
        return TryConvertDecimal(record, text, type, out value);
    }

    /// <inheritdoc cref="TryConvertDecimal(Record, int, ColumnType, out SqlValue)"/>
    public static bool TryConvertDecimal(Record record, ReadOnlySpan<byte> text, ColumnType type, out SqlValue value)
    {
        value = SqlValue.Null;
        if (!IsDecimal(text) || IsBeyondReal(text))
            return false;

        if (type.Precision == 0)
        {
            value = SqlValue.FromText(record.Append(text), text.Length);
            return true;
        }

        // What is short is exact as a decimal too, and costs no allocation.
        if (text.Length <= MostDecimalDigits && type.Precision <= MostDecimalDigits && text.IndexOfAny((byte)'e', (byte)'E') < 0)
            return TryRound(record, decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), type, out value);

        if (!TrySplit(text, out BigInteger digits, out int exponent))
            return false;
        long shift = (long)exponent + type.Scale;
        if (!digits.IsZero && shift > type.Precision)
            return false;
        BigInteger rounded = digits.IsZero || shift < -text.Length ? BigInteger.Zero : RoundHalfEven(digits, (int)shift);
        if (BigInteger.Abs(rounded) >= BigInteger.Pow(10, type.Precision))
            return false;

        string units = BigInteger.Abs(rounded).ToString(CultureInfo.InvariantCulture).PadLeft(type.Scale + 1, '0');
        string stored = (rounded.Sign < 0 ? "-" : "") + (type.Scale == 0 ? units : $"{units[..^type.Scale]}.{units[^type.Scale..]}");
        (int start, int length) = record.Append(stored.AsSpan());
        value = SqlValue.FromText(start, length);
        return true;
    }

    private static bool TryRound(Record record, decimal number, ColumnType type, out SqlValue value)
    {
        value = SqlValue.Null;
        decimal rounded = decimal.Round(number, type.Scale, MidpointRounding.ToEven);
        decimal limit = 1;
        for (int digit = type.Scale; digit < type.Precision; digit++)
            limit *= 10;
        if (decimal.Abs(rounded) >= limit)
            return false;

        rounded.TryFormat(record.Reserve(LongestDecimal), out int written, ScaleFormats[type.Scale], CultureInfo.InvariantCulture);
        value = SqlValue.FromText(record.Commit(written), written);
        return true;
    }

    private static BigInteger RoundHalfEven(BigInteger digits, int shift)
    {
        BigInteger power = BigInteger.Pow(10, Math.Abs(shift));
        if (shift >= 0)
            return digits * power;

        BigInteger quotient = BigInteger.DivRem(digits, power, out BigInteger remainder);
        int half = (BigInteger.Abs(remainder) * 2).CompareTo(power);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + digits.Sign : quotient;
    }

    /// <summary>A decimal number as digits times a power of ten. Exact, where a double and a <see cref="decimal"/> round what is long.</summary>
    /// <returns>False if the exponent is beyond all reason.</returns>
    private static bool TrySplit(ReadOnlySpan<byte> text, out BigInteger digits, out int exponent)
    {
        exponent = 0;
        digits = default;
        int mark = text.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0 && !int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return false;

        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf((byte)'.');
        long shifted = (long)exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        if (shifted < int.MinValue / 2 || shifted > int.MaxValue / 2)
            return false;
        exponent = (int)shifted;
        digits = BigInteger.Parse(Encoding.ASCII.GetString(mantissa).Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Whether a column's affinity would make infinity of a number: https://www.sqlite.org/datatype3.html#type_affinity.</summary>
    public static bool IsBeyondReal(ReadOnlySpan<byte> text) =>
        (text.Length > LongestDecimal || text.IndexOfAny((byte)'e', (byte)'E') >= 0)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && !double.IsFinite(real);

    private static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        // .5, 5. and 007 are decimals too, beside JSON's numbers.
        ReadOnlySpan<byte> unsigned = text.StartsWith("-"u8) || text.StartsWith("+"u8) ? text[1..] : text;
        int whole = CountDigits(unsigned);
        int i = whole;
        int fraction = 0;
        if (i < unsigned.Length && unsigned[i] == '.')
        {
            fraction = CountDigits(unsigned[(i + 1)..]);
            i += 1 + fraction;
        }
        return whole + fraction > 0 && (i == unsigned.Length || IsExponent(unsigned[i..]));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
            return false;
        ReadOnlySpan<byte> digits = text[1..];
        if (digits.Length > 0 && digits[0] is (byte)'+' or (byte)'-')
            digits = digits[1..];
        return digits.Length > 0 && CountDigits(digits) == digits.Length;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }
}

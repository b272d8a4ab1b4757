namespace Fixtures.Mapping;

/// <summary>
/// The numbers that most fixtures hold, in a few nanoseconds: plain digits with a sign and a point, few enough to be exact on the way. Where one is longer or
/// written in another way, this says nothing.
/// </summary>
internal static class ExactNumber
{
    // 10 to the 18 fits into 63 bits.
    private const int MostIntegerDigits = 18;

    // 10 to the 15 fits into the 53 bits of a double, and the powers of ten up to 22 are doubles: one division of the two is rounded once, so it is right.
    private const int MostRealDigits = 15;

    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <returns>False if the text is no such number.</returns>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = !text.IsEmpty && text[0] == '-';
        if (negative)
            text = text[1..];
        if (text.Length - 1 is < 0 or >= MostIntegerDigits)
            return false;
        long number = 0;
        foreach (byte code in text)
        {
            if (!char.IsAsciiDigit((char)code))
                return false;
            number = number * 10 + (code - '0');
        }
        value = negative ? -number : number;
        return true;
    }

    /// <inheritdoc cref="TryParseInteger"/>
    /// <remarks>The method is Clinger's fast path: https://doi.org/10.1145/93548.93557.</remarks>
    public static bool TryParseReal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        bool negative = !text.IsEmpty && text[0] == '-';
        if (negative)
            text = text[1..];
        if (text.Length > MostRealDigits + 1)
            return false;
        long digits = 0;
        int digitCount = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit((char)text[i]))
            {
                digits = digits * 10 + (text[i] - '0');
                digitCount++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }
        if (digitCount is 0 or > MostRealDigits)
            return false;
        double number = digits / Powers[point < 0 ? 0 : text.Length - 1 - point];
        value = negative ? -number : number;
        return true;
    }
}

using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>Numbers in the grammar of https://www.rfc-editor.org/rfc/rfc8259#section-6.</summary>
internal static class JsonNumber
{
    /// <summary>How many bytes the number has with which a text begins; 0 if it begins with none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        int at = !text.IsEmpty && text[0] == '-' ? 1 : 0;
        int digits = CountDigits(text[at..]);
        if (digits == 0 || (digits > 1 && text[at] == '0'))
            return 0;
        at += digits;
        if (at < text.Length && text[at] == '.')
        {
            digits = CountDigits(text[++at..]);
            if (digits == 0)
                return 0;
            at += digits;
        }
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < text.Length && text[at] is (byte)'+' or (byte)'-')
                at++;
            digits = CountDigits(text[at..]);
            if (digits == 0)
                return 0;
            at += digits;
        }
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit((char)text[count]))
            count++;
        return count;
    }
}

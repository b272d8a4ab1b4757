using System.Globalization;
using System.Text;

namespace Fixtures.Cli;

/// <summary>
/// Text that names or values of others are part of, as a terminal may have it: what it would obey instead of showing stands there as an escape, such as <c>\u001B</c>.
/// </summary>
internal static class ShownText
{
    /// <summary>One line.</summary>
    public static string Line(string text) => Escape(text, isLine: true);

    /// <summary>Text that has line breaks of its own.</summary>
    public static string Lines(string text) => Escape(text, isLine: false);

    /// <summary>Whether a terminal shows nothing for a character, but does something: moves, colours, turns the direction of what follows.</summary>
    public static bool IsObeyed(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Escape(string text, bool isLine)
    {
        if (!text.Any(IsObeyed))
            return text;
        var shown = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (!IsObeyed(character) || (!isLine && character is '\r' or '\n' or '\t'))
                shown.Append(character);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        return shown.ToString();
    }
}

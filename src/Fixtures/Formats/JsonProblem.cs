using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>What System.Text.Json says of text that it cannot read, fit for a message.</summary>
internal static class JsonProblem
{
    private const string OfLiteral = "' is an invalid JSON literal";
    private const int LongestWord = 20;

    /// <summary>Its words, without the place at their end, which it counts from 0 and in bytes.</summary>
    public static string Of(JsonException exception)
    {
        string message = exception.Message;
        int place = message.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        return WithoutRest(place < 0 ? message : message[..place]);
    }

    // It quotes a word that is no literal, such as 'tru', with all the text behind it: thousands of lines.
    private static string WithoutRest(string message)
    {
        int end = message.LastIndexOf(OfLiteral, StringComparison.Ordinal);
        if (end < 0)
            return message;
        int length = 1;
        while (length < end && length <= LongestWord && char.IsAsciiLetterOrDigit(message[length]))
            length++;
        return message[..length] + message[end..];
    }
}

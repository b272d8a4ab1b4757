using System.Globalization;
using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>What readers of JSON text share: the window over the bytes, and errors in terms of it.</summary>
internal abstract class JsonWindowReader(Stream stream, string path) : FixtureReader(path)
{
    /// <summary>How many bytes a record may take. An array holds less than twice as many: a window that cannot grow would read nothing more, as at the end of the text.</summary>
    public int MaxRecordByteCount { get; init; } = 1 << 30;

    protected Utf8Window Window { get; } = new(stream);

    public override (long Line, long Column) Locate(long position) => Window.Locate(position);

    public override void Dispose() => Window.Dispose();

    /// <summary>Reads more of the text.</summary>
    protected void Fill()
    {
        if (Window.Unread.Length >= MaxRecordByteCount)
            throw Malformed(string.Create(CultureInfo.InvariantCulture, $"A record takes more than {MaxRecordByteCount} bytes. Is its end missing?"), Window.Position);
        Window.Fill();
    }

    /// <param name="exception">What Utf8JsonReader threw.</param>
    /// <param name="position">The place it means.</param>
    protected FixtureException Malformed(JsonException exception, long position) =>
        Malformed($"Not valid JSON: {Plainly(JsonProblem.Of(exception))}", position, exception);

    /// <summary>Some of the parser's messages speak to whoever programs it.</summary>
    private static string Plainly(string message)
    {
        if (message.Contains("isFinalBlock", StringComparison.Ordinal) || message.StartsWith("Expected depth to be zero", StringComparison.Ordinal)
            || message.Contains("input does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return "the text ends before it is complete. Is the file empty or cut?";
        }
        if (message.Contains("trailing comma", StringComparison.Ordinal))
            return "a comma stands before the end of a list or an object. Remove it.";
        if (message.Contains("maximum configured depth", StringComparison.Ordinal))
            return "lists and objects are nested deeper than 64 levels.";
        return message;
    }

    /// <param name="exception">What Utf8JsonReader threw while it copied a text.</param>
    /// <param name="position">Where the text begins.</param>
    protected FixtureException NotText(InvalidOperationException exception, long position) =>
        Malformed("This text is not valid UTF-8, or an escape in it is half of a surrogate pair.", position, exception);

    protected FixtureException NotRecord(JsonTokenType token, long position, string expected) =>
        Malformed($"{expected}, not {Describe(token)}.", position);

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}

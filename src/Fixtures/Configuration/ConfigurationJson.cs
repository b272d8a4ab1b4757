using System.Text;
using System.Text.Json;

namespace Fixtures.Configuration;

/// <summary>
/// Walks through a configuration file token by token and refuses what does not belong there, with its place.
/// A reader rather than a document, because a JsonDocument does not know where its elements stood.
/// </summary>
internal ref struct ConfigurationJson
{
    private readonly TextFile _file;
    private Utf8JsonReader _reader;

    /// <summary>Starts at the file's first value.</summary>
    public ConfigurationJson(TextFile file)
    {
        _file = file;
        _reader = new Utf8JsonReader(file.Text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        Read();
    }

    /// <summary>The kind of the current token.</summary>
    public readonly JsonTokenType Kind => _reader.TokenType;

    /// <summary>Where the current token stands, for <see cref="RefuseAt"/>.</summary>
    public readonly long Place => _reader.TokenStartIndex;

    /// <summary>Goes to the next token. False at the end of the file.</summary>
    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException exception)
        {
            long offset = _file.LineStart(exception.LineNumber ?? 0) + (exception.BytePositionInLine ?? 0);

            // System.Text.Json ends its messages with a place of its own, counted from 0.
            int place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            string problem = place < 0 ? exception.Message : exception.Message[..place];
            throw _file.Refuse($"This is not JSON: {problem}", offset, innerException: exception);
        }
    }

    /// <summary>Goes to the value of the object's next key and gives the key; null at the end of the object.</summary>
    public string? NextKey(KeySet keys)
    {
        Read();
        if (Kind == JsonTokenType.EndObject)
            return null;

        string key = Decoded();
        if (keys.Problem(key) is { } problem)
            throw Refuse(problem);
        Read();
        return key;
    }

    /// <summary>Goes to the list's next item. False at the end of the list.</summary>
    public bool NextItem()
    {
        Read();
        return Kind != JsonTokenType.EndArray;
    }

    /// <summary>Refuses a current value that is no object.</summary>
    /// <param name="what">What the value is, as the message names it.</param>
    public readonly void ExpectObject(string what) => Expect(JsonTokenType.StartObject, what, "an object");

    /// <summary>Refuses a current value that is no list.</summary>
    public readonly void ExpectList(string what) => Expect(JsonTokenType.StartArray, what, "a list");

    /// <summary>The current value, which must be a text.</summary>
    public readonly string Text(string what)
    {
        Expect(JsonTokenType.String, what, "a text");
        return Decoded();
    }

    /// <summary>The current value, which must be a text that is not empty.</summary>
    public readonly string Name(string what)
    {
        string text = Text(what);
        return string.IsNullOrWhiteSpace(text) ? throw Refuse($"{what} is empty ('{text}'). Give it a value.") : text;
    }

    /// <summary>The items of the current value, which must be a list of texts that are not empty.</summary>
    public string[] Names(string what)
    {
        ExpectList(what);
        var names = new List<string>();
        while (NextItem())
            names.Add(Name($"Each item of {what}"));
        return [.. names];
    }

    /// <summary>The current value, which must be true or false.</summary>
    public readonly bool TrueOrFalse(string what) => Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw WrongKind(what, "true or false"),
    };

    /// <summary>The current number: a long if it is written without fraction and exponent, else a double.</summary>
    public readonly object Number(string what)
    {
        if (_reader.TryGetInt64(out long integer))
            return integer;
        if (_reader.ValueSpan.IndexOfAny("eE."u8) >= 0 && _reader.TryGetDouble(out double real) && double.IsFinite(real))
            return real;
        throw Refuse($"{what} is {Raw()}, which is no number that SQLite can store exactly in 64 bits. Write it as a text: \"{Raw()}\".");
    }

    /// <summary>Whether the current text is base64, and its bytes.</summary>
    public readonly bool TryGetBase64(out byte[]? bytes) => _reader.TryGetBytesFromBase64(out bytes);

    /// <summary>Whether the current token is this key.</summary>
    public readonly bool IsKey(string key) => Kind == JsonTokenType.PropertyName && _reader.ValueTextEquals(key);

    /// <summary>Goes to the end of the current value.</summary>
    public void Skip()
    {
        int depth = _reader.CurrentDepth;
        while (Kind is JsonTokenType.StartObject or JsonTokenType.StartArray || _reader.CurrentDepth > depth)
            Read();
    }

    /// <summary>Goes to the end of the current object or list and gives it as JSON without white space and comments; numbers, escapes and order stay as written.</summary>
    public string Compact()
    {
        var json = new StringBuilder();
        int depth = _reader.CurrentDepth;
        bool first = true;
        do
        {
            bool closes = Kind is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!first && !closes)
                json.Append(',');

            json.Append(Kind switch
            {
                JsonTokenType.StartObject => "{",
                JsonTokenType.StartArray => "[",
                JsonTokenType.EndObject => "}",
                JsonTokenType.EndArray => "]",
                JsonTokenType.PropertyName => $"\"{Raw()}\":",
                JsonTokenType.String => $"\"{Raw()}\"",
                _ => Raw(),
            });
            first = Kind is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName;
        }
        while ((_reader.CurrentDepth > depth || first) && Read());
        return json.ToString();
    }

    /// <summary>The exception for an error at the current token.</summary>
    public readonly FixtureException Refuse(string message) => RefuseAt(Place, message);

    /// <summary>The exception for an error at an earlier token.</summary>
    public readonly FixtureException RefuseAt(long place, string message, Exception? innerException = null) =>
        _file.Refuse(message, place, innerException: innerException);

    /// <summary>The exception for a value of another kind than the expected one.</summary>
    public readonly FixtureException WrongKind(string what, string expected) => Refuse($"{what} must be {expected}, not {Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text '{Raw()}'",
        JsonTokenType.Number => $"the number {Raw()}",
        _ => Raw(),
    }}.");

    private readonly void Expect(JsonTokenType kind, string what, string expected)
    {
        if (Kind != kind)
            throw WrongKind(what, expected);
    }

    private readonly string Raw() => Encoding.UTF8.GetString(_reader.ValueSpan);

    private readonly string Decoded()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // The file is UTF-8, so only an escaped surrogate without its other half cannot be decoded.
            throw RefuseAt(Place, $"'{Raw()}' holds half of a surrogate pair (\\ud800 to \\udfff). Write the whole character.", exception);
        }
    }
}

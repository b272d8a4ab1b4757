using System.Text.Json;

namespace Fixtures.Configuration;

/// <summary>Reads a value of <c>defaults</c>: what SQLite stores where a fixture gives nothing.</summary>
internal static class DefaultValue
{
    private const string Base64Key = "$base64";

    private static readonly string[] Placeholders = ["$now", "$uuid"];

    /// <summary>
    /// A string, long, double, bool, null, or byte[] from <c>{"$base64": "AA=="}</c>; any other object or list as the text of its JSON.
    /// <c>$now</c>, <c>$uuid</c> and <c>$$x</c> stay as they are: only the load knows what they stand for.
    /// </summary>
    public static object? Read(ref ConfigurationJson json, string what)
    {
        switch (json.Kind)
        {
            case JsonTokenType.String:
                return Text(ref json, what);
            case JsonTokenType.Number:
                return json.Number(what);
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                return json.TrueOrFalse(what);
            default:
                return Blob(ref json, what) ?? (object)json.Compact();
        }
    }

    private static string Text(ref ConfigurationJson json, string what)
    {
        string text = json.Text(what);
        if (!text.StartsWith('$') || text.StartsWith("$$", StringComparison.Ordinal) || Placeholders.Contains(text))
            return text;

        string meant = NearestName.Among(text, Placeholders) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Known are {string.Join(" and ", Placeholders)}.";
        throw json.Refuse($"{what} is '{text}', which stands for nothing. {meant} The text itself is written '${text}'.");
    }

    // Only an object of this one key is a blob; one with more keys is JSON like any other.
    private static byte[]? Blob(ref ConfigurationJson json, string what)
    {
        ConfigurationJson ahead = json;
        ahead.Read();
        if (!ahead.IsKey(Base64Key))
            return null;

        ahead.Read();
        ConfigurationJson value = ahead;
        ahead.Skip();
        ahead.Read();
        if (ahead.Kind != JsonTokenType.EndObject)
            return null;

        string text = value.Text($"'{Base64Key}' of {what}");
        if (!value.TryGetBase64(out byte[]? bytes))
            throw value.Refuse($"'{text}' is not base64. Write groups of four of A-Z a-z 0-9 + /, the last one filled up with '='.");
        json = ahead;
        return bytes;
    }
}

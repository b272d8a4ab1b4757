using System.Text;
using System.Text.Json;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

/// <summary>Escapes are what Utf8JsonReader takes them for.</summary>
public sealed class JsonEscapesTests
{
    private static readonly string[] Pieces =
        ["a", "ä", "包", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0041", "\\u00e4", "\\u5305", "\\uFFFF", "\\u0000", "\\ud83d\\ude00", "\\uD83D", "\\ude00", "\\u12", "\\u00g0", "\\u+041", "\\u 041", "\\x", "\\u", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041"];

    [Fact]
    public void Any_mix_gives_what_the_parser_gives()
    {
        var random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pieces[random.Next(i % 2 == 0 ? 18 : Pieces.Length)]));
            string? expected = Parsed(text);
            Assert.Equal(expected, Unescaped(text));
            valid += expected is null ? 0 : 1;
        }
        Assert.InRange(valid, 10_000, 19_000);
    }

    [Fact]
    public void A_backslash_at_the_end_is_no_escape() => Assert.Null(Unescaped("a\\"));

    private static string? Unescaped(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] plain = new byte[bytes.Length];
        int length = JsonEscapes.Unescape(bytes, plain);
        return length < 0 ? null : Encoding.UTF8.GetString(plain, 0, length);
    }

    private static string? Parsed(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text}\""));
            reader.Read();
            string? parsed = reader.GetString();
            return reader.BytesConsumed == Encoding.UTF8.GetByteCount(text) + 2 && !reader.Read() ? parsed : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

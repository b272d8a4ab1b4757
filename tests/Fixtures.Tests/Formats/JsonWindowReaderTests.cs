using System.Text;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

/// <summary>How much of a JSON text stands in memory.</summary>
public sealed class JsonWindowReaderTests
{
    private const int MaxRecordByteCount = 128 << 10;

    private static readonly string Long = new(' ', MaxRecordByteCount * 4);

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void A_record_of_more_bytes_than_it_may_take_is_refused(string format)
    {
        string text = Text(format, "", $"\"{Long}\"", "");

        Assert.Contains("takes more than 131072 bytes", FixtureText.Error(Reader(format, text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void White_space_before_and_after_a_record_takes_no_memory(string format) =>
        Assert.Equal(["Text'a' - {x: Number'1'}", "Text'a' - {x: Number'1'}"], FixtureText.Read(Reader(format, Text(format, Long, "1", Long))));

    [Theory]
    [InlineData("json", 3)]
    [InlineData("jsonl", 2)]
    public void The_place_after_much_white_space_is_right(string format, int line)
    {
        string text = Text(format, Long + "\n" + Long, "oops", "");

        Assert.StartsWith($"data.{format}({line},{Long.Length + 32}): ", FixtureText.Error(Reader(format, text)), StringComparison.Ordinal);
    }

    private static string Text(string format, string before, string value, string after)
    {
        string record = $$$"""{"model": "a", "fields": {"x": {{{value}}}}}""";
        return format == "json" ? $"{before}[{before}{record}{after},{record}{after}]{after}" : $"{before}{record}\n{before}{record}\n{after}";
    }

    private static JsonWindowReader Reader(string format, string text)
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return format == "json"
            ? new JsonFixtureReader(stream, "data.json") { MaxRecordByteCount = MaxRecordByteCount }
            : new JsonLinesFixtureReader(stream, "data.jsonl") { MaxRecordByteCount = MaxRecordByteCount };
    }
}

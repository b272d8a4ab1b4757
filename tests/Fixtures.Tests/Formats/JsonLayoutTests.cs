using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fixtures.Tests.Formats;

/// <summary>Records that repeat the layout of one before are read by comparing. Nothing may come out of that but what a parser gives.</summary>
public sealed class JsonLayoutTests
{
    private static readonly byte[] Bytes = [.. "\"\\{}[]:, \n0123456789-+.eEtrufalsn/"u8, 0x00, 0x1F, 0x80, 0xC3, 0xA9, 0xFF];

    private static readonly string[] Values =
    [
        "0", "-1", "12.50", "1e5", "-0.0E-12", "01", "1.", "-", "true", "false", "null", "tru", "\"\"", "\"text\"", "\"é😀\"", "\"a\\nb\"", "\"\\u00e9\\ud83d\\ude00\"",
        "\"\\ud800\"", "\"\\x\"", "\"a\tb\"", "[1, {\"a\": 2}]", "{\"a\": []}", "\"a \\\\\"", "\"\\\"\"",
    ];

    private const int Alike = 55;
    private const string AlikeRecord = """{"model": "m", "pk": 7, "fields": {"a": "text", "b": 1.5}}""";

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void Whatever_the_records_a_parser_gives_the_same(string format)
    {
        var random = new Random(20485);
        int refused = 0;
        const int Fixtures = 20_000;
        for (int i = 0; i < Fixtures; i++)
        {
            byte[] fixture = DamagedBytes.Of(random, Encoding.UTF8.GetBytes(format == "json" ? List(random) : Lines(random)), Alike * (AlikeRecord.Length + 1), Bytes);
            int bytesPerRead = random.Next(4) == 0 ? random.Next(1, 200) : int.MaxValue;
            List<string>? expected = format == "json" ? ParseList(fixture) : ParseLines(fixture);
            List<string>? read = Read(format, fixture, bytesPerRead);
            refused += expected is null ? 1 : 0;
            if (expected is null ? read is not null : read is null || !expected.SequenceEqual(read))
                Assert.Fail($"Fixture {i}, {(expected is null ? "no JSON" : "JSON")}: {Encoding.Latin1.GetString(fixture)}");
        }
        Assert.InRange(refused, Fixtures / 10, Fixtures * 9 / 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n ")]
    public void An_error_after_records_that_were_compared_has_its_place(string space)
    {
        foreach (int bytesPerRead in (int[])[int.MaxValue, 100])
        {
            for (int count = 0; count < 300; count += 13)
            {
                string records = string.Concat(Enumerable.Range(0, count).Select(number => $$$"""{{{space}}}{"model": "é", "pk": {{{number}}},{{{space}}} "fields": {"t": "😀\n"}},"""));
                string wrong = $$$"""{{{space}}}{"model": "é", "pk": 1,{{{space}}} "fields": {"t": oops""";
                string before = "[" + records + wrong[..^4];

                FixtureError error = RecordListing.Refused("json", "[" + records + wrong + "\"}}]", bytesPerRead);

                int lineStart = before.LastIndexOf('\n') + 1;
                Assert.Equal((before.Count(character => character == '\n') + 1, before.Length - lineStart + 1), (error.Line, error.Column));
            }
        }
    }

    [Fact]
    public void A_comma_between_records_stays_required()
    {
        const string Record = """{"model": "a", "pk": 1, "fields": {}}""";
        string before = string.Concat(Enumerable.Repeat(Record + ",", Alike));

        Assert.Equal(Alike + 2, RecordListing.Read("json", $"[{before}{Record},{Record}]").Count);
        RecordListing.Refused("json", $"[{before}{Record}{Record}]");
        RecordListing.Refused("json", $"[{before}{Record},,{Record}]");
        RecordListing.Refused("json", $"[{before}{Record},{Record},]");
        RecordListing.Refused("json", $"[{Record}{Record}]");
    }

    /// <returns>Null if the fixture is refused.</returns>
    private static List<string>? Read(string format, byte[] fixture, int bytesPerRead)
    {
        try
        {
            return RecordListing.Read(format, fixture, bytesPerRead);
        }
        catch (FixtureException)
        {
            return null;
        }
    }

    private static string List(Random random) => $"[{string.Join(random.Next(8) == 0 ? " " : ", ", Records(random))}]";

    private static string Lines(Random random) => string.Join(random.Next(8) == 0 ? " " : "\n", Records(random));

    /// <summary>Some that are alike, after which layouts are remembered, and then any.</summary>
    private static IEnumerable<string> Records(Random random)
    {
        for (int i = 0; i < Alike; i++)
            yield return AlikeRecord;
        int layouts = random.Next(1, 9);
        for (int i = random.Next(12); i >= 0; i--)
        {
            string value = Value(random);
            yield return random.Next(layouts) switch
            {
                0 or 1 => $$$"""{"model": "m", "pk": {{{i}}}, "fields": {"a": {{{value}}}, "b": 1.5}}""",
                2 => $$$"""{"fields": {"é": {{{value}}}}, "comment": {{{value}}}, "model": "m"}""",
                3 => $$$"""{"model": "m", "pk": {{{value}}}, "fields": {}}""",
                4 => $$$"""{"model":"m","fields":{"a":true,"a":{{{value}}}},"pk":null,"pk":2}""",
                5 => $$$"""{"model": "m", "fields": {"a": {{{value}}}, "b": {{{Value(random)}}}, "c": {{{Value(random)}}}, "d": 1}}""",
                6 => $$$"""{"model": "m", "pk": 1, "fields": {"more than is compared at once": {{{value}}}, "{{{new string('b', i)}}}": {{{value}}}}}""",
                _ => $$$"""{"model": "m{{{i}}}", "fields": {"f{{{i}}}": {{{value}}}}}""",
            };
        }
    }

    private static string Value(Random random) => Values[random.Next(random.Next(3) == 0 ? Values.Length : 5)];

    /// <summary>The records as RecordListing shows them; null where the fixture is to be refused.</summary>
    private static List<string>? ParseList(byte[] fixture)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(fixture);
            return document.RootElement.ValueKind == JsonValueKind.Array ? Describe(document.RootElement.EnumerateArray()) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<string>? ParseLines(byte[] fixture)
    {
        try
        {
            List<JsonElement> lines = [];
            foreach (Range range in fixture.AsSpan().Split((byte)'\n'))
            {
                if (fixture.AsSpan(range).Trim(" \t\r"u8).Length > 0)
                    lines.Add(JsonElement.Parse(fixture.AsSpan(range)));
            }
            return Describe(lines);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<string>? Describe(IEnumerable<JsonElement> records)
    {
        List<string> described = [];
        foreach (JsonElement record in records)
        {
            if (record.ValueKind != JsonValueKind.Object)
                return null;
            JsonElement model = Last(record, "model");
            JsonElement key = Last(record, "pk");
            JsonElement fields = Last(record, "fields");
            if (model.ValueKind != JsonValueKind.String || model.GetString()!.Length == 0 || key.ValueKind == JsonValueKind.Object || fields.ValueKind != JsonValueKind.Object)
                return null;
            described.Add(string.Create(CultureInfo.InvariantCulture, $"{described.Count + 1} {Describe(model)} {(key.ValueKind == JsonValueKind.Undefined ? "-" : Describe(key))} {Describe(fields)}"));
        }
        return described;
    }

    private static JsonElement Last(JsonElement record, string name)
    {
        JsonElement last = default;
        foreach (JsonProperty member in record.EnumerateObject())
        {
            // Whatever is given twice must be valid, too.
            if (member.NameEquals(name))
            {
                Describe(member.Value);
                last = member.Value;
            }
        }
        return last;
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Describe))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {Describe(member.Value)}"))}}}",
        JsonValueKind.String => $"'{value.GetString()}'",
        JsonValueKind.Number => value.GetRawText(),
        _ => value.ValueKind.ToString(),
    };
}

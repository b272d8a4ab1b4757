using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

public sealed class JsonFixtureReaderTests
{
    private const string Everything = """
        [
          {"model": "a.b", "pk": 1, "fields": {"t": "päö€ 😀", "e": "\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00\u0000", "n": -1.50E+3, "z": 0}},
          {"comment": {"x": [1, {"y": "]"}]}, "fields": {"t": true, "f": false, "u": null, "l": [1, [2, []], {}], "m": {"k": {"k": 1}}}, "model": "c"}
        ,{"model":"d","pk":["x",null],"fields":{}}]

        """;

    private static readonly string[] EverythingRead =
    [
        "1 'a.b' 1 {t: 'päö€ 😀', e: '\"\\/\b\f\n\r\tä😀\0', n: -1.50E+3, z: 0}",
        "2 'c' - {t: True, f: False, u: Null, l: [1, [2, []], {}], m: {k: {k: 1}}}",
        "3 'd' ['x', Null] {}",
    ];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Records_are_the_same_however_the_bytes_come(int bytesPerRead)
    {
        Assert.Equal(EverythingRead, RecordListing.Read("json", Everything, bytesPerRead));
        Assert.Equal(EverythingRead, RecordListing.Read("json", "\uFEFF" + Everything, bytesPerRead));
    }

    [Fact]
    public void A_record_may_be_cut_by_the_window_at_every_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Everything);
        for (int shift = 0; shift <= bytes.Length; shift++)
        {
            byte[] shifted = [.. Enumerable.Repeat((byte)' ', 64 * 1024 - shift), .. bytes];
            Assert.Equal(EverythingRead, RecordListing.Read("json", shifted));
        }
    }

    [Theory]
    [InlineData(65_536)]
    [InlineData(200_000)]
    [InlineData(3_000_000)]
    public void A_record_may_be_larger_than_the_window(int length)
    {
        string text = string.Concat(Enumerable.Repeat("ä\\n😀x", length / 5));
        List<string> records = RecordListing.Read("json", $$$"""[{"model": "a", "fields": {"t": "{{{text}}}"}}, {"model": "b", "fields": {}}]""");

        Assert.Equal(["1 'a' - {t: '" + text.Replace("\\n", "\n", StringComparison.Ordinal) + "'}", "2 'b' - {}"], records);
    }

    [Fact]
    public void A_large_record_of_many_values_may_trickle_in()
    {
        string list = string.Join(", ", Enumerable.Range(0, 500_000));
        Assert.Equal([$"1 'a' - {{l: [{list}]}}"], RecordListing.Read("json", $$$"""[{"model": "a", "fields": {"l": [{{{list}}}]}}]""", 1000));
    }

    [Fact]
    public void Many_records_pass_through_the_window()
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < 60_000; i++)
            text.Append(i == 0 ? "" : ",\n").Append(System.Globalization.CultureInfo.InvariantCulture, $$$"""{"model": "a", "pk": {{{i}}}, "fields": {"t": "number {{{i}}}"}}""");
        List<string> records = RecordListing.Read("json", text.Append(']').ToString(), 5000);

        Assert.Equal(60_000, records.Count);
        for (int i = 0; i < records.Count; i++)
            Assert.Equal($"{i + 1} 'a' {i} {{t: 'number {i}'}}", records[i]);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("  \n ", 2, 2)]
    [InlineData("\uFEFF", 1, 1)]
    [InlineData("""{"model": "a", "fields": {}}""", 1, 1)]
    [InlineData("\n 5", 2, 2)]
    [InlineData("[5]", 1, 2)]
    [InlineData("[\n null]", 2, 2)]
    [InlineData("[[]]", 1, 2)]
    [InlineData("""[{"fields": {}}]""", 1, 2)]
    [InlineData("[{\"model\": \"a\"},\n {\"model\": \"a\", \"fields\": {}}]", 1, 2)]
    [InlineData("""[{"model": 5, "fields": {}}]""", 1, 12)]
    [InlineData("""[{"model": "", "fields": {}}]""", 1, 12)]
    [InlineData("""[{"model": null, "fields": {}}]""", 1, 12)]
    [InlineData("""[{"model": "a", "fields": []}]""", 1, 27)]
    [InlineData("""[{"model": "a", "fields": null}]""", 1, 27)]
    [InlineData("""[{"model": "a", "pk": {"id": 1}, "fields": {}}]""", 1, 23)]
    [InlineData("""[{"model": "a", "fields": {}}, ]""", 1, 32)]
    [InlineData("""[{"model": "a", "fields": {"x": 1,}}]""", 1, 35)]
    [InlineData("""[{"model": "a", "fields": {"x": NaN}}]""", 1, 33)]
    [InlineData("""[{"model": "a", "fields": {"x": Infinity}}]""", 1, 33)]
    [InlineData("""[{"model": "a", "fields": {"x": 01}}]""", 1, 34)]
    [InlineData("""[{"model": "a", "fields": {"x": .5}}]""", 1, 33)]
    [InlineData("[// comment\n]", 1, 2)]
    [InlineData("[]\n/* comment */", 2, 1)]
    [InlineData("[] []", 1, 4)]
    [InlineData("[]\n\n  x", 3, 3)]
    [InlineData("[\n{\"model\": \"a\", \"fields\": {}}\n{", 3, 1)]
    [InlineData("""[{'model': "a"}]""", 1, 3)]
    [InlineData("[{\"model\": \"a\nb\"}]", 1, 14)]
    [InlineData("""[{"model": "a", "fields": {"x": "\ud800"}}]""", 1, 33)]
    [InlineData("""[{"model": "a", "fields": {"x": "\udc00\ud800"}}]""", 1, 33)]
    [InlineData("""[{"model": "a", "fields": {"x": "\ud83dx"}}]""", 1, 33)]
    [InlineData("""[{"model": "a", "fields": {"\ud800": 1}}]""", 1, 28)]
    [InlineData("[{\"model\": \"a\", \"fields\": {\"\U0001F600é\": tru}}]", 1, 38)]
    public void What_is_no_fixture_is_refused_with_its_place(string text, long line, long column)
    {
        foreach (int bytesPerRead in (int[])[int.MaxValue, 1, 7])
        {
            FixtureError error = RecordListing.Refused("json", text, bytesPerRead);
            Assert.Equal((line, column), (error.Line!.Value, error.Column!.Value));
        }
    }

    [Fact]
    public void A_fixture_that_is_cut_off_anywhere_is_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Everything.TrimEnd());
        for (int length = 0; length < bytes.Length; length++)
            RecordListing.Refused("json", bytes[..length]);
        Assert.Equal(EverythingRead, RecordListing.Read("json", bytes));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { (byte)'\\', (byte)'n', 0x80 })]
    public void Text_that_is_not_UTF8_is_refused_where_it_begins(byte[] text)
    {
        byte[] value = [.. "[\n{\"model\": \"a\", \"fields\": {\"x\": \""u8, .. text, .. "\"}}]"u8];
        (FixtureError error, _) = RecordListing.Refused("json", value, 1);
        Assert.Equal((2, 32), (error.Line, error.Column));

        byte[] name = [.. "[{\"model\": \"a\", \"fields\": {\""u8, .. text, .. "\": 1}}]"u8];
        (error, _) = RecordListing.Refused("json", name, 1);
        Assert.Equal((1, 28), (error.Line, error.Column));
    }

    [Fact]
    public void An_empty_list_has_no_records() => Assert.Empty(RecordListing.Read("json", " [ \r\n ] \r\n", 1));

    [Fact]
    public void Nesting_is_bounded_at_64_levels()
    {
        // The list, the record and its fields are three of them.
        Assert.Single(RecordListing.Read("json", Nested(61)));
        Assert.Equal(1, RecordListing.Refused("json", Nested(62)).Line);
        Assert.Equal(1, RecordListing.Refused("json", Nested(100_000)).Line);

        static string Nested(int levels) => $$$"""[{"model": "a", "fields": {"x": {{{new string('[', levels)}}}{{{new string(']', levels)}}}}}]""";
    }

    [Fact]
    public void The_last_of_a_key_given_twice_counts() =>
        Assert.Equal(
            ["1 'b' 2 {y: 2, y: 3}"],
            RecordListing.Read("json", """[{"model": "a", "pk": 1, "fields": {"x": 1}, "model": "b", "pk": 2, "fields": {"y": 2, "y": 3}}]"""));

    [Fact]
    public void Keys_may_be_escaped() =>
        Assert.Equal(["1 'b' 1 {x: 1}"], RecordListing.Read("json", """[{"\u006dodel": "b", "p\u006b": 1, "fields": {"\u0078": 1}}]""", 1));

    [Theory]
    [InlineData(", \"Model\": 1, \"MODEL\": 2")]
    [InlineData(", \"comment\": \"\\ud800\"")]
    [InlineData(", \"comment\": [[[{\"model\": 1}]]]")]
    public void Unknown_keys_are_passed_over(string more) =>
        Assert.Equal(["1 'a' - {}"], RecordListing.Read("json", $$$"""[{"model": "a", "fields": {}{{{more}}}}]""", 1));

    [Fact]
    public void The_place_after_many_megabytes_is_right()
    {
        var text = new StringBuilder("[\n");
        for (int i = 0; i < 40_000; i++)
            text.Append("{\"model\": \"a\", \"pk\": 1, \"fields\": {\"t\": \"").Append('ä', i % 100).Append("😀\"}},\r\n");
        text.Append("  \t{\"model\": \"a\", \"fields\": {\"😀é\": oops}}]");

        (FixtureError error, int before) = RecordListing.Refused("json", Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal((40_000, 40_002, 37), (before, error.Line, error.Column));
        (error, _) = RecordListing.Refused("json", Encoding.UTF8.GetBytes(text.ToString()), 4999);
        Assert.Equal((40_002, 37), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void The_column_in_one_long_line_counts_UTF16_characters(string mark)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < 30_000; i++)
            text.Append("{\"model\": \"a\", \"pk\": 1, \"fields\": {\"t\": \"€😀").Append('ä', i % 100).Append("\"}}, ");
        long column = text.Length + 1;
        foreach (int bytesPerRead in (int[])[int.MaxValue, 4999])
        {
            FixtureError error = RecordListing.Refused("json", mark + text + "5]", bytesPerRead);
            Assert.Equal((1, column), (error.Line, error.Column));
            error = RecordListing.Refused("json", mark + text + "{\"model\": \"€😀\", oops", bytesPerRead);
            Assert.Equal((1, column + 17), (error.Line, error.Column));
            error = RecordListing.Refused("json", mark + text + "{\"model\": \"€😀\", \"fields\": {\"😀\": \"\\ud800\"}}]", bytesPerRead);
            Assert.Equal((1, column + 34), (error.Line, error.Column));
        }
    }

    [Fact]
    public void Values_know_their_place()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[\n  {\"model\": \"a\",\n   \"pk\": 1, \"fields\": {\"😀\": [\n1, 2]}}]");
        using var reader = new JsonFixtureReader(new TricklingStream(bytes, 3), "x.json");
        var record = new Record();
        Assert.True(reader.Read(record));

        Assert.Equal((2, 3), reader.Locate(record.Position));
        Assert.Equal((2, 13), reader.Locate(record[record.Model].Position));
        Assert.Equal((3, 10), reader.Locate(record[record.Key].Position));
        Assert.Equal((3, 30), reader.Locate(record[record.Fields + 1].Position));
        Assert.Equal((4, 4), reader.Locate(record[record.Fields + 3].Position));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[{\"model\": \"a.b\"")]
    public void A_text_that_is_cut_is_said_to_be_cut(string text)
    {
        using var reader = new JsonFixtureReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "f.json");

        FixtureException exception = Assert.ThrowsAny<FixtureException>(() => reader.Read(new Fixtures.Formats.Record()));

        Assert.Contains("ends before it is complete", exception.Message, StringComparison.Ordinal);
    }
}

using System.Text;

namespace Fixtures.Tests.Formats;

public sealed class JsonLinesFixtureReaderTests
{
    private const string Everything = "{\"model\": \"a\", \"pk\": 1, \"fields\": {\"t\": \"\\n😀\\ud83d\\ude00\", \"l\": [1, {}]}}\r\n\n \t\r\n  {\"model\": \"b\", \"fields\": {}} \t\r\n{\"comment\": [], \"fields\": {\"x\": null}, \"model\": \"c\"}";

    private static readonly string[] EverythingRead = ["1 'a' 1 {t: '\n😀😀', l: [1, {}]}", "2 'b' - {}", "3 'c' - {x: Null}"];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Records_are_the_same_however_the_bytes_come(int bytesPerRead)
    {
        Assert.Equal(EverythingRead, RecordListing.Read("jsonl", Everything, bytesPerRead));
        Assert.Equal(EverythingRead, RecordListing.Read("jsonl", "\uFEFF" + Everything, bytesPerRead));
        Assert.Equal(EverythingRead, RecordListing.Read("jsonl", Everything + "\n", bytesPerRead));
        Assert.Equal(EverythingRead, RecordListing.Read("jsonl", "\r\n\r\n" + Everything + "\r\n\r\n  ", bytesPerRead));
    }

    [Fact]
    public void A_line_may_be_cut_by_the_window_at_every_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Everything);
        for (int shift = 0; shift <= bytes.Length; shift++)
        {
            byte[] shifted = [.. Enumerable.Repeat((byte)'\n', 64 * 1024 - shift), .. bytes];
            Assert.Equal(EverythingRead, RecordListing.Read("jsonl", shifted));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n  \t")]
    public void A_file_without_records_is_empty(string text) => Assert.Empty(RecordListing.Read("jsonl", text, 1));

    [Fact]
    public void A_line_may_be_larger_than_the_window()
    {
        string text = new('é', 2_000_000);
        List<string> records = RecordListing.Read("jsonl", $$$"""{"model": "a", "fields": {"t": "{{{text}}}"}}""" + "\n{\"model\": \"b\", \"fields\": {}}", 10_000);
        Assert.Equal(["1 'a' - {t: '" + text + "'}", "2 'b' - {}"], records);
    }

    [Theory]
    [InlineData("""{"model": "a", "fields": {}} {"model": "b", "fields": {}}""", 1, 30)]
    [InlineData("""{"model": "a", "fields": {}}{"model": "b", "fields": {}}""", 1, 29)]
    [InlineData("""{"model": "a", "fields": {}},""", 1, 29)]
    [InlineData("{\"model\": \"a\",\n\"fields\": {}}", 1, 14)]
    [InlineData("\n[{\"model\": \"a\", \"fields\": {}}]", 2, 1)]
    [InlineData("\n\n \"a\"", 3, 2)]
    [InlineData("\r\n{\"model\": \"a\"}", 2, 1)]
    [InlineData("{\"fields\": {}}", 1, 1)]
    [InlineData("{\"model\": \"a\", \"fields\": {\"x\": NaN}}", 1, 32)]
    [InlineData("{\"model\": \"a\", \"fields\": {\"x\": 1,}}", 1, 34)]
    [InlineData("{\"model\": \"a\", \"fields\": {}} // comment", 1, 30)]
    [InlineData("{\"model\": \"a\", \"fields\": {}}\n{\"model\": \"b\", \"fields\": {\"😀\": \"\\ud83d\"}}", 2, 33)]
    [InlineData("{\"model\": \"a\", \"fields\": {}}\r{\"model\": \"b\", \"fields\": {}}", 1, 30)]
    public void What_is_no_record_is_refused_with_its_place(string text, long line, long column)
    {
        foreach (int bytesPerRead in (int[])[int.MaxValue, 1, 7])
        {
            FixtureError error = RecordListing.Refused("jsonl", text, bytesPerRead);
            Assert.Equal((line, column), (error.Line!.Value, error.Column!.Value));
        }
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused_where_it_begins()
    {
        byte[] bytes = [.. "{\"model\": \"é\", \"fields\": {}}\n{\"model\": \"a\", \"fields\": {\"é\": \""u8, 0xE2, 0x82, .. "\"}}"u8];
        (FixtureError error, int before) = RecordListing.Refused("jsonl", bytes, 5);
        Assert.Equal((1, 2, 32), (before, error.Line, error.Column));
    }

    [Fact]
    public void Nesting_is_bounded_at_64_levels()
    {
        Assert.Single(RecordListing.Read("jsonl", Nested(62)));
        Assert.Equal(1, RecordListing.Refused("jsonl", Nested(63)).Line);

        static string Nested(int levels) => $$$"""{"model": "a", "fields": {"x": {{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""";
    }

    [Fact]
    public void The_place_after_many_megabytes_is_right()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 40_000; i++)
            text.Append("{\"model\": \"a\", \"pk\": 1, \"fields\": {\"t\": \"").Append('ä', i % 100).Append("😀\"}}\r\n").Append(i % 7 == 0 ? "\n" : "");
        text.Append("  {\"model\": \"a\", \"fields\": {\"😀é\": oops}}");

        (FixtureError error, int before) = RecordListing.Refused("jsonl", Encoding.UTF8.GetBytes(text.ToString()), 4999);
        Assert.Equal((40_000, 40_001 + 5715, 36), (before, error.Line, error.Column));
    }
}

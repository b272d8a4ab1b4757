using System.Text;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

public class Utf8TextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\uFEFFé😀\r\n\t\u0085\u2028")]
    public void Utf8_is_read_without_its_byte_order_mark(string text) =>
        Assert.Equal(text.TrimStart('\uFEFF'), Read(Encoding.UTF8.GetBytes(text), chunk: 100_000));

    [Fact]
    public void Characters_may_fall_on_the_edge_of_any_read()
    {
        string text = string.Concat(Enumerable.Repeat("aé€😀\n", 20_000));

        Assert.Equal(text, Read(Encoding.UTF8.GetBytes("\uFEFF" + text), chunk: 1));
        Assert.Equal(text, Read(Encoding.UTF8.GetBytes(text), chunk: 32 * 1024 - 1));
    }

    [Theory]
    [InlineData(new byte[] { 0xE9 }, "x(1,1): The byte 0xE9 is not UTF-8.")]
    [InlineData(new byte[] { (byte)'\n', 0xC3, 0xA9, (byte)'a', 0xFF }, "x(2,3): The byte 0xFF is not UTF-8.")]
    [InlineData(new byte[] { (byte)'a', 0xE2, 0x82 }, "x(1,2): The byte 0xE2 is not UTF-8.")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "x(1,1): The byte 0xED is not UTF-8.")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0 }, "x(2,2): The text holds the control character U+0000")]
    [InlineData(new byte[] { 0x1B }, "x(1,1): The text holds the control character U+001B")]
    public void What_is_no_text_is_refused_where_it_stands(byte[] bytes, string expected)
    {
        foreach (int chunk in (int[])[1, 100])
            Assert.StartsWith(expected, Assert.Throws<FixtureException>(() => Read(bytes, chunk)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_of_an_error_counts_all_lines_before_it()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("0123456789é\n", 10_000)) + "abc"), 0xFF];

        Assert.StartsWith("x(10001,4): ", Assert.Throws<FixtureException>(() => Read(bytes, 5000)).Message, StringComparison.Ordinal);
    }

    private static string Read(byte[] bytes, int chunk)
    {
        using var text = new Utf8Text(new ChunkedStream(bytes, chunk), (message, line, column) =>
            new FixtureException(FixtureStage.Decode, new FixtureError(message) { File = "x", Line = line, Column = column }));
        return text.ReadToEnd();
    }

    /// <summary>Gives a few bytes a read, as a decompressing stream may.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}

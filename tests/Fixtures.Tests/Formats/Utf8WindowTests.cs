using System.Text;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

public sealed class Utf8WindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void A_byte_order_mark_is_passed_over_once(int bytesPerRead)
    {
        using var window = new Utf8Window(new TricklingStream([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, (byte)'x'], bytesPerRead));
        while (!window.IsFinal)
            window.Fill();

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'x'], window.Unread.ToArray());
        Assert.Equal(3, window.Position);
        Assert.Equal((1, 1), window.Locate(3));
        Assert.Equal(5, window.PositionAfter(0, 2));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xEF })]
    [InlineData(new byte[] { 0xEF, 0xBB })]
    public void A_part_of_a_byte_order_mark_is_none(byte[] bytes)
    {
        using var window = new Utf8Window(new TricklingStream(bytes, 1));
        while (!window.IsFinal)
            window.Fill();
        Assert.Equal(bytes, window.Unread.ToArray());
    }

    [Fact]
    public void The_window_grows_while_nothing_is_consumed()
    {
        byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i % 251))];
        using var window = new Utf8Window(new TricklingStream(bytes, 1009));
        while (!window.IsFinal)
            window.Fill();
        Assert.Equal(bytes, window.Unread.ToArray());
    }

    [Theory]
    [InlineData(1, 1, 3, 1)]
    [InlineData(13, 50, 3, 1)]
    [InlineData(13, 50, int.MaxValue, 1)]
    [InlineData(13, 50, int.MaxValue, 997)]
    [InlineData(100, 250, 600, 997)]
    [InlineData(70_000, 65_536, 3, 97)]
    [InlineData(70_000, 65_536, 40_000, 97)]
    [InlineData(70_000, 65_536, 40_000, 100_003)]
    public void Places_are_those_of_the_whole_text_wherever_the_window_stands(int consumed, int bytesPerRead, int partsInLine, int locateEvery)
    {
        var text = new StringBuilder();
        for (int i = 1; text.Length < 5000 || text.Length < consumed * 4; i++)
            text.Append('é', i % 5).Append(i % partsInLine == 0 ? "😀\r\n" : "abc").Append(i % 11 == 0 ? (partsInLine == 3 ? "\n\n" : "😀") : "€");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());

        using var window = new Utf8Window(new TricklingStream(bytes, bytesPerRead));
        long line = 1;
        int lineStart = 0;
        bool toLocate = false;
        for (int position = 0; position < bytes.Length; position++)
        {
            while (position >= window.Position + window.Unread.Length)
                window.Fill();
            bool isCharacter = (bytes[position] & 0xC0) != 0x80;
            toLocate |= position % locateEvery == 0;
            if (isCharacter && toLocate)
            {
                toLocate = false;
                Assert.Equal((line, Encoding.UTF8.GetCharCount(bytes, lineStart, position - lineStart) + 1), window.Locate(position));
                int linesBetween = window.Unread[..(int)(position - window.Position)].Count((byte)'\n');
                Assert.Equal(position, window.PositionAfter(linesBetween, position - (linesBetween == 0 ? window.Position : lineStart)));
            }
            if (isCharacter && position - window.Position >= consumed)
                window.Advance((int)(position - window.Position));
            if (bytes[position] == '\n')
            {
                line++;
                lineStart = position + 1;
            }
        }
    }
}

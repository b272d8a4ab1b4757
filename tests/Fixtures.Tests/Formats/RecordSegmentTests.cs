using System.Text;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

/// <summary>Bytes that are compared some at a time, and never beyond the end of the text.</summary>
public sealed class RecordSegmentTests
{
    [Fact]
    public void A_text_begins_with_a_segment_if_all_its_bytes_are_the_same()
    {
        byte[] bytes = [.. Enumerable.Range(1, 80).Select(code => (byte)code)];
        for (int length = 0; length <= 70; length++)
        {
            var segment = new RecordSegment(bytes.AsSpan(0, length));
            Assert.Equal(length, segment.Length);
            for (int textLength = 0; textLength <= bytes.Length; textLength++)
            {
                Assert.Equal(textLength >= length, segment.Begins(bytes.AsSpan(0, textLength)));
                for (int changed = 0; changed < textLength; changed++)
                {
                    byte[] text = bytes[..textLength];
                    text[changed] ^= 0x80;
                    Assert.Equal(textLength >= length && changed >= length, segment.Begins(text));
                }
            }
        }
    }

    [Fact]
    public void A_segment_keeps_its_bytes()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(new string('a', 40));
        var segment = new RecordSegment(bytes);
        bytes[39] = (byte)'b';

        Assert.False(segment.Begins(bytes));
    }
}

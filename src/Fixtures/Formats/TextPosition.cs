namespace Fixtures.Formats;

/// <summary>A line and a column, both from 1, as the one number that a node keeps. For readers whose parser counts lines itself.</summary>
internal static class TextPosition
{
    public static long Pack(long line, long column) => (line << 32) | column;

    public static (long Line, long Column) Unpack(long position) => (position >> 32, position & uint.MaxValue);
}

namespace Fixtures.Formats;

/// <summary>
/// What the XML parser reads: a window's bytes. Where asked, no read goes beyond the end of an object, so that a parser that stands there has
/// taken nothing of what follows, and the next records may be read by somebody else.
/// </summary>
internal sealed class XmlFeed(Utf8Window window) : WindowStream(window)
{
    public static ReadOnlySpan<byte> EndOfObject => "</object>"u8;

    /// <summary>Whether each read ends at the end of an object, as far as there is one.</summary>
    public bool StopsAtObjects { get; set; }

    protected override ReadOnlySpan<byte> Next(Utf8Window window)
    {
        if (!StopsAtObjects)
            return base.Next(window);
        while (window.UnreadCharacters.Length < EndOfObject.Length && !window.IsFinal)
            window.Fill();
        ReadOnlySpan<byte> unread = window.UnreadCharacters;
        int end = unread.IndexOf(EndOfObject);
        if (end >= 0)
            return unread[..(end + EndOfObject.Length)];
        // One that is cut by the window's end is left for the next read.
        return window.IsFinal ? unread : unread[..^(EndOfObject.Length - 1)];
    }
}

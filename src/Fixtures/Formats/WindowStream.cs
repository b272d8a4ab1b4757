namespace Fixtures.Formats;

/// <summary>The bytes of a window from its first unread one on, for parsers that read streams.</summary>
internal class WindowStream(Utf8Window window) : Stream
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Whether no bytes were given yet.</summary>
    public bool IsEmpty { get; private set; } = true;

    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> next = Next(window);
        if (IsEmpty && window.IsAfterByteOrderMark)
            // The window has passed over it. The parser is to know of it.
            next = ByteOrderMark;
        else
        {
            next = next[..Math.Min(buffer.Length, next.Length)];
            window.Advance(next.Length);
        }
        next.CopyTo(buffer);
        IsEmpty &= next.IsEmpty;
        return next.Length;
    }

    public sealed override void Flush() => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>What a read may give; empty at the end only.</summary>
    protected virtual ReadOnlySpan<byte> Next(Utf8Window window)
    {
        while (window.UnreadCharacters.IsEmpty && !window.IsFinal)
            window.Fill();
        return window.UnreadCharacters;
    }
}

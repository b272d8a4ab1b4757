namespace Fixtures.Tests.Formats;

/// <summary>Bytes that come a few at a time, as from a pipe or a decompressor.</summary>
internal sealed class TricklingStream(byte[] bytes, int bytesPerRead) : Stream
{
    private int _next;

    public int ReadCount { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ReadCount++;
        int read = Math.Min(Math.Min(bytesPerRead, count), bytes.Length - _next);
        bytes.AsSpan(_next, read).CopyTo(buffer.AsSpan(offset));
        _next += read;
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

namespace Fixtures.Cli;

/// <summary>Standard input that can be cancelled while it waits for someone to type: a read in progress cannot be ended, but it need not be waited for.</summary>
internal sealed class StandardInput(Stream stream, CancellationToken cancellation) : Stream
{
    /// <summary>The label that stands for it.</summary>
    public const string Label = "-";

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        // Into a buffer of its own, because a read that was given up may still write into it.
        byte[] own = new byte[count];
        int read = Task.Run(() => stream.Read(own, 0, count), CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();
        own.AsSpan(0, read).CopyTo(buffer.AsSpan(offset));
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

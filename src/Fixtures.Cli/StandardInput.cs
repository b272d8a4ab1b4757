namespace Fixtures.Cli;

/// <summary>Standard input that can be cancelled while it waits for someone to type: a read in progress cannot be ended, but it need not be waited for.</summary>
internal sealed class StandardInput(Stream stream, CancellationToken cancellation) : Stream
{
    /// <summary>The label that stands for it.</summary>
    public const string Label = "-";

    private const int ByteCount = 64 * 1024;

    // What is given, and what is read meanwhile: waiting for another thread takes longer than reading. A read that was given up may still write there.
    private byte[] _given = new byte[ByteCount];
    private byte[] _next = new byte[ByteCount];
    private int _start;
    private int _end;
    private Task<int>? _reading;

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
        if (_start == _end)
        {
            _reading ??= BeginRead();
            int read = _reading.WaitAsync(cancellation).GetAwaiter().GetResult();
            if (read == 0)
                return 0;
            (_given, _next) = (_next, _given);
            _start = 0;
            _end = read;
            // Not behind what someone types: that may be for whoever reads next.
            _reading = read == ByteCount ? BeginRead() : null;
        }
        count = Math.Min(count, _end - _start);
        _given.AsSpan(_start, count).CopyTo(buffer.AsSpan(offset));
        _start += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private Task<int> BeginRead()
    {
        byte[] buffer = _next;
        return Task.Run(() => stream.Read(buffer, 0, buffer.Length), CancellationToken.None);
    }
}

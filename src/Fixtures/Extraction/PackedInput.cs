using System.Buffers;

namespace Fixtures.Extraction;

/// <summary>
/// A packed file's bytes, buffered, for decoders that pull what they need. Reading past the file's end throws:
/// the LZMA decoder takes the -1 of <see cref="ReadByte"/> at the end for the byte 0xFF and decodes on.
/// </summary>
internal sealed class PackedInput(Stream file) : ForwardStream
{
    // 64 KiB, not the 8 KiB that GZipStream asks for: an eighth of the system calls.
    private const int BufferByteCount = 64 << 10;

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferByteCount);
    private int _next;
    private int _end;
    private long _bufferPosition;

    /// <summary>Whether zeros follow the file for those who read bytes.</summary>
    public bool EndsInZeros { get; set; }

    /// <summary>How many bytes were taken.</summary>
    public long TakenByteCount => _bufferPosition + _next;

    /// <summary>The error of the file system that ended the input. SharpZipLib reports it as a premature end.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>The bytes that can be had at once: at least <paramref name="byteCount"/>, fewer only where the file ends.</summary>
    public ReadOnlySpan<byte> Peek(int byteCount = 1)
    {
        while (_end - _next < byteCount && Fill())
        {
        }
        return _buffer.AsSpan(_next, _end - _next);
    }

    /// <summary>Whether these bytes come next. A file that ends inside them is truncated.</summary>
    public bool StartsWith(ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> available = Peek(signature.Length);
        if (available.Length >= signature.Length)
            return available.StartsWith(signature);
        return signature.StartsWith(available) ? throw PackedFileException.Truncated() : false;
    }

    /// <summary>Takes bytes that <see cref="Peek"/> gave.</summary>
    public void Advance(int byteCount) => _next += byteCount;

    public override int ReadByte()
    {
        if (_next == _end && !Fill())
            return EndsInZeros ? 0 : throw PackedFileException.Truncated();
        return _buffer![_next++];
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        ReadOnlySpan<byte> available = Peek();
        if (available.IsEmpty)
            throw PackedFileException.Truncated();
        if (available.Length > buffer.Length)
            available = available[..buffer.Length];
        available.CopyTo(buffer);
        Advance(available.Length);
        return available.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer != null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        ObjectDisposedException.ThrowIf(_buffer == null, this);
        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        _bufferPosition += _next;
        _end -= _next;
        _next = 0;
        try
        {
            int byteCount = file.Read(_buffer.AsSpan(_end));
            _end += byteCount;
            return byteCount != 0;
        }
        catch (IOException fault)
        {
            Fault = fault;
            throw;
        }
    }
}

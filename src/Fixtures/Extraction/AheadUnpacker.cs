using System.Runtime.ExceptionServices;

namespace Fixtures.Extraction;

/// <summary>Unpacks a large file ahead of who reads it, on a thread of its own. A small one is unpacked by its reader: it would be done before the thread has begun.</summary>
/// <param name="unpacker">What unpacks; owned.</param>
internal sealed class AheadUnpacker(Unpacker unpacker) : Unpacker
{
    /// <summary>How many bytes the reader itself unpacks.</summary>
    public const int BytesBeforeThread = 1 << 20;

    private const int BufferCount = 4;
    private const int BufferByteCount = 128 << 10;

    private readonly object _gate = new();
    private readonly (byte[] Bytes, int Count)[] _ring = new (byte[], int)[BufferCount];
    private Thread? _thread;
    private long _byteCount;
    private int _first;
    private int _full;
    private int _taken;
    private bool _isComplete;
    private bool _isStopped;
    private ExceptionDispatchInfo? _failure;

    public override int Read(Span<byte> buffer)
    {
        if (_byteCount < BytesBeforeThread)
        {
            int byteCount = unpacker.Read(buffer);
            _byteCount += byteCount;
            return byteCount;
        }
        if (_thread is null)
            Start();
        ReadOnlySpan<byte> next = Next();
        next = next[..Math.Min(next.Length, buffer.Length)];
        next.CopyTo(buffer);
        _taken += next.Length;
        return next.Length;
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
        _thread?.Join();
        unpacker.Dispose();
    }

    private void Start()
    {
        for (int i = 0; i < BufferCount; i++)
            _ring[i].Bytes = new byte[BufferByteCount];
        _thread = new Thread(Fill) { IsBackground = true, Name = "fixtures: unpacking ahead" };
        _thread.Start();
    }

    /// <summary>The bytes of the first buffer that are not taken yet; empty at the end.</summary>
    private ReadOnlySpan<byte> Next()
    {
        lock (_gate)
        {
            if (_full > 0 && _taken == _ring[_first].Count)
            {
                _taken = 0;
                _first = (_first + 1) % BufferCount;
                _full--;
                Monitor.Pulse(_gate);
            }
            while (_full == 0 && !_isComplete)
                Monitor.Wait(_gate);
            if (_full == 0)
                _failure?.Throw();
            return _full == 0 ? [] : _ring[_first].Bytes.AsSpan(_taken, _ring[_first].Count - _taken);
        }
    }

    private void Fill()
    {
        while (NextToFill() is { } buffer)
        {
            int count = 0;
            try
            {
                int read;
                do
                {
                    read = unpacker.Read(buffer.AsSpan(count));
                    count += read;
                }
                while (read > 0 && count < buffer.Length);
                Filled(count, isLast: read == 0);
            }
            // For the reader, behind the bytes before it.
            catch (Exception exception)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
                Filled(count, isLast: true);
            }
        }
    }

    /// <returns>Null if no more are wanted.</returns>
    private byte[]? NextToFill()
    {
        lock (_gate)
        {
            while (_full == BufferCount && !_isStopped)
                Monitor.Wait(_gate);
            return _isStopped || _isComplete ? null : _ring[(_first + _full) % BufferCount].Bytes;
        }
    }

    private void Filled(int count, bool isLast)
    {
        lock (_gate)
        {
            _isComplete = isLast;
            if (count > 0)
                _ring[(_first + _full++) % BufferCount].Count = count;
            Monitor.Pulse(_gate);
        }
    }
}

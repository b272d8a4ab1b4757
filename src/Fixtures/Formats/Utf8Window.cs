using System.Text;

namespace Fixtures.Formats;

/// <summary>
/// A window that slides over a stream of UTF-8. It holds what is not consumed yet, grows when one record needs more, and knows on which line it begins.
/// 64 KiB: larger windows, memory maps and pipes gained nothing when measured.
/// </summary>
internal sealed class Utf8Window(Stream stream) : IDisposable
{
    private const int InitialByteCount = 64 * 1024;

    private byte[] _buffer = new byte[InitialByteCount];
    private int _start;
    private int _end;

    // The stream's offset of _buffer[0], and the line that runs there: its number, where it began, and its characters before _buffer[0].
    private long _offset;
    private long _line = 1;
    private long _lineOffset;
    private long _lineCharacters;

    /// <summary>Whether the stream has ended: <see cref="Unread"/> is all there is.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The offset in the stream of the first unread byte.</summary>
    public long Position => _offset + _start;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    public void Advance(int byteCount) => _start += byteCount;

    /// <summary>
    /// Reads more. What was consumed is dropped, what is unread moves to the front; where that fills the window, it doubles.
    /// Where nothing was consumed, what is unread doubles if the window has room: a record that is read again from its start for
    /// every small read of a decompressor costs the square of its size (3.9 MB in reads of 1000 bytes: 105 s, doubling: below 1 s).
    /// </summary>
    public void Fill()
    {
        bool first = _offset == 0 && _end == 0;
        bool nothingConsumed = _start == 0;
        DropConsumed();
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, _buffer.Length * 2L));

        int enough = nothingConsumed ? (int)Math.Min(_buffer.Length, _end * 2L) : _end;
        do
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            IsFinal = read == 0;
        }
        while (!IsFinal && _end < enough);
        if (first)
            SkipByteOrderMark();
    }

    /// <summary>The line and column (UTF-16 characters), both from 1, of an offset that is still in the window.</summary>
    public (long Line, long Column) Locate(long position)
    {
        ReadOnlySpan<byte> before = _buffer.AsSpan(0, (int)Math.Clamp(position - _offset, 0, _end));
        int lastBreak = before.LastIndexOf((byte)'\n');
        return lastBreak < 0
            ? (_line, _lineCharacters + Encoding.UTF8.GetCharCount(before) + 1)
            : (_line + before.Count((byte)'\n'), Encoding.UTF8.GetCharCount(before[(lastBreak + 1)..]) + 1);
    }

    /// <summary>The offset of a byte that is given by its line (from 0) and its place in that line, as Utf8JsonReader's errors give it.</summary>
    public long PositionOf(long line, long byteInLine)
    {
        long position = _lineOffset;
        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, _end);
        for (long current = _line - 1; current < line; current++)
        {
            int lineBreak = rest.IndexOf((byte)'\n');
            if (lineBreak < 0)
                break;
            rest = rest[(lineBreak + 1)..];
            position = _offset + _end - rest.Length;
        }
        return position + byteInLine;
    }

    public void Dispose() => stream.Dispose();

    private void DropConsumed()
    {
        if (_start == 0)
            return;

        ReadOnlySpan<byte> consumed = _buffer.AsSpan(0, _start);
        int lastBreak = consumed.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            _line += consumed.Count((byte)'\n');
            _lineOffset = _offset + lastBreak + 1;
            _lineCharacters = 0;
            consumed = consumed[(lastBreak + 1)..];
        }
        _lineCharacters += Encoding.UTF8.GetCharCount(consumed);

        Unread.CopyTo(_buffer);
        _offset += _start;
        _end -= _start;
        _start = 0;
    }

    private void SkipByteOrderMark()
    {
        while (_end < 3 && !IsFinal)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            IsFinal = read == 0;
        }
        if (!Unread.StartsWith("\uFEFF"u8))
            return;

        Unread[3..].CopyTo(_buffer);
        _end -= 3;
        _offset = 3;
        _lineOffset = 3;
    }
}

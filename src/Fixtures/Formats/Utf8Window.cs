using System.Buffers;
using System.Text;

namespace Fixtures.Formats;

/// <summary>
/// A window that slides over a stream of UTF-8. It holds what is not consumed yet, grows when one record needs more, and knows on which line it begins.
/// 64 KiB: larger windows, memory maps and pipes gained nothing when measured.
/// </summary>
internal sealed class Utf8Window(Stream stream) : IDisposable
{
    private const int InitialByteCount = 64 * 1024;
    private const int ByteOrderMarkLength = 3;

    // Looks whether bytes are valid, and counts their characters on the way.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Borrowed: new and cleared for each, it is a twentieth of a load of 50 records. One that has grown is not given back.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialByteCount);
    private int _start;
    private int _end;
    private int _validated;
    private int _characters;
    private bool _hasByteOrderMark;

    // The stream's offset of _buffer[0], the place there, and the place that was asked for last: each record's start, in order.
    private long _offset;
    private Place _front = new(0, 1, 0);
    private Place _last = new(0, 1, 0);

    /// <summary>Whether all that was read so far is valid UTF-8. Looked at once for each read: it costs a tenth of looking at each text.</summary>
    public bool IsValid { get; private set; } = true;

    /// <summary>Whether the stream has ended: <see cref="Unread"/> is all there is.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The offset in the stream of the first unread byte.</summary>
    public long Position => _offset + _start;

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether nothing was consumed but a byte order mark.</summary>
    public bool IsAfterByteOrderMark => _hasByteOrderMark && Position == ByteOrderMarkLength;

    /// <summary>What is unread, without a character at the end that goes on beyond it.</summary>
    public ReadOnlySpan<byte> UnreadCharacters => _buffer.AsSpan(_start, _validated - _start);

    /// <summary>The position of the first byte that is still held.</summary>
    public long HeldPosition => _offset;

    /// <summary>The bytes from a position up to the first unread one; empty if they are not held any more.</summary>
    public ReadOnlySpan<byte> ReadSince(long position) => position < _offset ? [] : _buffer.AsSpan((int)(position - _offset), (int)(Position - position));

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
        Validate();
    }

    /// <summary>The line and column (UTF-16 characters), both from 1, of an offset that is still in the window. Asked in order, each byte is looked at once.</summary>
    public (long Line, long Column) Locate(long position)
    {
        position = Math.Clamp(position, _offset, _offset + _end);
        _last = Move(position < _last.Position ? _front : _last, position);
        return (_last.Line, _last.Characters + 1);
    }

    /// <summary>The offset of a byte that stands some lines after the first unread one, so many bytes from that line's start, or from the first unread byte.</summary>
    public long PositionAfter(long lines, long byteInLine)
    {
        ReadOnlySpan<byte> rest = Unread;
        for (; lines > 0; lines--)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        return _offset + _end - rest.Length + byteInLine;
    }

    /// <summary>Nothing is to be asked of it after that.</summary>
    public void Dispose()
    {
        stream.Dispose();
        if (_buffer.Length == InitialByteCount)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void DropConsumed()
    {
        if (_start == 0)
            return;

        int unreadCharacters = CountCharacters(UnreadCharacters);
        _front = IsValid && _buffer.AsSpan(0, _start).IndexOf((byte)'\n') < 0
            ? _front with { Position = Position, Characters = _front.Characters + _characters - unreadCharacters }
            : Move(_last.Position <= Position ? _last : _front, Position);
        if (_last.Position < Position)
            _last = _front;
        Unread.CopyTo(_buffer);
        _characters = unreadCharacters;
        _offset += _start;
        _end -= _start;
        _validated -= _start;
        _start = 0;
    }

    private void SkipByteOrderMark()
    {
        while (_end < ByteOrderMarkLength && !IsFinal)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            IsFinal = read == 0;
        }
        if (!Unread.StartsWith("\uFEFF"u8))
            return;

        _hasByteOrderMark = true;
        Unread[ByteOrderMarkLength..].CopyTo(_buffer);
        _end -= ByteOrderMarkLength;
        _offset = ByteOrderMarkLength;
        _front = _last = new Place(ByteOrderMarkLength, 1, 0);
    }

    private void Validate()
    {
        ReadOnlySpan<byte> fresh = _buffer.AsSpan(_validated, _end - _validated);
        if (!IsFinal)
            fresh = fresh[..^CutSequenceLength(fresh)];
        try
        {
            if (IsValid)
                _characters += Strict.GetCharCount(fresh);
        }
        catch (DecoderFallbackException)
        {
            IsValid = false;
        }
        _validated += fresh.Length;
    }

    /// <summary>How many bytes at the end are the beginning of a character that may go on.</summary>
    private static int CutSequenceLength(ReadOnlySpan<byte> bytes)
    {
        const int LongestBeginning = 3;
        for (int length = 1; length <= Math.Min(LongestBeginning, bytes.Length); length++)
        {
            byte code = bytes[^length];
            if ((code & 0xC0) == 0xC0)
                return length;
            if (code < 0x80)
                return 0;
        }
        return 0;
    }

    private Place Move(Place known, long position)
    {
        ReadOnlySpan<byte> between = _buffer.AsSpan((int)(known.Position - _offset), (int)(position - known.Position));
        int lastBreak = between.LastIndexOf((byte)'\n');
        return lastBreak < 0
            ? known with { Position = position, Characters = known.Characters + CountCharacters(between) }
            : new Place(
                position,
                known.Line + between.Count((byte)'\n'),
                CountCharacters(between[(lastBreak + 1)..]));
    }

    private int CountCharacters(ReadOnlySpan<byte> bytes) => IsValid ? Utf8Characters.Count(bytes) : Encoding.UTF8.GetCharCount(bytes);

    /// <param name="Position">An offset in the stream.</param>
    /// <param name="Line">Its line, known 1.</param>
    /// <param name="Characters">How many characters of that line stand before it.</param>
    private readonly record struct Place(long Position, long Line, long Characters);
}

using System.Buffers;
using System.Text.Unicode;

namespace Fixtures.Formats;

/// <summary>
/// UTF-8 as characters, with or without a byte order mark. Bytes that are no UTF-8 and control characters that no text holds are refused
/// where they stand: a decoder with an exception fallback knows only the place in its own buffer, and the YAML scanner takes U+0000 for the end.
/// </summary>
internal sealed class Utf8Text(Stream stream, Func<string, long, long, FixtureException> refuse) : TextReader
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Where(control => control is not ('\t' or '\n' or '\r'))]);

    private readonly byte[] _bytes = new byte[32 * 1024];
    private readonly char[] _characters = new char[32 * 1024];
    private int _byteCount;
    private int _next;
    private int _end;
    private long _line = 1;
    private long _column = 1;
    private bool _started;

    public override int Peek() => _next < _end || Fill() ? _characters[_next] : -1;

    public override int Read() => _next < _end || Fill() ? _characters[_next++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        if (_next == _end && !Fill())
            return 0;
        int copied = Math.Min(count, _end - _next);
        _characters.AsSpan(_next, copied).CopyTo(buffer.AsSpan(index));
        _next += copied;
        return copied;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        Pass(_characters.AsSpan(0, _end));
        _next = _end = 0;
        while (_end == 0)
        {
            int read = stream.Read(_bytes, _byteCount, _bytes.Length - _byteCount);
            _byteCount += read;
            if (_byteCount == 0)
                return false;
            Decode(last: read == 0);
        }
        return true;
    }

    private void Decode(bool last)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, _byteCount);
        if (!_started && bytes.Length < 3 && !last)
            return;
        int mark = !_started && bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        _started = true;
        OperationStatus status = Utf8.ToUtf16(bytes[mark..], _characters, out int taken, out _end, replaceInvalidSequences: false, isFinalBlock: last);
        taken += mark;
        int control = _characters.AsSpan(0, _end).IndexOfAny(Controls);
        if (control >= 0)
            throw Refuse(control, $"The text holds the control character U+{(int)_characters[control]:X4}, which no fixture may. Remove it, or write it as an escape in double quotes.");
        if (status == OperationStatus.InvalidData)
            throw Refuse(_end, $"The byte 0x{bytes[taken]:X2} is not UTF-8. Save the fixture as UTF-8.");
        bytes[taken..].CopyTo(_bytes);
        _byteCount -= taken;
    }

    private FixtureException Refuse(int index, string message)
    {
        Pass(_characters.AsSpan(0, index));
        return refuse(message, _line, _column);
    }

    private void Pass(ReadOnlySpan<char> characters)
    {
        int lastBreak = characters.LastIndexOf('\n');
        _line += characters.Count('\n');
        _column = lastBreak < 0 ? _column + characters.Length : characters.Length - lastBreak;
    }
}

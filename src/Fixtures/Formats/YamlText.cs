using System.Buffers;

namespace Fixtures.Formats;

/// <summary>
/// The characters of a YAML stream, with the lines of double-quoted scalars indented where they are not. YAML 1.1, PyYAML and so Django do not ask for it,
/// YAML 1.2 and our parser do: a dump that was indented by hand afterwards (real fixtures are) would be refused. White space at the start of such a line
/// is no part of the scalar. No other line is touched, nor one that stands deep enough, so that a text that the parser takes passes through as it is.
/// </summary>
internal sealed class YamlText(TextReader inner, int length = int.MaxValue) : TextReader
{
    private const int UsualLength = 8 * 1024;

    private readonly YamlLexer _lexer = new();
    private readonly char[] _in = new char[Math.Min(length, UsualLength)];
    private readonly ArrayBufferWriter<char> _out = new(2 * Math.Min(length, UsualLength));
    private int _next;

    public override int Peek() => Fill() ? _out.WrittenSpan[_next] : -1;

    public override int Read() => Fill() ? _out.WrittenSpan[_next++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        if (!Fill())
            return 0;
        int copied = Math.Min(count, _out.WrittenCount - _next);
        _out.WrittenSpan.Slice(_next, copied).CopyTo(buffer.AsSpan(index));
        _next += copied;
        return copied;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (_next < _out.WrittenCount)
            return true;
        _next = 0;
        _out.ResetWrittenCount();
        int read = inner.Read(_in, 0, _in.Length);
        ReadOnlySpan<char> text = _in.AsSpan(0, read);
        int written = 0;
        for (int next = 0; next < read;)
        {
            next += _lexer.Pass(text[next..], out int missingIndentation);
            if (missingIndentation > 0)
            {
                _out.Write(text[written..next]);
                _out.Write(new string(' ', missingIndentation));
                written = next;
            }
        }
        _out.Write(text[written..]);
        return read > 0;
    }
}

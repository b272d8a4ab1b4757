using System.Buffers;
using System.Text;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from YAML in UTF-8. Records that have the layout of one before are read from the bytes; the others are parsed in parts. A part ends before a line
/// that begins with <c>- </c> at the margin: if it is complete by itself, the list goes on there, whatever it holds. If it is not, all the rest is parsed as one text.
/// </summary>
internal sealed class YamlFixtureReader(Stream stream, string path) : FixtureReader(path)
{
    // As many as are read before layouts are remembered. Smaller fixtures are one text.
    private const int RecordsOfFirstPart = 50;

    // A part is held whole.
    private const int MostBytesOfPart = 1024 * 1024;

    // What no text holds, and the carriage return: a line to the parser, none to the window.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code).Except("\t\n"u8.ToArray())]);

    // So are these.
    private static readonly SearchValues<string> OtherLineBreaks = SearchValues.Create(["\u0085", "\u2028", "\u2029"], StringComparison.Ordinal);

    private readonly Utf8Window _window = new(stream);
    private readonly RecordLayouts _layouts = new(YamlLayout.Of);
    private int _number;
    private bool _ended;

    /// <summary>Whether the record was read by its layout: positions are the window's.</summary>
    private bool _hasLayout;

    /// <summary>What is being parsed; null between two parts.</summary>
    private YamlRecords? _records;

    /// <summary>How many of the window's bytes the part has that is being parsed; 0 if it is all the rest.</summary>
    private int _partLength;

    /// <summary>How many records stand before what is being parsed.</summary>
    private int _numberBefore;

    public override bool Read(Record record)
    {
        while (!_ended)
        {
            if (_records is null)
            {
                if (TryRepeat(record))
                    return true;
                Begin();
            }
            if (_partLength > 0 ? TryReadOfPart(record) : _records!.TryRead(record))
            {
                _number++;
                RequireStructure(record);
                return true;
            }
            _ended = _records is not null;
        }
        return false;
    }

    public override (long Line, long Column) Locate(long position) => _hasLayout ? _window.Locate(position) : TextPosition.Unpack(position);

    public override void Dispose() => _window.Dispose();

    private bool TryRepeat(Record record)
    {
        int held;
        do
        {
            held = _window.Unread.Length;
            int length = _window.IsValid ? _layouts.TryRead(_window.Unread, _window.Position, record, this, _number + 1) : 0;
            if (length == 0)
                continue;
            _number++;
            _window.Advance(length);
            return _hasLayout = true;
        }
        // One that was cut by the window's end.
        while (LengthOf(records: 1) > 0 && _window.Unread.Length > held);
        return false;
    }

    /// <summary>Begins to parse where the window stands.</summary>
    private void Begin()
    {
        _hasLayout = false;
        _numberBefore = _number;
        _partLength = _number == 0 ? LengthOf(RecordsOfFirstPart) : _layouts.Takes(_number + 1) ? LengthOf(records: 1) : 0;
        string part = _window.IsValid && !_window.Unread[.._partLength].ContainsAny(Controls) ? Encoding.UTF8.GetString(_window.Unread[.._partLength]) : "";
        if (part.Length > 0 && !part.AsSpan().ContainsAny(OtherLineBreaks))
            _records = Parse(new StringReader(part), part.Length);
        else
            BeginRest();
    }

    private void BeginRest()
    {
        long linesBefore = LinesBefore;
        _partLength = 0;
        _records = Parse(new Utf8Text(new WindowStream(_window), (message, line, column) => Malformed(message, line + linesBefore, column)), int.MaxValue);
    }

    private YamlRecords Parse(TextReader text, int length) =>
        new(new YamlText(text, length), this, LinesBefore, _numberBefore, (message, line, column, cause) => Malformed(message, line, column, cause));

    /// <summary>How many lines stand before the window's first unread byte, which begins one.</summary>
    private long LinesBefore => _window.Locate(_window.Position).Line - 1;

    private bool TryReadOfPart(Record record)
    {
        try
        {
            bool isRecord = _records!.TryRead(record);
            if (isRecord)
            {
                RequireStructure(record);
                // Only of a part that is one record the place of that is known.
                if (_numberBefore > 0)
                    _layouts.Add(_window.Unread[.._partLength], _window.Position, record);
            }
            if (_records.IsSelfContained)
            {
                if (isRecord)
                    return true;
                _window.Advance(_partLength);
                _records = null;
                return false;
            }
        }
        // Whether it is wrong, and where, is for who reads all.
        catch (FixtureException)
        {
        }
        BeginRest();
        for (int i = _numberBefore; i < _number; i++)
            _records!.TryRead(record);
        return _records!.TryRead(record);
    }

    /// <summary>Fills the window until it holds some records and the beginning of the next one, as far as lines that begin with <c>- </c> tell.</summary>
    /// <returns>How many bytes these records take; 0 if there are fewer or they take too many.</returns>
    private int LengthOf(int records)
    {
        int length = 0;
        while (records > 0)
        {
            int end = _window.Unread[length..].IndexOf("\n- "u8);
            if (end >= 0)
            {
                length += end + 1;
                records--;
                continue;
            }
            if (_window.IsFinal || _window.Unread.Length > MostBytesOfPart)
                return 0;
            _window.Fill();
        }
        return length;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from XML: <c>object</c> elements at any depth below any root, with their <c>field</c> elements. One record in memory.
/// Text loses the white space at its ends, as it does in Django: indented fixtures rely on that. Objects that have the layout of one before are read from the bytes.
/// </summary>
internal sealed partial class XmlFixtureReader : FixtureReader
{
    // A larger record would be held whole to find out whether it has a layout.
    private const int MostBytesOfLayout = 1024 * 1024;

    private const int EndOfName = 7; // object>, behind the place of an end

    private readonly Utf8Window _window;
    private readonly XmlFeed _feed;
    private readonly XmlReader _xml;
    private readonly XmlPlaces _places;
    private readonly XmlElements _elements;
    private readonly XmlFieldReader _fields;
    private readonly RecordLayouts _layouts = new(XmlLayout.Of);
    private int _number;

    /// <summary>Whether the fixture says that it is in another encoding than UTF-8.</summary>
    private bool _isOtherEncoding;

    /// <summary>Whether the parser has read everything up to the window's first unread byte and nothing else, but for records that had a layout.</summary>
    private bool _isBetweenObjects;

    /// <summary>Whether the record was read by its layout: positions are the window's.</summary>
    private bool _hasLayout;

    public XmlFixtureReader(Stream stream, string path)
        : base(path)
    {
        var names = new NameTable();
        _window = new Utf8Window(stream);
        _feed = new XmlFeed(_window);
        _xml = XmlReader.Create(_feed, new XmlReaderSettings
        {
            NameTable = names,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        _places = new XmlPlaces((IXmlLineInfo)_xml);
        _elements = new XmlElements(_xml, names, _places, (message, line, column) => Malformed(message, line, column));
        _fields = new XmlFieldReader(_xml, _elements);
    }

    public override bool Read(Record record)
    {
        try
        {
            return TryRepeat(record) || TryParse(record);
        }
        catch (XmlException) when (_feed.IsEmpty)
        {
            // A file of no bytes is a fixture without records, as it is for Django.
            return false;
        }
        catch (XmlException exception) when (exception.LineNumber == 0)
        {
            // Without a place are a document type, an encoding that the first line only claims, and a root that is missing.
            throw IsDoctype(exception) ? Doctype(exception) : Malformed(MessageOf(exception), 1, 1, exception);
        }
        catch (XmlException exception)
        {
            (long line, long column) = _places.Of(exception.LineNumber, exception.LinePosition);
            throw Malformed(MessageOf(exception), line, column, exception);
        }
    }

    public override (long Line, long Column) Locate(long position) => _hasLayout ? _window.Locate(position) : TextPosition.Unpack(position);

    public override void Dispose()
    {
        _xml.Dispose();
        _window.Dispose();
    }

    /// <summary>Reads a record that has the layout of one before. The parser stays where it is, at the end of an object, and goes on behind this one as if it were not there.</summary>
    private bool TryRepeat(Record record)
    {
        while (_isBetweenObjects && _window.IsValid)
        {
            int length = _layouts.TryRead(_window.Unread, _window.Position, record, this, _number + 1);
            if (length > 0)
            {
                _number++;
                _window.Advance(length);
                _hasLayout = true;
                return true;
            }
            if (_window.IsFinal || _window.Unread.Length > MostBytesOfLayout || _window.Unread.IndexOf(XmlFeed.EndOfObject) >= 0)
                break;
            _window.Fill();
        }
        return false;
    }

    private bool TryParse(Record record)
    {
        if (_hasLayout)
            _places.Move(EndOfName, _window.Locate(_window.Position));
        _hasLayout = false;
        long start = _isBetweenObjects ? _window.Position : long.MaxValue;
        _isBetweenObjects = false;
        _feed.StopsAtObjects = !_isOtherEncoding && _layouts.Takes(_number + 1);
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.XmlDeclaration)
                _isOtherEncoding = _xml.GetAttribute("encoding") is string encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
            if (!_elements.IsStart || !_elements.Is(_elements.Object))
                continue;
            ReadWholeObject(record);
            if (_feed.StopsAtObjects)
            {
                _isBetweenObjects = IsBetweenObjects();
                if (_isBetweenObjects && start <= _window.Position)
                    _layouts.Add(_window.ReadSince(start), start, record);
            }
            return true;
        }
        return false;
    }

    /// <summary>
    /// Whether the parser has taken no byte behind the object that it stands at the end of, as it does where a read ends there. That the places agree also shows
    /// that lines are counted alike: the parser takes a single carriage return for the end of one. Only the root may be open, as its place is known whatever is left out.
    /// </summary>
    private bool IsBetweenObjects()
    {
        if (!_window.IsValid || _xml.NodeType != XmlNodeType.EndElement || _xml.Depth != 1)
            return false;
        (long line, long column) = _places.Here;
        return (line, column + EndOfName) == _window.Locate(_window.Position);
    }

    /// <exception cref="RecordException">It is malformed. The parser stands at its end: elements of its fields are no records.</exception>
    private void ReadWholeObject(Record record)
    {
        int depth = _xml.Depth;
        try
        {
            ReadObject(record);
        }
        catch (FixtureException malformed)
        {
            if (TrySkipObject(depth))
                throw new RecordException(malformed);
            throw;
        }
    }

    private void ReadObject(Record record)
    {
        _number++;
        string model = _xml.GetAttribute("model")
            ?? throw _elements.Wrong($"<object> node is missing the required 'model' attribute (record {_number}). Write model=\"blog.post\" or the like.");
        long position = _elements.Position;
        record.Begin(this, _number, position);
        record.Model = Add(record, ValueKind.Text, model);
        if (_xml.GetAttribute("pk") is string key)
            record.Key = Add(record, ValueKind.Characters, key);
        record.Fields = record.Add(ValueKind.Map, position);
        if (!_xml.IsEmptyElement)
            ReadFields(record);
        record.Close(record.Fields);
        RequireStructure(record);
    }

    /// <returns>False if the object has no end.</returns>
    private bool TrySkipObject(int depth)
    {
        try
        {
            _xml.MoveToElement();
            while (_xml.Depth > depth || (_xml.NodeType == XmlNodeType.Element && !_xml.IsEmptyElement))
                _xml.Read();
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private void ReadFields(Record record)
    {
        int depth = _xml.Depth;
        while (_xml.Read() && (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth > depth))
        {
            if (!_elements.IsStart)
                continue;
            if (_elements.Is(_elements.Field))
                _fields.Read(record);
            else if (_elements.Is(_elements.Object))
                throw _elements.Wrong($"An <object> stands inside the <object> of record {_number}, but not inside a <field>. End the outer one before it.");
            else
                record.Members?.Add((_xml.Name, _elements.Position));
        }
    }

    private int Add(Record record, ValueKind kind, string attribute)
    {
        (int start, int length) = record.Append(attribute);
        return record.AddSlice(kind, start, length, _elements.Position);
    }

    /// <summary>The parser tells no place of what it refuses on principle. It has read on by now, but not far.</summary>
    private FixtureException Doctype(XmlException exception)
    {
        int start = _window.ReadSince(_window.HeldPosition).LastIndexOf("<!DOCTYPE"u8);
        (long Line, long Column)? place = start < 0 ? null : _window.Locate(_window.HeldPosition + start);
        return Malformed("A document type declaration has no place in a fixture. Remove the <!DOCTYPE>.", place?.Line, place?.Column, exception);
    }

    /// <summary>The parser tells this apart by its words only, which would send the reader of a fixture to XmlReaderSettings.</summary>
    private static bool IsDoctype(XmlException exception) => exception.Message.Contains("DtdProcessing", StringComparison.Ordinal);

    /// <summary>The parser's message without its place, which stands before ours, and with the place of a start tag put right.</summary>
    private string MessageOf(XmlException exception)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $" Line {exception.LineNumber}, position {exception.LinePosition}.");
        string message = exception.Message;
        if (message.EndsWith(place, StringComparison.Ordinal))
            message = message[..^place.Length];
        return StartTag().Replace(message, match =>
        {
            (long line, long column) = _places.Of(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"start tag on line {line} position {column}");
        });
    }

    [GeneratedRegex(@"start tag on line (\d+) position (\d+)")]
    private static partial Regex StartTag();
}

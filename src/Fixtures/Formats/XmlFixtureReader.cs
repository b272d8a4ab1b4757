using System.Globalization;
using System.Xml;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from XML: <c>object</c> elements at any depth below any root, with their <c>field</c> elements. One record in memory.
/// Text loses the white space at its ends, as it does in Django: indented fixtures rely on that.
/// </summary>
internal sealed class XmlFixtureReader : FixtureReader
{
    private readonly WatchedStream _stream;
    private readonly XmlReader _xml;
    private readonly XmlElements _elements;
    private readonly XmlFieldReader _fields;
    private int _number;

    public XmlFixtureReader(Stream stream, string path)
        : base(path)
    {
        var names = new NameTable();
        _stream = new WatchedStream(stream);
        _xml = XmlReader.Create(_stream, new XmlReaderSettings
        {
            NameTable = names,
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        _elements = new XmlElements(_xml, names, (message, line, column) => Malformed(message, line, column));
        _fields = new XmlFieldReader(_xml, _elements);
    }

    public override bool Read(Record record)
    {
        try
        {
            while (_xml.Read())
            {
                if (_elements.IsStart && _elements.Is(_elements.Object))
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
                    return true;
                }
            }
            return false;
        }
        catch (XmlException) when (_stream.IsEmpty)
        {
            // A file of no bytes is a fixture without records, as it is for Django.
            return false;
        }
        catch (XmlException exception) when (exception.LineNumber == 0)
        {
            throw Malformed(IsDoctype(exception) ? "A document type declaration has no place in a fixture. Remove the <!DOCTYPE>." : MessageOf(exception), null, null, exception);
        }
        catch (XmlException exception)
        {
            throw Malformed(MessageOf(exception), exception.LineNumber, exception.LinePosition, exception);
        }
    }

    public override (long Line, long Column) Locate(long position) => TextPosition.Unpack(position);

    public override void Dispose() => _xml.Dispose();

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

    /// <summary>Reads to the end of an object: elements of its fields are no records.</summary>
    /// <returns>False if it has no end.</returns>
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
        }
    }

    private int Add(Record record, ValueKind kind, string attribute)
    {
        (int start, int length) = record.Append(attribute);
        return record.AddSlice(kind, start, length, _elements.Position);
    }

    /// <summary>The parser tells this apart by its words only, which would send the reader of a fixture to XmlReaderSettings.</summary>
    private static bool IsDoctype(XmlException exception) => exception.Message.Contains("DtdProcessing", StringComparison.Ordinal);

    /// <summary>The parser's message without the place, which stands before ours.</summary>
    private static string MessageOf(XmlException exception)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $" Line {exception.LineNumber}, position {exception.LinePosition}.");
        string message = exception.Message;
        return message.EndsWith(place, StringComparison.Ordinal) ? message[..^place.Length] : message;
    }
}

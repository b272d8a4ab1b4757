using System.Xml;

namespace Fixtures.Formats;

/// <summary>
/// Reads one <c>field</c> element. Its content says what it is: <c>None</c> is null, <c>natural</c> elements are a natural key, <c>object</c> elements
/// a list of references, and everything else is text. With a <c>type</c> and no <c>rel</c>, as Django writes plain fields, only <c>None</c> is more than text.
/// </summary>
internal sealed class XmlFieldReader(XmlReader xml, XmlElements elements)
{
    /// <summary>More than a surrogate pair, which the parser does not split.</summary>
    private const int MinChunk = 16;

    /// <summary>SQLite stores fewer bytes than that in a row, and an array of twice as many characters is the last one there can be.</summary>
    private const int MaxTextLength = 1 << 30;

    private char[] _text = new char[1024];
    private int _textLength;

    /// <summary>Adds the field to the record. The parser stands at the start of the element, and afterwards at its end.</summary>
    public void Read(Record record)
    {
        long position = elements.Position;
        var (name, relation, hasType) = ReadAttributes(record);
        bool isMany = relation == "ManyToManyRel";
        bool isText = relation is null && hasType;
        (int nameStart, int nameLength) = record.Append(name);
        _textLength = 0;
        int list = -1;
        bool isNull = false;
        for (int depth = Enter(); MoveInside(depth);)
        {
            if (!elements.IsStart)
                AppendText();
            else if (elements.Is(elements.None))
                isNull = true;
            else if (elements.Is(elements.Field))
                throw elements.Wrong($"A <field> stands inside the field '{name}' of record {record.Number}. End the outer one before it.");
            else if (elements.Is(elements.Natural) || (!isText && elements.Is(elements.Object)))
            {
                bool isReference = elements.Is(elements.Object);
                if (relation is not null && isReference != isMany)
                    throw elements.Wrong($"The field '{name}' of record {record.Number} is rel=\"{relation}\", which takes {(isMany ? "<object>" : "<natural>")} elements, not <{xml.Name}>.");
                if (list < 0)
                    list = record.Add(ValueKind.List, position, nameStart, nameLength);
                if (isReference)
                    AddReference(record, name);
                else
                    AddNatural(record);
            }
        }
        ReadOnlySpan<char> text = _text.AsSpan(0, _textLength).Trim();
        if (list < 0 && isNull)
            record.Add(ValueKind.Null, position, nameStart, nameLength);
        else if (list < 0 && !isMany)
            AddText(record, text, position, nameStart, nameLength);
        else if (!text.IsEmpty || isNull)
            throw elements.Wrong($"The field '{name}' of record {record.Number} holds {(isNull ? "<None>" : $"the text '{Shown(text)}'")}, but it is a list of elements. Remove one of the two.");
        else if (list < 0)
            record.Add(ValueKind.List, position, nameStart, nameLength);
        else
            record.Close(list);
    }

    private (string Name, string? Relation, bool HasType) ReadAttributes(Record record)
    {
        string? name = null;
        string? relation = null;
        bool hasType = false;
        // One walk over the attributes costs as much as a single GetAttribute, which hashes the name that it is asked for.
        for (bool more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (elements.Is(elements.Name))
                name = xml.Value;
            else if (elements.Is(elements.Type))
                hasType = true;
            else if (elements.Is(elements.Relation))
                relation = xml.Value;
        }
        xml.MoveToElement();
        if (name is null)
            throw elements.Wrong($"<field> node is missing the 'name' attribute (record {record.Number}). Write name=\"title\" or the like.");
        return (name, relation, hasType);
    }

    private void AddReference(Record record, string field)
    {
        long position = elements.Position;
        string? key = xml.GetAttribute("pk");
        int textStart = _textLength;
        int list = -1;
        for (int depth = Enter(); MoveInside(depth);)
        {
            if (!elements.IsStart || !elements.Is(elements.Natural))
                continue;
            if (list < 0)
                list = record.Add(ValueKind.List, position);
            AddNatural(record);
        }
        _textLength = textStart;
        if (list >= 0)
            record.Close(list);
        else
            AddText(record, key ?? throw elements.Wrong($"An <object> in the field '{field}' of record {record.Number} has neither a 'pk' attribute nor <natural> elements."), position);
    }

    private void AddNatural(Record record)
    {
        long position = elements.Position;
        int textStart = _textLength;
        bool isNull = false;
        for (int depth = Enter(); MoveInside(depth);)
        {
            if (!elements.IsStart)
                AppendText();
            else if (elements.Is(elements.None))
                isNull = true;
        }
        if (isNull)
            record.Add(ValueKind.Null, position);
        else
            AddText(record, _text.AsSpan(textStart, _textLength - textStart).Trim(), position);
        _textLength = textStart;
    }

    /// <returns>The depth of the current element; one that no node is below, where the element is empty.</returns>
    private int Enter() => xml.IsEmptyElement ? int.MaxValue : xml.Depth;

    private bool MoveInside(int depth) => depth != int.MaxValue && xml.Read() && (xml.NodeType != XmlNodeType.EndElement || xml.Depth > depth);

    private void AppendText()
    {
        if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
            return;
        int room;
        int read;
        do
        {
            if (_text.Length - _textLength < MinChunk && _text.Length == MaxTextLength)
                throw elements.Wrong($"A text is longer than {MaxTextLength} characters. Is the end of its element missing?");
            if (_text.Length - _textLength < MinChunk)
                Array.Resize(ref _text, _text.Length * 2);
            room = _text.Length - _textLength;
            read = xml.ReadValueChunk(_text, _textLength, room);
            _textLength += read;
        }
        // A chunk that more follows lacks at most the one place that a surrogate pair did not fit into. To ask each short text for its end too costs 4 %.
        while (read >= room - 1);
    }

    private static void AddText(Record record, ReadOnlySpan<char> text, long position, int nameStart = 0, int nameLength = 0)
    {
        (int start, int length) = record.Append(text);
        record.AddSlice(ValueKind.Characters, start, length, position, nameStart, nameLength);
    }

    private static string Shown(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}...";
}

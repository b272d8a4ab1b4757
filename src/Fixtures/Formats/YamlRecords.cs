using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using TagDirective = YamlDotNet.Core.Tokens.TagDirective;

namespace Fixtures.Formats;

/// <summary>
/// Reads the records of a YAML text: one document, a list of <c>{model, pk, fields}</c>. One record in memory, and what anchors name.
/// Only null is told by the text of a plain scalar; what else <c>no</c>, <c>012</c> or <c>1e3</c> are is the column's to say.
/// </summary>
internal sealed class YamlRecords
{
    private const string TagPrefix = "tag:yaml.org,2002:";
    private const int RecordDepth = 2;

    private readonly FixtureReader _source;
    private readonly Func<string, long, long, Exception?, FixtureException> _refuse;
    private readonly long _linesBefore;
    private readonly YamlEvents _events;
    private readonly List<string> _names = [];
    private int _number;
    private bool _begun;
    private bool _isPlainList;

    /// <param name="text">The text.</param>
    /// <param name="source">The reader of the fixture that the text is a part of.</param>
    /// <param name="linesBefore">How many lines of the fixture stand before the text.</param>
    /// <param name="number">How many records of the fixture stand before the text.</param>
    /// <param name="refuse">Makes an error of what is wrong at a line and column of the fixture.</param>
    public YamlRecords(TextReader text, FixtureReader source, long linesBefore, int number, Func<string, long, long, Exception?, FixtureException> refuse)
    {
        _source = source;
        _linesBefore = linesBefore;
        _number = number;
        _refuse = refuse;
        _events = new YamlEvents(text, (message, position, cause) => Refuse(message, position, cause));
    }

    /// <summary>Whether the text is a list of lines that begin with <c>- </c>, and nothing in it has a meaning for what follows it.</summary>
    public bool IsSelfContained => _isPlainList && !_events.HasAnchors;

    /// <summary>Replaces the record by the next one; false behind the last one, where the text has ended.</summary>
    public bool TryRead(Record record)
    {
        if (!_begun)
            Begin();
        _events.BeginRecord();
        _names.Clear();
        ParsingEvent item = _events.Next();
        if (item is SequenceEnd)
        {
            End();
            return false;
        }
        _number++;
        if (item is not MappingStart mapping)
        {
            FixtureException malformed = Wrong($"Record {_number} is {Describe(item)}, but a record is a mapping with 'model' and 'fields'.", item);
            throw item is Scalar ? new RecordException(malformed) : malformed;
        }
        CheckTag(mapping, "map");
        record.Begin(_source, _number, Position(_events.Here));
        ReadMembers(record, isRecord: true, taken: null, RecordDepth);
        return true;
    }

    private void Begin()
    {
        _begun = true;
        _events.Next();
        ParsingEvent next = _events.Next();
        ParsingEvent root = next is DocumentStart ? _events.Next() : next;
        if (root is StreamEnd || (root is Scalar scalar && KindOf(scalar) == ValueKind.Null))
            throw Wrong("The fixture is empty. Write '[]' for a fixture without records.", root);
        if (root is not SequenceStart list)
            throw Wrong($"The fixture is {Describe(root)}, but a fixture is a list of records. Begin each record with '- '.", root);
        CheckTag(list, "seq");
        _isPlainList = next is DocumentStart { Version: null } start && (start.Tags ?? []).All(IsUsual) && list is { Style: SequenceStyle.Block, Start.Column: 1 };
    }

    private static bool IsUsual(TagDirective tag) => (tag.Handle, tag.Prefix) is ("!", "!") or ("!!", TagPrefix);

    private void End()
    {
        // After an explicit end no list goes on.
        _isPlainList &= _events.Next() is DocumentEnd { IsImplicit: true };
        ParsingEvent next = _events.Next();
        if (next is not StreamEnd)
            throw Wrong("A second document begins here, but a fixture is one document. Put all records in one list.", next);
    }

    /// <summary>Reads the members of a mapping that has begun, up to its end.</summary>
    /// <param name="record">What they are added to.</param>
    /// <param name="isRecord">Whether the mapping is a record, of which only some members are kept.</param>
    /// <param name="taken">The names that members of this mapping do not replace, as it is merged into another one.</param>
    /// <param name="depth">How deep the mapping stands, the list of records being 1.</param>
    private void ReadMembers(Record record, bool isRecord, HashSet<string>? taken, int depth)
    {
        int firstName = _names.Count;
        List<YamlEvents.Slice>? merged = null;
        while (_events.Next() is var key and not MappingEnd)
        {
            string name = NameOf(key);
            if (IsMerge((Scalar)key))
                // Of two merge keys the later one counts, as of two keys of any name; within a list the earlier mapping does.
                (merged ??= []).InsertRange(0, _events.ReadMergeSources(depth));
            else if (taken is not null && taken.Contains(name))
                _events.Skip(depth);
            else
            {
                _names.Add(name);
                if (isRecord)
                {
                    record.Members?.Add((name, Position(key.Start)));
                    ReadRecordMember(record, name);
                }
                else
                    ReadNamed(record, name, key, depth);
            }
        }
        if (merged is not null || taken is not null)
            (taken ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(_names.Skip(firstName));
        _names.RemoveRange(firstName, _names.Count - firstName);
        foreach (YamlEvents.Slice source in merged ?? [])
        {
            _events.Replay(source);
            ParsingEvent start = _events.Next();
            // A chain of merges is as deep for this method as a nested mapping.
            _events.CheckDepth(depth + 1, start.Start);
            CheckTag((MappingStart)start, "map");
            ReadMembers(record, isRecord, taken, depth + 1);
        }
    }

    private void ReadRecordMember(Record record, string name)
    {
        switch (name)
        {
            case "model":
                ParsingEvent model = _events.Next();
                record.Model = model is Scalar scalar && KindOf(scalar) == ValueKind.Plain
                    ? AddText(record, scalar, ValueKind.Text, 0, 0)
                    : Add(record, model, 0, 0, RecordDepth + 1);
                break;
            case "pk":
                record.Key = Add(record, _events.Next(), 0, 0, RecordDepth + 1);
                break;
            case "fields":
                record.Fields = Add(record, _events.Next(), 0, 0, RecordDepth + 1);
                break;
            default:
                _events.Skip(RecordDepth);
                break;
        }
    }

    private void ReadNamed(Record record, string name, ParsingEvent key, int depth)
    {
        (int nameStart, int nameLength) = Append(record, name, key);
        int value = Add(record, _events.Next(), nameStart, nameLength, depth + 1);
        record.NamePositions?.Add(value, Position(key.Start));
    }

    /// <returns>The index of the value's node.</returns>
    private int Add(Record record, ParsingEvent value, int nameStart, int nameLength, int depth)
    {
        if (value is Scalar scalar)
            return AddScalar(record, scalar, nameStart, nameLength);
        _events.CheckDepth(depth, value.Start);
        bool isMap = value is MappingStart;
        CheckTag(value as NodeEvent ?? throw _events.MissingValue(value), isMap ? "map" : "seq");
        int node = record.Add(isMap ? ValueKind.Map : ValueKind.List, Position(value.Start), nameStart, nameLength);
        if (isMap)
            ReadMembers(record, isRecord: false, taken: null, depth);
        else
        {
            while (_events.Next() is var element and not SequenceEnd)
                Add(record, element, 0, 0, depth + 1);
        }
        record.Close(node);
        return node;
    }

    private int AddScalar(Record record, Scalar scalar, int nameStart, int nameLength)
    {
        ValueKind kind = KindOf(scalar);
        return kind switch
        {
            ValueKind.Null => record.Add(kind, Position(scalar.Start), nameStart, nameLength),
            ValueKind.Binary => AddBinary(record, scalar, nameStart, nameLength),
            _ => AddText(record, scalar, kind, nameStart, nameLength),
        };
    }

    private int AddText(Record record, Scalar scalar, ValueKind kind, int nameStart, int nameLength)
    {
        (int start, int length) = Append(record, scalar.Value, scalar);
        return record.AddSlice(kind, start, length, Position(scalar.Start), nameStart, nameLength);
    }

    private int AddBinary(Record record, Scalar scalar, int nameStart, int nameLength)
    {
        ReadOnlySpan<char> base64 = scalar.Value;
        if (!Base64.IsValid(base64))
            throw Wrong($"The {Describe(scalar)} is not base64, which '!!binary' takes.", scalar);
        Span<byte> room = record.Reserve(base64.Length);
        int length = 0;
        foreach (char digit in base64)
        {
            if (!char.IsWhiteSpace(digit))
                room[length++] = (byte)digit;
        }
        return record.AddSlice(ValueKind.Binary, record.Commit(length), length, Position(scalar.Start), nameStart, nameLength);
    }

    private (int Start, int Length) Append(Record record, string text, ParsingEvent source)
    {
        OperationStatus status = Utf8.FromUtf16(text, record.Reserve(text.AsSpan()), out _, out int length, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
            throw Wrong("A text holds half of a surrogate pair, which is no character. Write the character itself, or '\\U' and eight digits.", source);
        return (record.Commit(length), length);
    }

    private string NameOf(ParsingEvent key)
    {
        if (key is not Scalar scalar)
            throw Wrong($"A key in record {_number} is {Describe(key)}, but a key is text.", key);
        if (!scalar.Tag.IsEmpty && KindOf(scalar) == ValueKind.Binary)
            throw Wrong($"A key in record {_number} is '!!binary', but a key is text.", key);
        return scalar.Value;
    }

    private static bool IsMerge(Scalar key) => key.Value == "<<" && key.Style == ScalarStyle.Plain && key.Tag.IsEmpty;

    private ValueKind KindOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
            return scalar.Style != ScalarStyle.Plain ? ValueKind.Text : scalar.Value is "" or "~" or "null" or "Null" or "NULL" ? ValueKind.Null : ValueKind.Plain;
        return scalar.Tag.Value switch
        {
            "!" or TagPrefix + "str" => ValueKind.Text,
            TagPrefix + "int" or TagPrefix + "float" or TagPrefix + "bool" or TagPrefix + "timestamp" => ValueKind.Plain,
            TagPrefix + "null" => ValueKind.Null,
            TagPrefix + "binary" => ValueKind.Binary,
            _ => throw UnknownTag(scalar),
        };
    }

    private void CheckTag(NodeEvent collection, string expected)
    {
        if (!collection.Tag.IsEmpty && collection.Tag.Value != "!" && collection.Tag.Value != TagPrefix + expected)
            throw UnknownTag(collection);
    }

    private FixtureException UnknownTag(NodeEvent node)
    {
        string tag = node.Tag.Value;
        string shown = tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? "!!" + tag[TagPrefix.Length..] : tag;
        string what = node switch { Scalar => "text", MappingStart => "a mapping", _ => "a list" };
        return Wrong($"The tag '{shown}' cannot stand at {what} of a fixture. Leave it out; the column says what type a value has.", node);
    }

    private static string Describe(ParsingEvent value) => value switch
    {
        MappingStart => "a mapping",
        SequenceStart => "a list",
        Scalar { Value: "" } => "empty",
        Scalar { Value.Length: <= 40 } scalar => $"text '{scalar.Value}'",
        Scalar scalar => $"text '{scalar.Value.AsSpan(0, 40)}...'",
        _ => "nothing",
    };

    private long Position(Mark mark) => TextPosition.Pack(mark.Line + _linesBefore, mark.Column);

    private FixtureException Wrong(string message, ParsingEvent at) => Refuse(message, at.Start, null);

    private FixtureException Refuse(string message, Mark at, Exception? cause)
    {
        // The parser leaves some of its errors at the start of the text, whatever their place.
        bool hasNoPlace = cause is YamlException && at.Index == 0;
        return _refuse(message, hasNoPlace ? at.Line : at.Line + _linesBefore, at.Column, cause);
    }
}

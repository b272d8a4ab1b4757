using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>
/// The bytes of a YAML record around its values, such as <c>\n    title: </c>, where each value is a scalar on the line of its key. As in JSON (<see cref="JsonLayout"/>)
/// they are compared, and only the values are looked at. Whatever differs is left to YamlDotNet.
/// </summary>
internal sealed class YamlLayout : RecordLayout
{
    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private readonly byte[][] _segments;
    private readonly RecordTemplate _template;
    private readonly byte[] _model;

    /// <summary>How far the first field's name stands before its value.</summary>
    private readonly int _fieldsOffset;

    private YamlLayout(byte[][] segments, Record record, int fieldsOffset)
    {
        _segments = segments;
        _template = new RecordTemplate(record);
        _model = record.Value(record.Model).ToArray();
        _fieldsOffset = fieldsOffset;
    }

    /// <summary>What every record begins with that has a layout, so that its model needs no search.</summary>
    private static ReadOnlySpan<byte> Start => "- model: "u8;

    /// <summary>What a record ends with: the next one.</summary>
    private static ReadOnlySpan<byte> End => "\n- "u8;

    /// <summary>Takes the layout of a record that was parsed; null if a value of it is no scalar on the line of its name.</summary>
    public static RecordLayout? Of(ReadOnlySpan<byte> bytes, long origin, Record record)
    {
        const int RecordIndentation = 2;
        if (record.Model != 0 || record.Fields < 0 || !bytes.StartsWith(Start))
            return null;
        List<byte[]> segments = [];
        int end = 0;
        int fieldIndentation = -1;
        int fieldsOffset = 0;
        int node = 0;
        for (int line = 0; line < bytes.Length; node++)
        {
            int indentation = line == 0 ? RecordIndentation : bytes[line..].IndexOfAnyExcept((byte)' ');
            int name = line + indentation;
            int nameLength = indentation < RecordIndentation ? -1 : bytes[name..].IndexOfAnyExcept(NameCharacters);
            if (nameLength <= 0)
                return null;
            int value = name + nameLength + 2;
            if (node == record.Fields)
            {
                if (indentation != RecordIndentation || !bytes[(name + nameLength)..].StartsWith(":\n"u8))
                    return null;
                line = value;
                continue;
            }
            if (fieldIndentation < 0 && node == record.Fields + 1 && indentation > RecordIndentation)
            {
                fieldIndentation = indentation;
                fieldsOffset = nameLength + 2;
            }
            bool isField = node > record.Fields && node < record[record.Fields].End;
            int length = YamlValue.LengthOf(bytes[Math.Min(value, bytes.Length)..]);
            if (indentation != (isField ? fieldIndentation : RecordIndentation) || length < 0 || !bytes[(name + nameLength)..].StartsWith(": "u8)
                || (!isField && node != 0 && node != record.Key))
            {
                return null;
            }
            line = value + length + 1;
            // The model is part of the layout.
            if (node == 0)
                continue;
            segments.Add(bytes[end..value].ToArray());
            end = value + length;
        }
        segments.Add(End.ToArray());
        return node == record.NodeCount ? new YamlLayout([.. segments], record, fieldsOffset) : null;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number)
    {
        if (!bytes.StartsWith(_segments[0]))
            return 0;

        record.Begin(source, number, origin + "- ".Length);
        record.Repeat(_template);
        record.Set(_template.Model, ValueKind.Text, _model, origin + Start.Length);
        int next = _segments[0].Length;
        int segment = 0;
        for (int node = 1; node < _template.Nodes.Length; node++)
        {
            if (node == _template.Fields)
            {
                record.Place(node, origin + next - _fieldsOffset);
                continue;
            }
            int length = YamlValue.Read(bytes[next..], record, node, origin + next);
            if (length < 0 || !bytes[(next + length)..].StartsWith(_segments[++segment]))
                return 0;
            next += length + _segments[segment].Length;
        }
        return next - "- ".Length;
    }
}

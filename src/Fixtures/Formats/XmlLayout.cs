using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>
/// The bytes of an object around its values, such as <c>&lt;field name="title"&gt;</c>, in a fixture in UTF-8. As in JSON (<see cref="JsonLayout"/>) they are compared,
/// and only the values are looked at: the key and the text of each field. Whatever differs is left to XmlReader.
/// </summary>
internal sealed class XmlLayout : RecordLayout
{
    private readonly byte[][] _segments;
    private readonly RecordTemplate _template;
    private readonly byte[] _model;
    private readonly int _recordOffset;

    /// <summary>The length of each field's start tag, at which the field stands.</summary>
    private readonly int[] _tagLengths;

    private XmlLayout(byte[][] segments, Record record, int recordOffset, int[] tagLengths)
    {
        _segments = segments;
        _template = new RecordTemplate(record);
        _model = record.Value(record.Model).ToArray();
        _recordOffset = recordOffset;
        _tagLengths = tagLengths;
    }

    /// <summary>Takes the layout of a record that was parsed; null if it holds anything but fields, each with a text or <c>None</c>.</summary>
    public static RecordLayout? Of(ReadOnlySpan<byte> bytes, long origin, Record record)
    {
        List<byte[]> segments = [];
        List<int> tagLengths = [];
        var tags = new XmlTags(bytes);
        tags.PassWhiteSpace();
        int recordOffset = tags.Next;
        if (!tags.TryPassStart("<object"u8, out Range key))
            return null;
        int end = 0;
        if (record.Key >= 0)
        {
            segments.Add(bytes[..key.Start].ToArray());
            end = key.End.Value;
        }
        for (tags.PassWhiteSpace(); !tags.TryPass(XmlFeed.EndOfObject); tags.PassWhiteSpace())
        {
            int start = tags.Next;
            // A field that is a list may have no text.
            if (!tags.TryPassStart("<field"u8, out _) || bytes[start..tags.Next].IndexOf("ManyToManyRel"u8) >= 0)
                return null;
            int length = XmlValue.LengthOfContent(bytes[tags.Next..]);
            if (length < 0)
                return null;
            tagLengths.Add(tags.Next - start);
            segments.Add(bytes[end..tags.Next].ToArray());
            tags.Next = end = tags.Next + length;
            if (!tags.TryPass("</field>"u8))
                return null;
        }
        segments.Add(bytes[end..].ToArray());
        bool isWhole = tags.Next == bytes.Length && record.NodeCount == record.Fields + 1 + tagLengths.Count;
        return isWhole ? new XmlLayout([.. segments], record, recordOffset, [.. tagLengths]) : null;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number)
    {
        if (!bytes.StartsWith(_segments[0]))
            return 0;

        long position = origin + _recordOffset;
        record.Begin(source, number, position);
        record.Repeat(_template);
        record.Set(_template.Model, ValueKind.Text, _model, position);
        record.Place(_template.Fields, position);
        int next = _segments[0].Length;
        int segment = 0;
        if (_template.Key >= 0)
        {
            int length = XmlValue.ReadAttribute(bytes[next..], record, _template.Key, position);
            if (length < 0 || !TryPass(bytes, next + length, ++segment, out next))
                return 0;
        }
        for (int field = 0; field < _tagLengths.Length; field++)
        {
            int length = XmlValue.ReadContent(bytes[next..], record, _template.Fields + 1 + field, origin + next - _tagLengths[field]);
            if (length < 0 || !TryPass(bytes, next + length, ++segment, out next))
                return 0;
        }
        return next;
    }

    private bool TryPass(ReadOnlySpan<byte> bytes, int start, int segment, out int end)
    {
        end = start + _segments[segment].Length;
        return bytes[start..].StartsWith(_segments[segment]);
    }
}

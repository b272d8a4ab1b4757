using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>
/// The bytes of a JSON record around its values, such as <c>, {"model": </c>. Most records of a fixture repeat those of one before: they are compared
/// instead of parsed, and only the values are looked at. What differs in any way is left to Utf8JsonReader, which also has the words for what is wrong.
/// Only large loads come here, so that its methods are optimized at once: by and by takes as long as reading some ten thousand records.
/// </summary>
internal sealed class JsonLayout : RecordLayout
{
    // Where the plain part of a string ends: its end, an escape, or a control character, which has no place in it.
    private static readonly SearchValues<byte> PlainEnds = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\e\u001C\u001D\u001E\u001F"u8);

    private readonly RecordSegment[] _segments;
    private readonly RecordTemplate _template;
    private readonly int _recordOffset;
    private readonly int _fieldsOffset;

    private JsonLayout(RecordSegment[] segments, RecordTemplate template, int recordOffset, int fieldsOffset)
    {
        _segments = segments;
        _template = template;
        _recordOffset = recordOffset;
        _fieldsOffset = fieldsOffset;
    }

    /// <summary>Takes the layout of a record that was parsed; null if it has a list or an object among its values.</summary>
    public static RecordLayout? Of(ReadOnlySpan<byte> bytes, long origin, Record record)
    {
        // One before each scalar, and one behind the last: none for the map of fields.
        var segments = new RecordSegment[record.NodeCount + 1];
        int segment = 0;
        int end = 0;
        int fieldsOffset = 0;
        for (int node = 0; node < record.NodeCount; node++)
        {
            int start = (int)(record[node].Position - origin);
            if (node == record.Fields)
            {
                fieldsOffset = start - end;
                continue;
            }
            if (record[node].Kind is ValueKind.List or ValueKind.Map)
                return null;
            segments[segment++] = new RecordSegment(bytes[end..start]);
            end = start + LengthOf(bytes[start..]);
        }
        segments[segment] = new RecordSegment(bytes[end..]);
        return new JsonLayout(segments, new RecordTemplate(record), (int)(record.Position - origin), fieldsOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number)
    {
        if (!_segments[0].Begins(bytes))
            return 0;

        record.Begin(source, number, origin + _recordOffset);
        record.Repeat(_template);
        // Values are slices of the record's own text, which is copied as a whole: up to the first text with escapes, from there to the next, and so on.
        int copied = 0;
        int shift = 0;
        int at = 0;
        int segment = 0;
        for (int node = 0; node < _template.Nodes.Length; node++)
        {
            if (node == _template.Fields)
            {
                record.Place(node, origin + at + _fieldsOffset);
                continue;
            }
            ref readonly RecordSegment before = ref _segments[segment++];
            if (!before.Begins(bytes[at..]))
                return 0;
            at += before.Length;
            if (at == bytes.Length)
                return 0;
            if (bytes[at] != '"')
            {
                int length = LengthOfWord(bytes[at..], out ValueKind kind);
                if (length == 0)
                    return 0;
                record.SetSlice(node, kind, at + shift, length, origin + at);
                at += length;
                continue;
            }
            int plain = bytes[(at + 1)..].IndexOfAny(PlainEnds);
            if (plain < 0)
                return 0;
            int end = at + 1 + plain;
            if (bytes[end] == '"')
            {
                record.SetSlice(node, ValueKind.Text, at + 1 + shift, plain, origin + at);
            }
            else
            {
                end = EndOfString(bytes, end);
                record.Append(bytes[copied..at]);
                if (end < 0 || !TryUnescape(bytes[(at + 1)..end], record, node, origin + at))
                    return 0;
                copied = end + 1;
                shift = record.Commit(0) - copied;
            }
            at = end + 1;
        }
        if (!_segments[segment].Begins(bytes[at..]))
            return 0;
        record.Append(bytes[copied..at]);
        return at + _segments[segment].Length;
    }

    // Inlined, it took the registers of what most values need: 500,000 records were 10 % slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryUnescape(ReadOnlySpan<byte> text, Record record, int node, long position)
    {
        int length = JsonEscapes.Unescape(text, record.Reserve(text.Length));
        // Whoever parses the record says what is wrong.
        if (length < 0)
            return false;
        record.SetSlice(node, ValueKind.Text, record.Commit(length), length, position);
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> scalar) =>
        scalar[0] == '"' ? EndOfString(scalar, 1) + 1 : LengthOfWord(scalar, out _);

    /// <summary>How many bytes a scalar without quotes has; 0 if it goes on beyond the bytes, or is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LengthOfWord(ReadOnlySpan<byte> bytes, out ValueKind kind)
    {
        switch (bytes[0])
        {
            case (byte)'t':
                kind = ValueKind.True;
                return bytes.StartsWith("true"u8) ? 4 : 0;
            case (byte)'f':
                kind = ValueKind.False;
                return bytes.StartsWith("false"u8) ? 5 : 0;
            case (byte)'n':
                kind = ValueKind.Null;
                return bytes.StartsWith("null"u8) ? 4 : 0;
            default:
                kind = ValueKind.Number;
                return JsonNumber.LengthOf(bytes);
        }
    }

    /// <summary>Where the quote stands that ends a string; -1 if it goes on beyond the bytes, or is none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where to begin: inside the string, before no escape's second half.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int EndOfString(ReadOnlySpan<byte> bytes, int at)
    {
        while (true)
        {
            int plain = bytes[at..].IndexOfAny(PlainEnds);
            if (plain < 0)
                return -1;
            at += plain;
            if (bytes[at] == '"')
                return at;
            if (bytes[at] != '\\' || at + 2 > bytes.Length)
                return -1;
            at += 2;
        }
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;

namespace Fixtures.Formats;

/// <summary>
/// The bytes of a JSON record around its values, such as <c>, {"model": </c>. Most records of a fixture repeat those of one before: they are compared
/// instead of parsed, and only the values are looked at. What differs in any way is left to Utf8JsonReader, which also has the words for what is wrong.
/// Only large loads come here, so that its methods are optimized at once: by and by takes as long as reading some ten thousand records.
/// </summary>
internal sealed class JsonLayout : IRecordLayout<JsonLayout>
{
    // Where the plain part of a string ends: its end, an escape, or a control character, which has no place in it.
    private static readonly SearchValues<byte> PlainEnds = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(code => (byte)code)]);

    private readonly byte[][] _segments;
    private readonly RecordTemplate _template;
    private readonly int _recordOffset;
    private readonly int _fieldsOffset;

    private JsonLayout(byte[][] segments, RecordTemplate template, int recordOffset, int fieldsOffset)
    {
        _segments = segments;
        _template = template;
        _recordOffset = recordOffset;
        _fieldsOffset = fieldsOffset;
    }

    /// <summary>Takes the layout of a record that was parsed; null if it has a list or an object among its values.</summary>
    public static JsonLayout? Of(ReadOnlySpan<byte> bytes, long origin, Record record)
    {
        List<byte[]> segments = [];
        int end = 0;
        int fieldsOffset = 0;
        for (int node = 0; node < record.Nodes.Length; node++)
        {
            int start = (int)(record[node].Position - origin);
            if (node == record.Fields)
            {
                fieldsOffset = start - end;
                continue;
            }
            if (record[node].Kind is ValueKind.List or ValueKind.Map)
                return null;
            segments.Add(bytes[end..start].ToArray());
            end = start + LengthOf(bytes[start..], out _);
        }
        segments.Add(bytes[end..].ToArray());
        return new JsonLayout([.. segments], new RecordTemplate(record), (int)(record.Position - origin), fieldsOffset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number)
    {
        ReadOnlySpan<byte> rest = bytes;
        if (!rest.StartsWith(_segments[0]))
            return 0;

        record.Begin(source, number, origin + _recordOffset);
        record.Repeat(_template);
        int segment = 0;
        for (int node = 0; node < _template.Nodes.Length; node++)
        {
            if (node == _template.Fields)
            {
                record.Place(node, origin + bytes.Length - rest.Length + _fieldsOffset);
                continue;
            }
            if (!TryPass(ref rest, _segments[segment++]))
                return 0;
            int length = ReadScalar(rest, record, node, origin + bytes.Length - rest.Length);
            if (length == 0)
                return 0;
            rest = rest[length..];
        }
        return TryPass(ref rest, _segments[segment]) ? bytes.Length - rest.Length : 0;
    }

    private static bool TryPass(ref ReadOnlySpan<byte> rest, byte[] segment)
    {
        if (!rest.StartsWith(segment))
            return false;
        rest = rest[segment.Length..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ReadScalar(ReadOnlySpan<byte> bytes, Record record, int node, long position)
    {
        int length = LengthOf(bytes, out bool isEscaped);
        if (length == 0)
            return 0;
        switch (bytes[0])
        {
            case (byte)'"' when isEscaped:
                return TryUnescape(bytes[..length], record, node, position) ? length : 0;
            case (byte)'"':
                record.Set(node, ValueKind.Text, bytes[1..(length - 1)], position);
                break;
            case (byte)'t':
                record.Set(node, ValueKind.True, [], position);
                break;
            case (byte)'f':
                record.Set(node, ValueKind.False, [], position);
                break;
            case (byte)'n':
                record.Set(node, ValueKind.Null, [], position);
                break;
            default:
                record.Set(node, ValueKind.Number, bytes[..length], position);
                break;
        }
        return length;
    }

    // Inlined, it took the registers of what most values need: 500,000 records were 10 % slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryUnescape(ReadOnlySpan<byte> text, Record record, int node, long position)
    {
        int length = JsonEscapes.Unescape(text[1..^1], record.Reserve(text.Length));
        // Whoever parses the record says what is wrong.
        if (length < 0)
            return false;
        record.SetSlice(node, ValueKind.Text, record.Commit(length), length, position);
        return true;
    }

    /// <summary>How many bytes a scalar has; 0 if it goes on beyond the bytes, or is none.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes, out bool isEscaped)
    {
        isEscaped = false;
        if (bytes.IsEmpty)
            return 0;
        return bytes[0] switch
        {
            (byte)'"' => LengthOfString(bytes, out isEscaped),
            (byte)'t' => bytes.StartsWith("true"u8) ? 4 : 0,
            (byte)'f' => bytes.StartsWith("false"u8) ? 5 : 0,
            (byte)'n' => bytes.StartsWith("null"u8) ? 4 : 0,
            _ => JsonNumber.LengthOf(bytes),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LengthOfString(ReadOnlySpan<byte> bytes, out bool isEscaped)
    {
        isEscaped = false;
        int length = 1;
        while (true)
        {
            int plain = bytes[length..].IndexOfAny(PlainEnds);
            if (plain < 0)
                return 0;
            length += plain;
            if (bytes[length] == '"')
                return length + 1;
            if (bytes[length] != '\\' || length + 2 > bytes.Length)
                return 0;
            isEscaped = true;
            length += 2;
        }
    }
}

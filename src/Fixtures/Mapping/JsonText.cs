using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Values as compact JSON, numbers and order as in the source.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Writes a value to the end of the record's bytes.</summary>
    /// <returns>False for characters of XML that are not JSON, and for binary data.</returns>
    public static bool TryConvert(Record record, int node, out SqlValue value)
    {
        int start = record.Commit(0);
        bool valid = TryWrite(record, node);
        value = valid ? SqlValue.FromText(start, record.Commit(0) - start) : SqlValue.Null;
        return valid;
    }

    private static bool TryWrite(Record record, int node)
    {
        switch (record[node].Kind)
        {
            case ValueKind.Null:
                record.Append("null"u8);
                return true;
            case ValueKind.True:
                record.Append("true"u8);
                return true;
            case ValueKind.False:
                record.Append("false"u8);
                return true;
            case ValueKind.Number:
                record.Append(record.Value(node));
                return true;
            case ValueKind.Plain:
                WritePlain(record, record.Value(node));
                return true;
            case ValueKind.Text:
                WriteText(record, record.Value(node));
                return true;
            case ValueKind.Characters:
                return TryCompact(record, record.Value(node));
            case ValueKind.List:
                return TryWriteMembers(record, node, "["u8, "]"u8, named: false);
            case ValueKind.Map:
                return TryWriteMembers(record, node, "{"u8, "}"u8, named: true);
            default:
                return false;
        }
    }

    private static bool TryWriteMembers(Record record, int node, ReadOnlySpan<byte> open, ReadOnlySpan<byte> close, bool named)
    {
        record.Append(open);
        int end = record[node].End;
        for (int member = node + 1; member < end; member = record[member].End)
        {
            if (member > node + 1)
                record.Append(","u8);
            if (named)
            {
                WriteText(record, record.Name(member));
                record.Append(":"u8);
            }
            // XML writes JSON as one text; what stands in a list there is the part of a key.
            if (record[member].Kind == ValueKind.Characters)
                WriteText(record, record.Value(member));
            else if (!TryWrite(record, member))
                return false;
        }
        record.Append(close);
        return true;
    }

    /// <summary>
    /// Inside JSON no column says what a plain scalar of YAML is, so YAML 1.1 does, as far as JSON has the type. 12:30 stays text: whoever
    /// writes it means a time, and no number to the base of 60.
    /// </summary>
    private static void WritePlain(Record record, ReadOnlySpan<byte> text)
    {
        if (NumberText.IsJsonNumber(text))
            record.Append(text);
        else if (PlainScalar.TryParseBool(text) is { } truth)
            record.Append(truth ? "true"u8 : "false"u8);
        else if (!text.Contains((byte)':') && PlainScalar.TryParseInteger(text, out long integer))
            Write(record, integer);
        else if (PlainScalar.TryParseReal(text, out double real))
            Write(record, real);
        else
            WriteText(record, text);
    }

    private static void Write<T>(Record record, T number) where T : IUtf8SpanFormattable
    {
        number.TryFormat(record.Reserve(32), out int written, default, CultureInfo.InvariantCulture);
        record.Commit(written);
    }

    private static void WriteText(Record record, ReadOnlySpan<byte> text)
    {
        record.Append("\""u8);
        while (true)
        {
            int plain = text.IndexOfAny(Escaped);
            if (plain < 0)
                break;
            record.Append(text[..plain]);
            WriteEscape(record, text[plain]);
            text = text[(plain + 1)..];
        }
        record.Append(text);
        record.Append("\""u8);
    }

    private static void WriteEscape(Record record, byte code)
    {
        switch (code)
        {
            case (byte)'"': record.Append("\\\""u8); break;
            case (byte)'\\': record.Append("\\\\"u8); break;
            case (byte)'\n': record.Append("\\n"u8); break;
            case (byte)'\r': record.Append("\\r"u8); break;
            case (byte)'\t': record.Append("\\t"u8); break;
            default:
                record.Append("\\u00"u8);
                record.Append([HexDigit(code >> 4), HexDigit(code & 0xF)]);
                break;
        }
    }

    private static byte HexDigit(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);

    /// <summary>Copies JSON text without its white space.</summary>
    private static bool TryCompact(Record record, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            JsonTokenType before = JsonTokenType.None;
            while (reader.Read())
            {
                JsonTokenType token = reader.TokenType;
                bool first = before is JsonTokenType.None or JsonTokenType.StartArray or JsonTokenType.StartObject;
                if (before == JsonTokenType.PropertyName)
                    record.Append(":"u8);
                else if (!first && token is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                    record.Append(","u8);

                bool quoted = token is JsonTokenType.String or JsonTokenType.PropertyName;
                if (quoted)
                    record.Append("\""u8);
                record.Append(reader.ValueSpan);
                if (quoted)
                    record.Append("\""u8);
                before = token;
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

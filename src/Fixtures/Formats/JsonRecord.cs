using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>Turns the tokens of one JSON object into a record. JSON and JSON Lines share it.</summary>
internal static class JsonRecord
{
    /// <summary>Reads the members of a record. The reader stands on its StartObject.</summary>
    /// <param name="reader">Ends on the matching EndObject.</param>
    /// <param name="record">Has been begun.</param>
    /// <param name="origin">What to add to the reader's index to get a position.</param>
    /// <param name="isValid">Whether the bytes are known to be UTF-8.</param>
    /// <returns>False if the bytes end before the record does: the caller reads on and begins again.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, Record record, long origin, bool isValid)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;

            record.Members?.Add((reader.GetString()!, origin + reader.TokenStartIndex));
            int known = reader.ValueTextEquals("fields"u8) ? 2 : reader.ValueTextEquals("pk"u8) ? 1 : reader.ValueTextEquals("model"u8) ? 0 : -1;
            if (!reader.Read())
                return false;
            if (known < 0)
            {
                if (!reader.TrySkip())
                    return false;
                continue;
            }

            int node = ReadValue(ref reader, record, origin, isValid, 0, 0);
            if (node < 0)
                return false;
            switch (known)
            {
                case 0: record.Model = node; break;
                case 1: record.Key = node; break;
                default: record.Fields = node; break;
            }
        }
        return false;
    }

    /// <summary>Reads the value that the reader stands on, to its end. The nesting is bounded by the reader's MaxDepth.</summary>
    /// <returns>The value's node, or -1 if the bytes end before the value does.</returns>
    private static int ReadValue(ref Utf8JsonReader reader, Record record, long origin, bool isValid, int nameStart, int nameLength)
    {
        long position = origin + reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                (int textStart, int textLength) = AppendText(ref reader, record, isValid);
                return record.AddSlice(ValueKind.Text, textStart, textLength, position, nameStart, nameLength);
            case JsonTokenType.Number:
                return record.AddScalar(ValueKind.Number, reader.ValueSpan, position, nameStart, nameLength);
            case JsonTokenType.True:
                return record.Add(ValueKind.True, position, nameStart, nameLength);
            case JsonTokenType.False:
                return record.Add(ValueKind.False, position, nameStart, nameLength);
            case JsonTokenType.Null:
                return record.Add(ValueKind.Null, position, nameStart, nameLength);
            case JsonTokenType.StartArray:
                int list = record.Add(ValueKind.List, position, nameStart, nameLength);
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        record.Close(list);
                        return list;
                    }
                    if (ReadValue(ref reader, record, origin, isValid, 0, 0) < 0)
                        return -1;
                }
                return -1;
            default:
                int map = record.Add(ValueKind.Map, position, nameStart, nameLength);
                while (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndObject)
                    {
                        record.Close(map);
                        return map;
                    }
                    long namePosition = origin + reader.TokenStartIndex;
                    (int start, int length) = AppendText(ref reader, record, isValid);
                    int value = reader.Read() ? ReadValue(ref reader, record, origin, isValid, start, length) : -1;
                    if (value < 0)
                        return -1;
                    record.NamePositions?.Add(value, namePosition);
                }
                return -1;
        }
    }

    /// <exception cref="InvalidOperationException">The text is not valid UTF-8, or an escape is half a surrogate pair.</exception>
    private static (int Start, int Length) AppendText(ref Utf8JsonReader reader, Record record, bool isValid)
    {
        if (isValid && !reader.ValueIsEscaped)
            return (record.Append(reader.ValueSpan), reader.ValueSpan.Length);

        int length = reader.CopyString(record.Reserve(reader.ValueSpan.Length));
        return (record.Commit(length), length);
    }
}

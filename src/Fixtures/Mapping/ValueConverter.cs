using System.Buffers.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Turns a value of a record into what its column stores, by the column's type and whatever the format. Slices stay slices.</summary>
internal static class ValueConverter
{
    /// <returns>False if the value is not valid for the type.</returns>
    public static bool TryConvert(Record record, int node, ColumnType type, out SqlValue value)
    {
        value = SqlValue.Null;
        ValueKind kind = record[node].Kind;
        if (kind == ValueKind.Null || (type.EmptyAsNull && IsScalarText(kind) && record[node].Length == 0))
            return true;
        // One <natural> element in XML: the key of a row where the column is a foreign key, and no more than text where it is not.
        if (kind == ValueKind.List && record[node].End == node + 2 && record[node + 1].Kind == ValueKind.Characters)
            return TryConvert(record, node + 1, type, out value);

        switch (type.Type)
        {
            case ValueType.Any: return TryConvertAny(record, node, out value);
            case ValueType.Bool: return TryConvertBool(record, node, out value);
            case ValueType.Integer: return TryConvertInteger(record, node, out value);
            case ValueType.Real: return TryConvertReal(record, node, out value);
            case ValueType.Decimal: return TryConvertDecimal(record, node, type, out value);
            case ValueType.Date: return IsScalarText(kind) && DateTimeText.TryConvertDate(record, node, out value);
            case ValueType.DateTime: return IsScalarText(kind) && DateTimeText.TryConvertDateTime(record, node, out value);
            case ValueType.DateTimeOffset: return IsScalarText(kind) && DateTimeText.TryConvertDateTimeOffset(record, node, out value);
            case ValueType.Time: return IsScalarText(kind) && DateTimeText.TryConvertTime(record, node, out value);
            case ValueType.Duration: return DurationText.TryConvert(record, node, asText: false, out value);
            case ValueType.DurationText: return DurationText.TryConvert(record, node, asText: true, out value);
            case ValueType.Hex32: return UuidText.TryConvert(record, node, type.Type, out value) || TryConvertText(record, node, nested: false, out value);
            case ValueType.Uuid: return UuidText.TryConvert(record, node, type.Type, out value);
            case ValueType.Json: return JsonText.TryConvert(record, node, out value);
            case ValueType.Blob: return TryConvertBlob(record, node, out value);
            case ValueType.Text: return TryConvertText(record, node, nested: true, out value);
            case ValueType.Address: return AddressText.TryConvert(record, node, out value) || TryConvertText(record, node, nested: false, out value);
            case ValueType.ShortText: return TryConvertText(record, node, nested: false, out value);
            default: return TryConvertCsv(record, node, out value);
        }
    }

    /// <summary>What a valid value of the type is, as messages call it.</summary>
    public static string Describe(ColumnType type) => type.Type switch
    {
        ValueType.Bool => "a bool (true or false)",
        ValueType.Integer => "an integer of 64 bit",
        ValueType.Real => "a number",
        ValueType.Decimal when type.Precision > 0 => $"a decimal number of at most {type.Precision} digits, {type.Scale} of them after the point",
        ValueType.Decimal => "a decimal number",
        ValueType.Date => "a date (yyyy-MM-dd)",
        ValueType.DateTime => "a date and time (yyyy-MM-dd HH:mm:ss, with or without fraction and offset)",
        ValueType.DateTimeOffset => "a date and time (yyyy-MM-dd HH:mm:ss, with an offset or none for UTC)",
        ValueType.Time => "a time (HH:mm:ss, with or without fraction)",
        ValueType.Duration or ValueType.DurationText => "a duration (ISO 8601 such as P1DT2H, or [d ]hh:mm:ss)",
        ValueType.Hex32 or ValueType.Uuid => "a UUID",
        ValueType.Json => "JSON",
        ValueType.Blob => "base64 of bytes",
        ValueType.Csv => "a list of texts",
        ValueType.ShortText or ValueType.Address => "a text, no list and no object",
        _ => "a text",
    };

    /// <summary>Whether a value has bytes that the format has not marked as anything but text.</summary>
    public static bool IsScalarText(ValueKind kind) => kind is ValueKind.Text or ValueKind.Plain or ValueKind.Characters;

    private static bool TryConvertAny(Record record, int node, out SqlValue value)
    {
        switch (record[node].Kind)
        {
            case ValueKind.True or ValueKind.False:
                return TryConvertBool(record, node, out value);
            case ValueKind.Number or ValueKind.Plain:
                ReadOnlySpan<byte> text = record.Value(node);
                if (NumberText.TryParseInteger(text, out long integer))
                    value = SqlValue.FromInteger(integer);
                else if (NumberText.IsJsonNumber(text) && NumberText.TryParseReal(text, out double real))
                    value = SqlValue.FromReal(real);
                else
                    return (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)) && TryConvertBool(record, node, out value) || TryConvertText(record, node, nested: true, out value);
                return true;
            case ValueKind.Binary:
                return TryConvertBlob(record, node, out value);
            default:
                return TryConvertText(record, node, nested: true, out value);
        }
    }

    private static bool TryConvertBool(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        ValueKind kind = record[node].Kind;
        if (kind is ValueKind.True or ValueKind.False)
        {
            value = SqlValue.FromInteger(kind == ValueKind.True ? 1 : 0);
            return true;
        }
        if (kind != ValueKind.Number && !IsScalarText(kind))
            return false;

        ReadOnlySpan<byte> text = record.Value(node).Trim(" \t\r\n"u8);
        // Nothing is neither true nor false: unknown, where the column may be.
        if (text.IsEmpty)
            return true;
        if (NumberText.TryParseBool(text) is { } truth)
        {
            value = SqlValue.FromInteger(truth ? 1 : 0);
            return true;
        }
        // 1.0, as a source that knows one kind of number writes it.
        bool isNumber = NumberText.TryParseIntegral(text, out long number) && number is 0 or 1;
        value = isNumber ? SqlValue.FromInteger(number) : SqlValue.Null;
        return isNumber;
    }

    private static bool TryConvertInteger(Record record, int node, out SqlValue value)
    {
        ValueKind kind = record[node].Kind;
        if (kind is ValueKind.True or ValueKind.False)
            return TryConvertBool(record, node, out value);

        long integer = 0;
        bool isInteger = kind switch
        {
            ValueKind.Text or ValueKind.Characters => NumberText.TryParseInteger(record.Value(node), out integer),
            // 5.0 is an integer to every format but the schema's; 5.9 is not.
            ValueKind.Number => NumberText.TryParseInteger(record.Value(node), out integer) || NumberText.TryParseIntegral(record.Value(node), out integer),
            ValueKind.Plain => TryParsePlainInteger(record.Value(node), out integer),
            _ => false,
        };
        value = isInteger ? SqlValue.FromInteger(integer) : SqlValue.Null;
        return isInteger;
    }

    /// <summary>As YAML 1.1 reads it: 014 is twelve; 08, which is no number there, is the text of one; 1e3 is text and no integer.</summary>
    private static bool TryParsePlainInteger(ReadOnlySpan<byte> text, out long integer) =>
        PlainScalar.TryParseInteger(text, out integer)
        || NumberText.TryParseInteger(text, out integer)
        || (text.Contains((byte)'.') && NumberText.TryParseIntegral(text, out integer));

    private static bool TryConvertReal(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        ValueKind kind = record[node].Kind;
        if (kind is ValueKind.True or ValueKind.False)
            value = SqlValue.FromReal(kind == ValueKind.True ? 1 : 0);
        else if ((kind == ValueKind.Number || IsScalarText(kind)) && NumberText.TryParseReal(record.Value(node), out double real))
            value = SqlValue.FromReal(real);
        return !value.IsNull;
    }

    private static bool TryConvertDecimal(Record record, int node, ColumnType type, out SqlValue value)
    {
        ref readonly RecordNode given = ref record[node];
        if (given.Kind is ValueKind.True or ValueKind.False)
            return NumberText.TryConvertDecimal(record, given.Kind == ValueKind.True ? "1"u8 : "0"u8, type, out value);
        if (given.Kind == ValueKind.Number && type.Precision == 0 && !NumberText.IsBeyondReal(record.Value(node)))
        {
            value = SqlValue.FromText(given.Start, given.Length);
            return true;
        }
        value = SqlValue.Null;
        return (given.Kind == ValueKind.Number || IsScalarText(given.Kind)) && NumberText.TryConvertDecimal(record, node, type, out value);
    }

    private static bool TryConvertBlob(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        if (!IsScalarText(record[node].Kind) && record[node].Kind != ValueKind.Binary)
            return false;

        ReadOnlySpan<byte> base64 = record.Value(node);
        Span<byte> bytes = record.Reserve(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        if (Base64.DecodeFromUtf8(base64, bytes, out int consumed, out int written) != System.Buffers.OperationStatus.Done || consumed != base64.Length)
            return false;
        value = SqlValue.FromBlob(record.Commit(written), written);
        return true;
    }

    private static bool TryConvertText(Record record, int node, bool nested, out SqlValue value)
    {
        ref readonly RecordNode given = ref record[node];
        switch (given.Kind)
        {
            case ValueKind.True:
                value = SqlValue.FromText(record.Append("true"u8), 4);
                return true;
            case ValueKind.False:
                value = SqlValue.FromText(record.Append("false"u8), 5);
                return true;
            case ValueKind.List or ValueKind.Map when nested:
                return JsonText.TryConvert(record, node, out value);
            case ValueKind.List or ValueKind.Map or ValueKind.Binary:
                value = SqlValue.Null;
                return false;
            default:
                value = SqlValue.FromText(given.Start, given.Length);
                return true;
        }
    }

    private static bool TryConvertCsv(Record record, int node, out SqlValue value)
    {
        if (record[node].Kind != ValueKind.List)
            return TryConvertText(record, node, nested: false, out value);

        value = SqlValue.Null;
        int start = record.Commit(0);
        int end = record[node].End;
        for (int element = node + 1; element < end; element = record[element].End)
        {
            switch (record[element].Kind)
            {
                case ValueKind.List or ValueKind.Map or ValueKind.Null or ValueKind.Binary:
                    return false;
                case ValueKind.True:
                    record.Append("true"u8);
                    break;
                case ValueKind.False:
                    record.Append("false"u8);
                    break;
                default:
                    record.Append(record.Value(element));
                    break;
            }
            if (record[element].End < end)
                record.Append(","u8);
        }
        value = SqlValue.FromText(start, record.Commit(0) - start);
        return true;
    }
}

using System.Globalization;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>What a column becomes that a record does not give: a configured default, a storage value.</summary>
/// <param name="Field">The column.</param>
/// <param name="Value">See <see cref="ModelOptions.Defaults"/>.</param>
internal sealed record ColumnDefault(ColumnField Field, object? Value)
{
    /// <summary>Writes the default's bytes to the record.</summary>
    /// <param name="record">The record whose row is made.</param>
    /// <param name="now">The time of the call, UTC.</param>
    public SqlValue ToValue(Record record, DateTime now)
    {
        switch (Value)
        {
            case null: return SqlValue.Null;
            case bool truth: return SqlValue.FromInteger(truth ? 1 : 0);
            case int or long or short or byte or uint or ushort or sbyte: return SqlValue.FromInteger(Convert.ToInt64(Value, CultureInfo.InvariantCulture));
            case double or float: return SqlValue.FromReal(Convert.ToDouble(Value, CultureInfo.InvariantCulture));
            case byte[] bytes: return SqlValue.FromBlob(record.Append(bytes), bytes.Length);
            case "$now": return ToNow(record, now);
            case "$uuid": return UuidText.Store(record, Guid.NewGuid(), Field.Type.Type);
        }
        string text = Value is string given ? (given.StartsWith("$$", StringComparison.Ordinal) ? given[1..] : given) : Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "";
        (int start, int length) = record.Append(text.AsSpan());
        return SqlValue.FromText(start, length);
    }

    private SqlValue ToNow(Record record, DateTime now) => Field.Type.Type switch
    {
        ValueType.Date => DateTimeText.StoreDate(record, now),
        ValueType.Time => DateTimeText.Store(record, TimeOnly.FromDateTime(now)),
        ValueType.DateTimeOffset => DateTimeText.Store(record, new DateTimeOffset(now, TimeSpan.Zero)),
        _ => DateTimeText.Store(record, now),
    };
}

using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>UUIDs in UTF-8: with or without dashes, braces and <c>urn:uuid:</c>.</summary>
internal static class UuidText
{
    private const int LongestText = 68;

    public static bool TryConvert(Record record, int node, ValueType type, out SqlValue value)
    {
        value = SqlValue.Null;
        ReadOnlySpan<byte> text = record.Value(node).Trim(" \t\r\n"u8);
        if (!ValueConverter.IsScalarText(record[node].Kind) || text.Length is < 32 or > LongestText)
            return false;

        if (text.StartsWith("urn:uuid:"u8))
            text = text["urn:uuid:".Length..];
        Span<char> characters = stackalloc char[LongestText];
        int length = Encoding.UTF8.GetChars(text, characters);
        if (!Guid.TryParse(characters[..length], out Guid uuid))
            return false;
        value = Store(record, uuid, type);
        return true;
    }

    /// <summary>32 lower-case digits in a char(32), upper case with dashes as Microsoft.Data.Sqlite writes a Guid elsewhere.</summary>
    public static SqlValue Store(Record record, Guid uuid, ValueType type)
    {
        Span<byte> text = record.Reserve(36);
        uuid.TryFormat(text, out int written, type == ValueType.Hex32 ? "N" : "D");
        if (type != ValueType.Hex32)
            Ascii.ToUpperInPlace(text[..written], out _);
        return SqlValue.FromText(record.Commit(written), written);
    }
}

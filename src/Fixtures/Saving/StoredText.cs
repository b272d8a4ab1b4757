using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>Values of records as they are stored, in the text that <see cref="Statement.Display"/> gives of them: to find the record of a row.</summary>
internal static class StoredText
{
    /// <summary>A value for a column.</summary>
    /// <returns>Null for NULL, and for what is no value of the type.</returns>
    public static string? Of(Record record, int node, ColumnType type) =>
        ValueConverter.TryConvert(record, node, type, out SqlValue value) && !value.IsNull ? value.Display(record.Arena) : null;

    /// <summary>The primary key that a record gives, its parts joined by commas.</summary>
    /// <returns>Null if it gives none as its pk.</returns>
    public static string? KeyOf(Record record, ModelMap model)
    {
        if (record.Key < 0 || record[record.Key].Kind == ValueKind.Null || model.Key.Length == 0)
            return null;
        return string.Join(BrokenForeignKey.Separator, Enumerable.Range(0, model.Key.Length).Select(part => KeyPartOf(record, model, part)));
    }

    /// <summary>One part of the primary key that a record gives.</summary>
    /// <returns>Null if it does not give it as its pk.</returns>
    public static string? KeyPartOf(Record record, ModelMap model, int part)
    {
        if (record.Key < 0)
            return null;
        if (model.Key.Length == 1)
            return Of(record, record.Key, model.Key[0].Type);
        int element = record.Key + 1;
        for (int i = 0; i < part && element < record[record.Key].End; i++)
            element = record[element].End;
        return element < record[record.Key].End ? Of(record, element, model.Key[part].Type) : null;
    }
}

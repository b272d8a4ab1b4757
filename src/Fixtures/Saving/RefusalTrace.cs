using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>
/// Finds the record that SQLite has refused among those of the load, which are read a second time: the value that broke a constraint, and
/// before it the record which has the same, where it must not.
/// </summary>
/// <param name="schema">The schema that the records were loaded by.</param>
/// <param name="refusal">What to look for.</param>
internal sealed class RefusalTrace(SchemaMap schema, RefusedRowException refusal)
{
    private readonly FixtureError _refused = refusal.Errors[0];
    private FixtureError? _place;
    private FixtureError? _other;

    /// <summary>The error with the place of the value and the other record, as far as they were found.</summary>
    public FixtureError Error => (_place ?? _refused) with { Message = _refused.Message + Other() };

    /// <summary>Looks at a record.</summary>
    /// <returns>False if it is the one that was refused: those behind it have not been loaded.</returns>
    public bool Look(Record record)
    {
        if (schema.FindModel(Encoding.UTF8.GetString(record.Value(record.Model))) is not { } model || model.Table != refusal.Table)
            return true;
        if (record.Number == _refused.Record && record.Source!.Path == _refused.File)
        {
            _place = PlaceOf(record, model);
            return false;
        }
        if (refusal.UniqueValues is { } values && IsOther(record, model, values))
            _other = PlaceOf(record, model);
        return true;
    }

    private bool IsOther(Record record, ModelMap model, IReadOnlyList<string> values)
    {
        if (StoredText.KeyOf(record, model) is { } key)
            return key == refusal.OtherKey;
        for (int i = 0; i < values.Count; i++)
        {
            if (NodeOf(record, model, refusal.Columns[i], out ColumnField? field) is not { } node || StoredText.Of(record, node, field!.Type) != values[i])
                return false;
        }
        return true;
    }

    /// <summary>The first of the columns that the record gives.</summary>
    private FixtureError PlaceOf(Record record, ModelMap model)
    {
        foreach (Column column in refusal.Columns)
        {
            if (NodeOf(record, model, column, out ColumnField? field) is { } node)
                return RecordText.Error(record, node, field!.Field, "");
        }
        return RecordText.Error(record, -1, refusal.Columns is [var first, ..] ? first.Name : null, "");
    }

    private static int? NodeOf(Record record, ModelMap model, Column column, out ColumnField? found)
    {
        found = null;
        int? last = null;
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            if (model.FieldOf(record, node) is ColumnField field && field.Column == column)
                (last, found) = (node, field);
        }
        return last;
    }

    private string Other()
    {
        if (refusal.UniqueValues is not { } values)
            return "";
        string shown = $" {(values.Count == 1 ? "The value" : "The values")} {string.Join(", ", values.Select(value => $"'{RecordText.Cut(value)}'"))} {(values.Count == 1 ? "is" : "are")} also ";
        if (_other is not null)
            return $"{shown}in {_other with { Message = "" }}".TrimEnd(' ', ':') + ".";
        return refusal.OtherKey is { } key ? $"{shown}in row {key} of table '{refusal.Table.Name}'." : $"{shown}in another row of table '{refusal.Table.Name}'.";
    }
}

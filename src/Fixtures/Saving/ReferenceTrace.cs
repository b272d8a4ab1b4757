using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>Finds the records that hold broken foreign keys, among all records of the load, which are read a second time.</summary>
internal sealed class ReferenceTrace
{
    private readonly SchemaMap _schema;
    private readonly IReadOnlyList<BrokenForeignKey> _broken;
    private readonly FixtureError?[] _places;
    private readonly ILookup<string, int> _byTable;

    /// <param name="schema">The schema that the records were loaded by.</param>
    /// <param name="broken">What to look for.</param>
    public ReferenceTrace(SchemaMap schema, IReadOnlyList<BrokenForeignKey> broken)
    {
        _schema = schema;
        _broken = broken;
        _places = new FixtureError?[broken.Count];
        _byTable = Enumerable.Range(0, broken.Count).ToLookup(i => broken[i].Table, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// An error for each broken foreign key, with the place of the last record that holds it. Of records without pk it cannot be told which one is which row: each takes one.
    /// Without place where none holds it: a trigger has written the row, or its key is the database's own.
    /// </summary>
    public FixtureError[] Errors => [.. _broken.Select((broken, i) => _places[i] ?? broken.ToError())];

    /// <summary>Looks whether a record holds one.</summary>
    public void Look(Record record)
    {
        if (_schema.FindModel(Encoding.UTF8.GetString(record.Value(record.Model))) is not { } model)
            return;

        string? key = StoredText.KeyOf(record, model);
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            switch (model.FieldOf(record, node))
            {
                case ColumnField { Reference: not null } field:
                    LookAt(record, node, field, field.Type, model.Table, field.Column, key);
                    break;
                case ManyToManyField field:
                    for (int element = node + 1; element < record[node].End; element = record[element].End)
                        LookAt(record, element, field, field.Join.ToReference.Type, field.Join.Table, field.Join.To, key: null);
                    break;
            }
        }
        LookAtComposite(record, model, key);
    }

    private void LookAt(Record record, int node, FieldTarget field, ColumnType type, Table table, Column column, string? key)
    {
        foreach (int i in _byTable[table.Name])
        {
            BrokenForeignKey broken = _broken[i];
            if (IsRow(i, key) && broken.Columns == column.Name && record[node].Kind != ValueKind.List && StoredText.Of(record, node, type) == broken.Value
                && Place(i, key, RecordText.Error(record, node, field.Field, broken.Message(field.Field))))
            {
                return;
            }
        }
    }

    private void LookAtComposite(Record record, ModelMap model, string? key)
    {
        foreach (int i in _byTable[model.Table.Name])
        {
            BrokenForeignKey broken = _broken[i];
            string[] columns = broken.Columns.Split(BrokenForeignKey.Separator);
            if (columns.Length == 1 || !IsRow(i, key))
                continue;
            (int Node, string? Text)[] values = Array.ConvertAll(columns, column => ValueOf(record, model, column));
            if (string.Join(BrokenForeignKey.Separator, values.Select(value => value.Text)) == broken.Value
                && Place(i, key, RecordText.Error(record, values.Max(value => value.Node), broken.Columns, broken.Message(broken.Columns))))
            {
                return;
            }
        }
    }

    /// <summary>What a record gives for a column, among its fields or as a part of its pk.</summary>
    private static (int Node, string? Text) ValueOf(Record record, ModelMap model, string column)
    {
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            if (model.FieldOf(record, node) is ColumnField field && field.Column.Name == column)
                return (node, StoredText.Of(record, node, field.Type));
        }
        int part = Array.FindIndex(model.Key, field => field.Column.Name == column);
        return part < 0 ? (-1, null) : (record.Key, StoredText.KeyPartOf(record, model, part));
    }

    // A row of a table without key may be that of any record; so may that of a record without pk. It is the next one's then.
    private bool IsRow(int broken, string? key) => key is null || _broken[broken].Key is null ? _places[broken] is null : key == _broken[broken].Key;

    /// <returns>Whether the record has no other: it gives no key.</returns>
    private bool Place(int broken, string? key, FixtureError place)
    {
        _places[broken] = place;
        return key is null || _broken[broken].Key is null;
    }
}

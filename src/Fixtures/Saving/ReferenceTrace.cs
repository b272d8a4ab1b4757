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

    /// <summary>An error for each broken foreign key, with the place of the last record that holds it; without place where none does.</summary>
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
    }

    private void LookAt(Record record, int node, FieldTarget field, ColumnType type, Table table, Column column, string? key)
    {
        foreach (int i in _byTable[table.Name])
        {
            BrokenForeignKey broken = _broken[i];
            bool isRow = key is null || broken.Key is null || key == broken.Key;
            if (isRow && broken.Columns == column.Name && record[node].Kind != ValueKind.List && StoredText.Of(record, node, type) == broken.Value)
                _places[i] = RecordText.Error(record, node, field.Field, broken.Message(field.Field));
        }
    }
}

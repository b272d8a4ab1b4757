using System.Globalization;
using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Looks at records that were saved for what is no error and hardly meant so.</summary>
/// <param name="database">The connection.</param>
internal sealed class RecordReview(sqlite3 database) : IDisposable
{
    private const int MostKept = 1000;

    private readonly List<CheckProblem> _warnings = [];
    private readonly Dictionary<(Table Table, string Key), (string File, long Line, long Column)> _seen = [];
    private readonly StoredValues _stored = new(database);

    public int Count { get; private set; }

    /// <summary>The first warnings.</summary>
    public IReadOnlyList<CheckProblem> Warnings => _warnings;

    /// <summary>Looks at a record as it is written.</summary>
    public void Look(Record record)
    {
        LookAtMembers(record);
        LookAtKeys(record, record.Fields);
    }

    /// <summary>Looks at the row that was made of a record, which has just been saved.</summary>
    public void Look(Record record, Row row)
    {
        LookForSameRow(record, row);
        LookForSameColumn(record, row.Shape.Model);
        LookAtLengths(record, row);
        LookForRoundedIntegers(record, row);
        foreach ((int slot, string stored) in _stored.FindChanges(record, row))
            AddChanged(record, row, slot, stored);
    }

    /// <summary>Adds what was found of a file as a whole.</summary>
    public void Add(CheckRule rule, FixtureError error)
    {
        if (Count++ < MostKept)
            _warnings.Add(new CheckProblem(rule, error));
    }

    public void Dispose() => _stored.Dispose();

    private void Add(CheckRule rule, Record record, int node, string? field, string message) => Add(rule, RecordText.Error(record, node, field, message));

    private void LookAtMembers(Record record)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, long position) in record.Members!)
        {
            bool isKnown = name is "model" or "pk" or "fields";
            if (!isKnown)
                AddAt(CheckRule.UnknownMember, record, position, $"'{name}' is passed over: a record has 'model', 'pk' and 'fields' (in XML, 'field' elements).");
            else if (!names.Add(name))
                AddAt(CheckRule.DuplicateKey, record, position, $"The record gives '{name}' twice, and the last one counts. Remove the other.");
        }
    }

    private void AddAt(CheckRule rule, Record record, long position, string message)
    {
        (long line, long column) = record.Source!.Locate(position);
        Add(rule, RecordText.Error(record, -1, null, message) with { Line = line, Column = column });
    }

    private void LookAtKeys(Record record, int map)
    {
        HashSet<string>? names = record[map].Kind == ValueKind.Map ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (int node = map + 1; node < record[map].End; node = record[node].End)
        {
            if (names is not null && Encoding.UTF8.GetString(record.Name(node)) is var name && !names.Add(name))
                Add(CheckRule.DuplicateKey, record, node, name, $"'{name}' is given twice, and the last one counts. Remove the other.");
            LookAtKeys(record, node);
        }
    }

    private void LookForSameRow(Record record, Row row)
    {
        if (KeyOf(record, row) is not { } key)
            return;
        FixtureReader source = record.Source!;
        (long line, long column) = source.Locate(record.Key < 0 ? record.Position : record[record.Key].Position);
        // A file that is loaded twice, as Django does, is the same record.
        if (_seen.TryGetValue((row.Shape.Model.Table, key), out (string File, long Line, long Column) before) && before != (source.Path, line, column))
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{before.File}({before.Line},{before.Column})");
            Add(CheckRule.DuplicateRecord, record, record.Key, null, $"Row {key} of table '{row.Shape.Model.Table.Name}' is also in {place}, and the later one counts. Remove one of the two.");
        }
        _seen[(row.Shape.Model.Table, key)] = (source.Path, line, column);
    }

    /// <summary>The key of the row; where SQLite has made it, that of the row that was written last.</summary>
    private string? KeyOf(Record record, Row row)
    {
        ColumnField[] key = row.Shape.Model.Key;
        if (row.HasKey && key.Length > 0)
            return string.Join(BrokenForeignKey.Separator, Enumerable.Range(0, key.Length).Select(part => row.Values[part].Display(record.Arena)));
        return key is [{ Type.Type: Mapping.ValueType.Integer }] ? raw.sqlite3_last_insert_rowid(database).ToString(CultureInfo.InvariantCulture) : null;
    }

    private void LookForSameColumn(Record record, ModelMap model)
    {
        Dictionary<Column, string> names = [];
        if (record.Key >= 0 && record[record.Key].Kind != ValueKind.Null && model.Key.Length > 0)
            names = model.Key.ToDictionary(key => key.Column, _ => "pk");
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            // The same name twice is told already.
            if (model.FieldOf(record, node) is ColumnField field && !names.TryAdd(field.Column, field.Field) && names[field.Column] != field.Field)
                Add(CheckRule.DuplicateKey, record, node, field.Field, $"'{field.Field}' and '{names[field.Column]}' are the same column '{field.Column.Name}', and one of them counts. Remove the other.");
        }
    }

    private void LookAtLengths(Record record, Row row)
    {
        for (int slot = 0; slot < row.Shape.Slots.Length; slot++)
        {
            ColumnField field = row.Shape.Slots[slot].Field;
            SqlValue value = row.Values[slot];
            if (field.Column.MaxLength is not { } most || value.Type != SqlType.Text || value.Length <= most)
                continue;
            int length = CountCharacters(record.Bytes(value.Start, value.Length));
            if (length > most)
                Add(CheckRule.TooLong, record, NodeOf(record, row.Shape, slot), field.Field, string.Create(CultureInfo.InvariantCulture, $"'{field.Field}' has {length} characters, and the column '{field.Column.Name}' is declared for {most}. SQLite takes them all; other databases do not."));
        }
    }

    private void LookForRoundedIntegers(Record record, Row row)
    {
        for (int slot = 0; slot < row.Shape.Slots.Length; slot++)
        {
            if (row.Values[slot].Type == SqlType.Real && NodeOf(record, row.Shape, slot) is >= 0 and var node && StoredValues.IsRounded(record.Value(node), row.Values[slot]))
                AddChanged(record, row, slot, row.Values[slot].Display(record.Arena));
        }
    }

    private void AddChanged(Record record, Row row, int slot, string stored)
    {
        ColumnField field = row.Shape.Slots[slot].Field;
        int node = NodeOf(record, row.Shape, slot);
        string given = node < 0 ? row.Values[slot].Display(record.Arena) : RecordText.Display(record, node);
        Add(CheckRule.ChangedValue, record, node, field.Field, $"'{field.Field}' is {given}, and SQLite stores {RecordText.Cut(stored)} in the column '{field.Column.Name}'. Declare the column as text, or write the value as it is stored.");
    }

    // Characters as other databases count them: code points.
    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte code in utf8)
            count += (code & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }

    /// <summary>The node of a slot's value, or -1.</summary>
    private static int NodeOf(Record record, RowShape shape, int slot)
    {
        int field = Array.IndexOf(shape.FieldSlots, slot);
        if (field < 0)
            return slot < shape.Model.Key.Length ? record.Key : -1;
        int node = record.Fields + 1;
        while (field-- > 0)
            node = record[node].End;
        return node;
    }
}

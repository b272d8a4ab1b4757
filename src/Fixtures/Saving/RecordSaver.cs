using System.Runtime.InteropServices;
using Fixtures.Formats;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Saves rows with all that hangs on them: many-to-many lists at once, references that must wait at the end.</summary>
internal sealed class RecordSaver : IDisposable
{
    private readonly sqlite3 _database;
    private readonly NaturalKeyLookup _lookup;
    private readonly RowWriter _rows;
    private readonly PostponedIndexes _indexes;
    private readonly BorrowedIndexes _borrowed;
    private JoinTableWriter? _joins;
    private WaitingReferences? _waiting;
    private readonly Dictionary<Column, Statement> _updates = [];
    private readonly Dictionary<Column, Statement> _reads = [];

    /// <param name="database">The connection, in a transaction.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="options">The options.</param>
    /// <param name="throwIfCancelled">Called where something takes long that no record is read for.</param>
    public RecordSaver(sqlite3 database, SchemaMap schema, FixtureOptions options, Action throwIfCancelled)
    {
        _database = database;
        _rows = new RowWriter(database);
        _indexes = new PostponedIndexes(database, throwIfCancelled);
        _borrowed = new BorrowedIndexes(database);
        _lookup = new NaturalKeyLookup(database, schema, _rows.Flush, _indexes.BeforeLookup);
        Mapper = new RecordMapper(schema, _lookup, options);
    }

    /// <summary>Turns records into the rows to save.</summary>
    public RecordMapper Mapper { get; }

    /// <inheritdoc cref="RowWriter.MostParameters"/>
    public int MostParameters => _rows.MostParameters;

    private JoinTableWriter Joins => _joins ??= new JoinTableWriter(_database, _borrowed);

    /// <summary>Says that records of another fixture come now.</summary>
    /// <param name="estimateRecordsLeft">About how many of them are still to come, whenever it is asked; 0 if nobody knows.</param>
    /// <param name="isReadOnce">Whether it cannot be read again, to find the place of a record that SQLite refuses.</param>
    public void BeginFixture(Func<long> estimateRecordsLeft, bool isReadOnce)
    {
        _indexes.BeginFixture(estimateRecordsLeft);
        _rows.BeginFixture(isReadOnce);
    }

    /// <summary>Saves a row, now or together with the next ones.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">SQLite does not take a row of a many-to-many list.</exception>
    /// <exception cref="MappingError">The row cannot have a many-to-many list.</exception>
    /// <exception cref="FixtureException">SQLite does not take the row, or one that was saved before; the error names its record.</exception>
    public void Save(Record record, Row row)
    {
        bool needsKey = row.HasMore;
        BeforeWrite(row.Shape.Model.Table, rows: 1);
        _rows.Write(record, row, needsKey);
        if (!needsKey)
            return;

        if (!row.HasKey)
            throw new MappingError($"Table '{row.Shape.Model.Table.Name}' has no primary key, and many-to-many lists and references that wait need one.");
        foreach (RowJoin join in row.Joins)
            SaveJoin(record, row, join);
        foreach (RowReference reference in row.Waiting)
            Wait(record, row, reference.Field, row.Values[..row.Shape.Model.Key.Length], reference.Node);
    }

    /// <summary>Writes the rows that are still to be written.</summary>
    /// <exception cref="FixtureException">SQLite does not take one; the error names its record.</exception>
    public void Flush() => _rows.Flush();

    /// <summary>Writes rows that need nothing but their own values, as <see cref="RecordMapper.NeedsDatabase"/> tells.</summary>
    /// <exception cref="FixtureException">SQLite does not take one; the error names its record.</exception>
    public void Save(RowBatch rows)
    {
        BeforeWrite(rows.Shape!.Model.Table, rows.Count);
        _rows.Write(rows);
    }

    private void BeforeWrite(Table table, int rows)
    {
        _indexes.BeforeWrite(table, rows);
        _borrowed.BeforeWrite(table, rows);
    }

    /// <summary>
    /// Writes what is still to be written, and fulfils the references that have waited. One may be found by another that waits (a part of its
    /// natural key), so those that are not found are looked for again, as long as that helps.
    /// </summary>
    /// <param name="errors">Told of each natural key that no row has.</param>
    /// <exception cref="FixtureException">SQLite does not take a row.</exception>
    public void Complete(LoadErrors errors)
    {
        Flush();
        _indexes.CreateAgain();
        Fulfil(errors);
        _borrowed.Drop();
    }

    private void Fulfil(LoadErrors errors)
    {
        if (_waiting is null)
            return;
        var record = new Record();
        while (_waiting.Count > 0)
        {
            var unfulfilled = new WaitingReferences();
            using (WaitingReferences current = _waiting)
            {
                _waiting = unfulfilled;
                foreach (WaitingReference waiting in current.ReadAll(record))
                {
                    if (!TryFulfil(record, waiting, errors))
                        unfulfilled.Add(record, waiting);
                }
                if (unfulfilled.Count < current.Count)
                    continue;
                foreach (WaitingReference waiting in unfulfilled.ReadAll(record))
                    AddNotProvided(record, waiting, errors);
                return;
            }
        }
    }

    /// <returns>False if no row has the natural key yet.</returns>
    private bool TryFulfil(Record record, WaitingReference waiting, LoadErrors errors)
    {
        try
        {
            if (waiting.Field is ColumnField column)
            {
                if (!_lookup.TryFind(record, waiting.Node, column.Reference!, column.Field, out SqlValue value))
                    return false;
                Update(record, waiting.Model, column.Column, waiting.Key, value);
            }
            else if (waiting.Field is ManyToManyField join)
            {
                List<SqlValue> values = [];
                if (!Mapper.TryMapList(record, waiting.Node, join, values, out _))
                    return false;
                Joins.Write(record, join.Join, waiting.Key[0], CollectionsMarshal.AsSpan(values));
            }
            return true;
        }
        catch (MappingError error)
        {
            errors.Add(waiting.Error with { Message = error.Message }, error, waiting.Model.Table);
            return true;
        }
        catch (Microsoft.Data.Sqlite.SqliteException exception)
        {
            throw SqliteErrors.At(exception, waiting.Error);
        }
    }

    public void Dispose()
    {
        _lookup.Dispose();
        _rows.Dispose();
        _joins?.Dispose();
        _waiting?.Dispose();
        foreach (Statement statement in _updates.Values)
            statement.Dispose();
        foreach (Statement statement in _reads.Values)
            statement.Dispose();
    }

    private void SaveJoin(Record record, Row row, RowJoin join)
    {
        SqlValue from = ReadFrom(record, row, join.Field.Join.FromReference);
        if (join.Count < 0)
            Wait(record, row, join.Field, [from], join.Node);
        else
            Joins.Write(record, join.Field.Join, from, CollectionsMarshal.AsSpan(row.JoinValues).Slice(join.First, join.Count));
    }

    /// <summary>The value of the column that a join table refers to: the primary key, nearly always.</summary>
    private SqlValue ReadFrom(Record record, Row row, Reference reference)
    {
        ModelMap model = row.Shape.Model;
        Column column = reference.Column;
        // The join table of a multi-table parent refers to the parent's row, which has the same key as the child's.
        if (model.Key is [{ } key] && (key.Column == column || reference.Table != model.Table))
            return row.Values[0];

        if (!_reads.TryGetValue(column, out Statement? read))
            _reads.Add(column, read = new Statement(_database, $"SELECT {column.QuotedName} FROM {model.Table.QuotedName} WHERE {KeyCondition(model, 1)}"));
        for (int part = 0; part < model.Key.Length; part++)
            read.Bind(part + 1, row.Values[part], record.Arena);
        read.Step();
        SqlValue value = read.Value(0, record);
        read.Reset();
        return value;
    }

    private void Update(Record record, ModelMap model, Column column, SqlValue[] key, SqlValue value)
    {
        if (!_updates.TryGetValue(column, out Statement? update))
            _updates.Add(column, update = new Statement(_database, $"UPDATE {model.Table.QuotedName} SET {column.QuotedName} = ?1 WHERE {KeyCondition(model, 2)}"));
        update.Bind(1, value, record.Arena);
        for (int part = 0; part < key.Length; part++)
            update.Bind(part + 2, key[part], record.Arena);
        update.Execute();
    }

    private static string KeyCondition(ModelMap model, int firstParameter) =>
        string.Join(" AND ", model.Key.Select((key, part) => $"{key.Column.QuotedName} = ?{part + firstParameter}"));

    private void Wait(Record record, Row row, FieldTarget field, SqlValue[] key, int node) =>
        (_waiting ??= new WaitingReferences()).Add(record, new WaitingReference(row.Shape.Model, field, key, node, RecordText.Error(record, node, field.Field, "")));

    private void AddNotProvided(Record record, WaitingReference waiting, LoadErrors errors)
    {
        (Table table, int node) = waiting.Field switch
        {
            ColumnField column => (column.Reference!.Table, waiting.Node),
            ManyToManyField join => (join.Join.ToReference.Table, FirstNotFound(record, waiting.Node, join)),
            _ => throw new InvalidOperationException($"{waiting.Field.GetType().Name} is no field that waits."),
        };
        var error = new MappingError($"'{waiting.Field.Field}' refers to {table.Name} {RecordText.Display(record, node)}, which no row provides. Add it to a fixture that is loaded with this one.") { Missing = table };
        errors.Add(waiting.Error with { Message = error.Message }, error, waiting.Model.Table);
    }

    private int FirstNotFound(Record record, int list, ManyToManyField field)
    {
        Mapper.TryMapList(record, list, field, [], out int element);
        return element;
    }
}

using Fixtures.Formats;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Writes rows: one prepared statement for each shape of record, an upsert where the key is known.</summary>
internal sealed class RowWriter(sqlite3 database) : IDisposable
{
    // Fixtures whose records all differ in their fields would otherwise prepare without end.
    private const int MostStatements = 256;

    private readonly Dictionary<(RowShape Shape, bool HasKey, bool ReturnsKey), Statement> _statements = [];
    private (RowShape? Shape, bool HasKey, bool ReturnsKey) _lastUse;
    private Statement? _lastStatement;

    /// <summary>Writes a row.</summary>
    /// <param name="record">The record whose bytes the row slices.</param>
    /// <param name="row">The row; where its key was not known and <paramref name="needsKey"/> says so, it is afterwards.</param>
    /// <param name="needsKey">Whether the key that SQLite gives the row is asked for.</param>
    public void Write(Record record, Row row, bool needsKey)
    {
        int keyLength = row.Shape.Model.Key.Length;
        bool returnsKey = needsKey && !row.HasKey && keyLength > 0;
        Statement statement = StatementFor(row.Shape, row.HasKey, returnsKey);

        int parameter = 1;
        for (int slot = row.HasKey ? 0 : keyLength; slot < row.Shape.Slots.Length; slot++)
            statement.Bind(parameter++, row.Values[slot], record);

        if (!returnsKey)
        {
            statement.Execute();
            return;
        }
        statement.Step();
        for (int part = 0; part < keyLength; part++)
            row.Values[part] = statement.Value(part, record);
        row.HasKey = true;
        statement.Execute();
    }

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    private Statement StatementFor(RowShape shape, bool hasKey, bool returnsKey)
    {
        (RowShape, bool, bool) use = (shape, hasKey, returnsKey);
        if (_lastStatement is not null && use == _lastUse)
            return _lastStatement;

        if (!_statements.TryGetValue(use, out Statement? statement))
        {
            if (_statements.Count == MostStatements)
                Dispose();
            _statements.Add(use, statement = new Statement(database, Sql(shape, hasKey, returnsKey)));
        }
        _lastUse = use;
        return _lastStatement = statement;
    }

    private static string Sql(RowShape shape, bool hasKey, bool returnsKey)
    {
        Table table = shape.Model.Table;
        ColumnField[] key = shape.Model.Key;
        string[] columns = [.. shape.Slots.Skip(hasKey ? 0 : key.Length).Select(slot => slot.Field.Column.QuotedName)];
        string insert = columns.Length == 0
            ? $"INSERT INTO {table.QuotedName} DEFAULT VALUES"
            : $"INSERT INTO {table.QuotedName} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        string keyColumns = string.Join(", ", key.Select(part => part.Column.QuotedName));
        if (!hasKey)
            return returnsKey ? $"{insert} RETURNING {keyColumns}" : insert;

        // A column that the INSERT does not name is its DEFAULT in "excluded" too: the row becomes equal to the fixture.
        string assignments = string.Join(", ", table.Columns.Where(column => column is { IsPrimaryKey: false, IsGenerated: false }).Select(column => $"{column.QuotedName} = excluded.{column.QuotedName}"));
        return $"{insert} ON CONFLICT ({keyColumns}) DO {(assignments.Length == 0 ? "NOTHING" : $"UPDATE SET {assignments}")}";
    }
}

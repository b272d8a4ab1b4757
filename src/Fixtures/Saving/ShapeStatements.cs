using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>The statements that write rows of one shape, each prepared when it is first used.</summary>
/// <param name="database">The connection.</param>
/// <param name="shape">The shape.</param>
/// <param name="hasKey">Whether the rows' keys are known.</param>
/// <param name="native">How they are called: see <see cref="Statement"/>.</param>
internal sealed class ShapeStatements(sqlite3 database, RowShape shape, bool hasKey, NativeStatements? native) : IDisposable
{
    private Statement? _one;
    private Statement? _oneReturningKey;
    private Statement? _many;

    public RowShape Shape => shape;

    public bool HasKey => hasKey;

    /// <summary>How many rows came so far.</summary>
    public int RowCount { get; set; }

    /// <summary>Writes one row.</summary>
    public Statement One => _one ??= new Statement(database, Sql(rowCount: 1, returnsKey: false), native);

    /// <summary>Writes one row and gives the key that SQLite made for it.</summary>
    public Statement OneReturningKey => _oneReturningKey ??= new Statement(database, Sql(rowCount: 1, returnsKey: true), native);

    /// <summary>Writes the rows of a batch that is full: there are as many in each.</summary>
    public Statement Many(RowBatch full) => _many ??= new Statement(database, Sql(full.Count, returnsKey: false), native);

    private string[] Columns { get; } = [.. shape.Slots.Skip(hasKey ? 0 : shape.Model.Key.Length).Select(slot => slot.Field.Column.QuotedName)];

    public void Dispose()
    {
        _one?.Dispose();
        _oneReturningKey?.Dispose();
        _many?.Dispose();
    }

    private string Sql(int rowCount, bool returnsKey)
    {
        Table table = shape.Model.Table;
        string row = $"({string.Join(", ", Columns.Select(_ => "?"))})";
        string insert = Columns.Length == 0
            ? $"INSERT INTO {table.QuotedName} DEFAULT VALUES"
            : $"INSERT INTO {table.QuotedName} ({string.Join(", ", Columns)}) VALUES {string.Join(", ", Enumerable.Repeat(row, rowCount))}";
        string key = string.Join(", ", shape.Model.Key.Select(part => part.Column.QuotedName));
        if (!hasKey)
            return returnsKey ? $"{insert} RETURNING {key}" : insert;

        // A column that the INSERT does not name is its DEFAULT in "excluded" too: the row becomes equal to the fixture.
        string assignments = string.Join(", ", table.Columns.Where(column => column is { IsPrimaryKey: false, IsGenerated: false }).Select(column => $"{column.QuotedName} = excluded.{column.QuotedName}"));
        return $"{insert} ON CONFLICT ({key}) DO {(assignments.Length == 0 ? "NOTHING" : $"UPDATE SET {assignments}")}";
    }
}

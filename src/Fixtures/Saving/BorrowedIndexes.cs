using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// Indexes that a large load makes for itself and drops again, in the same transaction. Without one by the column of a foreign key, SQLite looks at all rows of the table
/// that refers for each row that is referred to, as long as any reference is missing (https://www.sqlite.org/foreignkeys.html#fk_indexes): one forward reference makes
/// a load of n rows cost n squared. So does the search for the rows of a many-to-many list.
/// </summary>
/// <param name="database">The connection, in a transaction: whatever fails is rolled back, and the indexes with it.</param>
internal sealed class BorrowedIndexes(sqlite3 database)
{
    // To look at fewer rows costs less than a change of the schema, after which all statements are prepared again.
    private const int LeastRows = 2000;

    private const int FirstLook = 128;

    private readonly Dictionary<object, Counter> _counters = new(ReferenceEqualityComparer.Instance);
    private Counter _last = new(new object());
    private readonly List<string> _names = [];

    /// <summary>To be called before rows are written that others may refer to.</summary>
    /// <exception cref="SqliteException">There is no room for an index.</exception>
    public void BeforeWrite(Table table, int rows)
    {
        if (!IsTimeToLook(table, rows) || ForeignKeyCheck.CountDeferred(database) == 0)
            return;
        foreach ((string child, string column) in ReferencesWithoutIndex(table))
            Create(child, column);
    }

    /// <summary>To be called before the rows of a table are searched by a column.</summary>
    /// <exception cref="SqliteException">There is no room for an index.</exception>
    public void BeforeSearch(Table table, Column column)
    {
        if (IsTimeToLook(column, 1) && !HasIndex(table.Name, column.Name))
            Create(table.Name, column.Name);
    }

    /// <summary>Drops the indexes that were made.</summary>
    /// <exception cref="SqliteException">Somebody reads from the connection.</exception>
    public void Drop()
    {
        foreach (string name in _names)
            Execute($"DROP INDEX {Table.Qualify(name)}");
        _names.Clear();
    }

    // Seldom, as it costs some statements, and never more than twice as late as would be right.
    private bool IsTimeToLook(object key, int count)
    {
        if (_last.Key != key && !_counters.TryGetValue(key, out _last!))
            _counters.Add(key, _last = new Counter(key));
        _last.Count += count;
        if (_last.Count < _last.NextLook)
            return false;
        _last.NextLook = _last.Count * 2;
        return true;
    }

    private List<(string Child, string Column)> ReferencesWithoutIndex(Table table)
    {
        using var statement = new Statement(
            database,
            """
            SELECT child.name, fk."from" FROM main.sqlite_schema AS child, pragma_foreign_key_list(child.name, 'main') AS fk
            WHERE child.type = 'table' AND child.sql NOT LIKE 'CREATE VIRTUAL%' AND fk."table" = ?1 COLLATE NOCASE
                AND (SELECT count(*) FROM pragma_foreign_key_list(child.name, 'main') AS part WHERE part.id = fk.id) = 1
            """);
        statement.Bind(1, table.Name);
        List<(string, string)> references = [];
        while (statement.Step())
            references.Add((statement.Text(0)!, statement.Text(1)!));
        references.RemoveAll(reference => HasIndex(reference.Item1, reference.Item2));
        return references;
    }

    private bool HasIndex(string table, string column)
    {
        using var statement = new Statement(
            database,
            """
            SELECT 1 FROM pragma_index_list(?1, 'main') AS list JOIN pragma_index_info(list.name, 'main') AS first ON first.seqno = 0
            WHERE first.name = ?2 COLLATE NOCASE AND NOT list.partial
            UNION ALL SELECT 1 FROM pragma_table_info(?1, 'main') WHERE name = ?2 COLLATE NOCASE AND pk = 1
            """);
        statement.Bind(1, table);
        statement.Bind(2, column);
        return statement.Step();
    }

    private void Create(string table, string column)
    {
        // Under an open statement an index cannot be dropped: https://www.sqlite.org/rescode.html#locked.
        if (!HasRows(table) || OpenStatements.MayBeAny(database))
            return;
        string name = $"fixtures_load_{Guid.NewGuid():N}";
        Execute($"CREATE INDEX {Table.Qualify(name)} ON {Statement.Quote(table)} ({Statement.Quote(column)})");
        _names.Add(name);
    }

    private bool HasRows(string table)
    {
        using var statement = new Statement(database, $"SELECT 1 FROM {Table.Qualify(table)} LIMIT 1 OFFSET {LeastRows}");
        return statement.Step();
    }

    private void Execute(string sql)
    {
        using var statement = new Statement(database, sql);
        statement.Execute();
    }

    /// <summary>How often something was done to a table or a column.</summary>
    private sealed class Counter(object key)
    {
        public object Key => key;

        public long Count { get; set; }

        public long NextLook { get; set; } = FirstLook;
    }
}

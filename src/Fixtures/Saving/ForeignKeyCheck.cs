using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>A row whose foreign key refers to no row.</summary>
internal sealed record BrokenForeignKey(string Table, string? Key, string Columns, string Value, string ReferencedTable, string ReferencedColumns)
{
    /// <summary>What stands between the columns, and between the values, of a key that has several.</summary>
    public const string Separator = ", ";

    /// <summary>The row without its record: of a table, not of a model.</summary>
    public FixtureError ToError() => new($"'{Columns}' {WhatIsWrong}") { Model = Table, Key = Key, Field = Columns };

    /// <param name="field">The field as the record writes it.</param>
    public string Message(string field) => $"'{field}' ({Table}.{Columns}) {WhatIsWrong}";

    private string WhatIsWrong => $"refers to {ReferencedTable} {Value} ({ReferencedColumns}), which no row provides. Add it to a fixture that is loaded with this one.";
}

/// <summary>Refuses a load that leaves a foreign key broken. One that was broken before is not blamed on it.</summary>
internal sealed class ForeignKeyCheck
{
    private const int DeferredForeignKeys = 10;

    private readonly sqlite3 _database;
    private readonly LoadTransaction _transaction;
    private readonly int _mostErrors;
    private readonly List<BrokenForeignKey>? _before;

    /// <summary>Begins the watch. What is broken already is only looked for where SQLite's counter will not tell old from new.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="transaction">The transaction that the load is in.</param>
    /// <param name="mostErrors">How many broken foreign keys are named.</param>
    public ForeignKeyCheck(sqlite3 database, LoadTransaction transaction, int mostErrors)
    {
        _mostErrors = mostErrors;
        _database = database;
        _transaction = transaction;
        if (!transaction.IsEnforced || CountDeferred(database) != 0)
            _before = Find(database);
    }

    /// <param name="toErrors">Finds the records of the rows.</param>
    /// <exception cref="FixtureException">A row refers to nothing (stage Constraint). Every such row is named; the transaction may have been rolled back.</exception>
    public void Check(Func<IReadOnlyList<BrokenForeignKey>, FixtureError[]> toErrors)
    {
        if (_transaction.IsEnforced && CountDeferred(_database) == 0)
            return;

        // What SQLite counts and no row shows, its commit refuses.
        List<BrokenForeignKey> after = Find(_database);
        if (after.Count == 0)
            return;
        List<BrokenForeignKey>? before = _before;
        if (before is null)
        {
            _transaction.Rollback();
            before = Find(_database);
        }
        HashSet<BrokenForeignKey> old = [.. before];
        BrokenForeignKey[] fresh = [.. after.Where(broken => !old.Contains(broken))];
        if (fresh.Length > 0)
            throw new FixtureException(FixtureStage.Constraint, toErrors(fresh[..Math.Min(fresh.Length, _mostErrors)]), fresh.Length);
        if (after.Count == 0)
            throw new FixtureException(FixtureStage.Constraint, new FixtureError("A foreign key is broken, in a database that is attached or temporary. Code of a label, or a trigger, wrote to it."));
        if (_before is null)
            throw new FixtureException(FixtureStage.Constraint, toErrors([.. after.Take(_mostErrors)]), after.Count);
    }

    /// <summary>How many deferred violations the current transaction has; zero is certain. One counter, no scan: https://www.sqlite.org/c3ref/c_dbstatus_options.html.</summary>
    public static int CountDeferred(sqlite3 database)
    {
        // SQLITE_DBSTATUS_DEFERRED_FKS gives 0 or 1: whether there are any.
        int result = raw.sqlite3_db_status(database, DeferredForeignKeys, out int current, out _, 0);
        return result == raw.SQLITE_OK ? current : throw new InvalidOperationException($"sqlite3_db_status gave {result}.");
    }

    /// <summary>All foreign keys of the database that refer to no row.</summary>
    public static List<BrokenForeignKey> Find(sqlite3 database)
    {
        var keys = new SortedSet<(string Table, long Id)>();
        using (var check = new Statement(database, "PRAGMA main.foreign_key_check"))
        {
            while (check.Step())
                keys.Add((check.Text(0)!, check.Integer(3)));
        }

        List<BrokenForeignKey> broken = [];
        foreach ((string table, long id) in keys)
            FindRows(database, table, id, broken);
        return broken;
    }

    private static void FindRows(sqlite3 database, string table, long id, List<BrokenForeignKey> broken)
    {
        List<string> key = ReadNames(database, "SELECT name FROM pragma_table_info(?1, 'main') WHERE pk > 0 ORDER BY pk", table);
        List<string> columns = [];
        List<string?> referencedColumns = [];
        string referencedTable = "";
        using (var list = new Statement(database, "SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?, 'main') WHERE id = ? ORDER BY seq"))
        {
            list.Bind(1, table);
            list.Bind(2, id);
            while (list.Step())
            {
                referencedTable = list.Text(0)!;
                columns.Add(list.Text(1)!);
                referencedColumns.Add(list.Text(2));
            }
        }

        // REFERENCES without columns means the primary key.
        string[] targets = referencedColumns.Contains(null)
            ? [.. ReadNames(database, "SELECT name FROM pragma_table_info(?1, 'main') WHERE pk > 0 ORDER BY pk", referencedTable)]
            : [.. referencedColumns.Select(column => column!)];
        bool referencedExists = targets.Length == columns.Count && ReadNames(database, "SELECT name FROM pragma_table_xinfo(?1, 'main')", referencedTable).Count > 0;

        string given = string.Join(" AND ", columns.Select(column => $"child.{Statement.Quote(column)} IS NOT NULL"));
        // "+" takes the child's affinity away: the parent's alone counts, https://www.sqlite.org/foreignkeys.html#fk_basics.
        string matches = string.Join(" AND ", columns.Zip(targets, (column, target) => $"parent.{Statement.Quote(target)} = +child.{Statement.Quote(column)}"));
        string missing = referencedExists ? $" AND NOT EXISTS (SELECT 1 FROM {Table.Qualify(referencedTable)} AS parent WHERE {matches})" : "";
        string selected = string.Join(", ", key.Concat(columns).Select(column => $"child.{Statement.Quote(column)}"));
        using var rows = new Statement(database, $"SELECT {selected} FROM {Table.Qualify(table)} AS child WHERE {given}{missing}");
        while (rows.Step())
        {
            broken.Add(new BrokenForeignKey(
                table,
                key.Count == 0 ? null : string.Join(BrokenForeignKey.Separator, Enumerable.Range(0, key.Count).Select(rows.Display)),
                string.Join(BrokenForeignKey.Separator, columns),
                string.Join(BrokenForeignKey.Separator, Enumerable.Range(key.Count, columns.Count).Select(rows.Display)),
                referencedTable,
                string.Join(", ", targets)));
        }
    }

    private static List<string> ReadNames(sqlite3 database, string sql, string table)
    {
        using var statement = new Statement(database, sql);
        statement.Bind(1, table);
        List<string> names = [];
        while (statement.Step())
            names.Add(statement.Text(0)!);
        return names;
    }
}

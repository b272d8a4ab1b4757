using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Empties all tables, inside a load's transaction.</summary>
/// <param name="database">The connection's handle.</param>
/// <param name="throwIfCancelled">Called between tables.</param>
internal sealed class DatabaseFlush(sqlite3 database, Action throwIfCancelled)
{
    private readonly FlushTables _tables = FlushTables.Read(database);

    /// <returns>How many rows there were.</returns>
    /// <exception cref="FixtureException">A table cannot be emptied; the transaction is to be rolled back.</exception>
    public long Run()
    {
        List<TableRows> rows = _tables.CountRows();

        // Where no row is left that could refer to another, no key can be broken: SQLite need not follow each row's references, and RESTRICT, which cannot be
        // deferred, need not fail for rows that refer to one another. What the caller's transaction has still to make good is counted, and must be counted down.
        bool foreignKeysToo = ForeignKeyCheck.CountDeferred(database) == 0 && !_tables.Kept.Any(HasForeignKeys);
        using (new SuspendedRules(database, foreignKeysToo))
        {
            EmptyTables([.. rows.Where(table => table.Rows > 0).Select(table => table.Table)]);
            foreach (FullTextIndex index in _tables.Indexes)
                Empty(index);
        }
        ResetSequences();
        return rows.Sum(table => table.Rows);
    }

    // What refuses in one round may go in the next: RESTRICT, when the rows that refer to it have gone. A temporary trigger, which runs on, may fill a table
    // that was empty before. As many rounds as there are tables are enough for any chain of these.
    private void EmptyTables(List<string> left)
    {
        SqliteException? refusal = null;
        for (int round = 0; left.Count > 0; round++)
        {
            if (round > _tables.Names.Count)
                throw NotEmptied(left, refusal);
            refusal = null;
            foreach (string table in left)
            {
                throwIfCancelled();
                if (TryEmpty(table) is { } refused)
                    refusal = refused;
            }
            left = _tables.FindNotEmpty();
        }
    }

    private SqliteException? TryEmpty(string table)
    {
        try
        {
            Execute($"DELETE FROM {Table.Qualify(table)}");
            return null;
        }
        catch (SqliteException exception) when (SqliteErrors.StageOf(exception) == FixtureStage.Constraint && raw.sqlite3_get_autocommit(database) == 0)
        {
            return exception;
        }
        catch (SqliteException exception)
        {
            throw NotEmptied([table], exception);
        }
    }

    private void Empty(FullTextIndex index)
    {
        throwIfCancelled();
        try
        {
            Execute($"INSERT INTO {Table.Qualify(index.Name)} ({Statement.Quote(index.Name)}) VALUES ('{index.EmptyCommand}')");
        }
        catch (SqliteException exception)
        {
            throw NotEmptied([index.Name], exception);
        }
    }

    private void ResetSequences()
    {
        // Only there if a table has ever had AUTOINCREMENT: https://www.sqlite.org/autoinc.html.
        using (var exists = new Statement(database, "SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'"))
        {
            if (!exists.Step())
                return;
        }
        using var reset = new Statement(database, "DELETE FROM main.sqlite_sequence WHERE name = ?");
        foreach (string table in _tables.Names)
        {
            reset.Bind(1, table);
            reset.Execute();
        }
    }

    private bool HasForeignKeys(string table)
    {
        using var statement = new Statement(database, "SELECT 1 FROM pragma_foreign_key_list(?, 'main')");
        statement.Bind(1, table);
        return statement.Step();
    }

    private void Execute(string sql)
    {
        using var statement = new Statement(database, sql);
        statement.Execute();
    }

    private static FixtureException NotEmptied(IReadOnlyList<string> tables, SqliteException? refusal)
    {
        string names = string.Join(", ", tables.Select(table => $"'{table}'"));
        if (refusal is null)
            return new FixtureException(FixtureStage.Constraint, new FixtureError($"Not empty after all rows were deleted: {names}. A temporary trigger of the connection fills them again; drop it."));
        return SqliteErrors.At(refusal, new FixtureError(""), $"Cannot be emptied: {names}");
    }
}

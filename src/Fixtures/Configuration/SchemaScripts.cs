using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Configuration;

/// <summary>Makes the schema of a new database.</summary>
internal static class SchemaScripts
{
    /// <summary>
    /// Runs scripts in order and then code, in autocommit. <c>PRAGMA foreign_keys</c> is afterwards as it was before each of them, because scripts
    /// made by the sqlite3 shell's .dump leave it off. An error, and a transaction that is left open, is rolled back and refused
    /// with the script's line and column; statements before it are kept unless they stood in that transaction.
    /// </summary>
    /// <param name="connection">An open connection without transaction.</param>
    /// <param name="scripts">Full paths, as <see cref="PathExpansion.ExpandScripts"/> gives them.</param>
    /// <param name="createSchema"><see cref="FixtureOptions.CreateSchema"/>.</param>
    public static void Run(SqliteConnection connection, IReadOnlyList<string> scripts, Action<SqliteConnection>? createSchema)
    {
        sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection must be open.");
        foreach (string script in scripts)
            KeepingConnectionState(connection, database, () => RunScript(database, TextFile.Read(script)));
        if (createSchema is not null)
            KeepingConnectionState(connection, database, () => RunCode(connection, database, createSchema));
    }

    private static void KeepingConnectionState(SqliteConnection connection, sqlite3 database, Action run)
    {
        bool foreignKeys = ForeignKeys(connection);
        try
        {
            run();
        }
        finally
        {
            // First, because the pragma does nothing inside a transaction: https://sqlite.org/pragma.html#pragma_foreign_keys
            if (IsInTransaction(database))
                raw.sqlite3_exec(database, "ROLLBACK");
            if (ForeignKeys(connection) != foreignKeys)
                raw.sqlite3_exec(database, foreignKeys ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
        }
    }

    private static void RunScript(sqlite3 database, TextFile file)
    {
        int end = file.Text.Length;
        int nul = file.Text.IndexOf((byte)0);
        if (nul >= 0)
            throw file.Refuse("The script holds a NUL character, where SQLite would stop reading. Save it as UTF-8 text.", nul);

        // With the NUL inside the span SQLite reads in place; without it, it copies the rest of the script for each statement.
        byte[] sql = [.. file.Text, 0];
        int transactionStart = 0;
        for (int offset = 0; offset < end;)
        {
            int start = SqlText.SkipBlank(file.Text, offset);
            bool wasInTransaction = IsInTransaction(database);
            offset = RunStatement(database, file, sql, start);
            if (!wasInTransaction && IsInTransaction(database))
                transactionStart = start;
        }

        if (IsInTransaction(database))
            throw file.Refuse("The script leaves the transaction open that begins here. End it with COMMIT.", transactionStart);
    }

    // Gives the offset behind the statement.
    private static int RunStatement(sqlite3 database, TextFile file, byte[] sql, int start)
    {
        int result = raw.sqlite3_prepare_v2(database, sql.AsSpan(start), out sqlite3_stmt statement, out ReadOnlySpan<byte> tail);
        using (statement)
        {
            if (result != raw.SQLITE_OK)
                throw Refuse(database, file, sql, start, result);

            // Nothing is prepared from a comment or a semicolon alone.
            if (!statement.IsInvalid)
            {
                do
                {
                    result = raw.sqlite3_step(statement);
                }
                while (result == raw.SQLITE_ROW);

                if (result != raw.SQLITE_DONE)
                    throw Refuse(database, file, sql, start, result);
            }
        }

        return sql.Length - tail.Length;
    }

    private static void RunCode(SqliteConnection connection, sqlite3 database, Action<SqliteConnection> createSchema)
    {
        try
        {
            createSchema(connection);
        }
        catch (SqliteException exception)
        {
            throw new FixtureException(StageOf(exception.SqliteErrorCode), new FixtureError($"CreateSchema failed: {exception.Message}"), exception);
        }

        if (IsInTransaction(database))
            throw new FixtureException(FixtureStage.Config, new FixtureError("CreateSchema leaves a transaction open. Commit it."));
    }

    private static FixtureException Refuse(sqlite3 database, TextFile file, byte[] sql, int start, int result)
    {
        string problem = raw.sqlite3_errmsg(database).utf8_to_string();
        string next = sql[start] == '.' ? " Lines that begin with a dot are commands of the sqlite3 shell: leave them out." : "";
        return file.Refuse($"This statement failed: {problem}.{next}", start, StageOf(result));
    }

    // A script is to blame for what it says, not for a disk that is full.
    private static FixtureStage StageOf(int result) => (result & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT
            or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB => FixtureStage.Database,
        _ => FixtureStage.Config,
    };

    private static bool IsInTransaction(sqlite3 database) => raw.sqlite3_get_autocommit(database) == 0;

    private static bool ForeignKeys(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys";
        return command.ExecuteScalar() is 1L;
    }
}

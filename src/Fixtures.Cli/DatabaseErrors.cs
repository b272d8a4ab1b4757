using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Cli;

/// <summary>Opens databases and looks into them, and says what is wrong with one that cannot be used.</summary>
internal static class DatabaseErrors
{
    private const string IsReadOnly = "is read-only. Check the permissions of the file and of its directory, and Mode in the connection string.";

    /// <summary>Opens a database.</summary>
    public static SqliteConnection Open(SqliteConnectionStringBuilder connectionString, string shown)
    {
        var connection = new SqliteConnection(connectionString.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Refused(exception, shown);
        }
        catch (InvalidOperationException exception)
        {
            // A password, which this build of SQLite cannot use.
            connection.Dispose();
            throw new FixtureException(FixtureStage.Database, new FixtureError($"Database '{shown}' cannot be opened: {exception.Message}"), exception);
        }
    }

    /// <summary>Whether a database has tables of its own. Closes the connection where it cannot be read.</summary>
    public static bool HasTables(SqliteConnection connection, string shown)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')";
            return command.ExecuteScalar() is 1L;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw Refused(exception, shown);
        }
    }

    /// <summary>Refuses a database that can only be read, which SQLite would say at the first record and of that record. Closes the connection.</summary>
    public static void RequireWritable(SqliteConnection connection, string shown)
    {
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 0)
            return;
        connection.Dispose();
        throw Refused($"Database '{shown}' {IsReadOnly}");
    }

    /// <summary>Runs a call of the library, and names the database in what is wrong with it as a whole: the library does not know what it is called here.</summary>
    public static T Naming<T>(DatabasePlace place, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (FixtureException exception) when (exception is { Stage: FixtureStage.Database, Errors: [{ File: null }] })
        {
            throw new FixtureException(exception.Stage, exception.Errors[0] with { File = place.Shown }, exception);
        }
    }

    public static FixtureException Refused(string message) => new(FixtureStage.Database, new FixtureError(message));

    public static FixtureException Refused(SqliteException exception, string shown) => new(
        FixtureStage.Database,
        new FixtureError(exception.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Database '{shown}' is locked by another connection. Try again when that one is done, or wait longer: 'Default Timeout' in the connection string, in seconds.",
            raw.SQLITE_NOTADB => $"'{shown}' is not a SQLite database. Name another file, or delete this one.",
            raw.SQLITE_CANTOPEN => $"Database '{shown}' cannot be opened. Check the permissions of the file and of its directory.",
            raw.SQLITE_READONLY => $"Database '{shown}' {IsReadOnly}",
            _ => $"Database '{shown}' cannot be used: {exception.Message}",
        }),
        exception);
}

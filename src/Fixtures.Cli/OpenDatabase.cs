using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Cli;

/// <summary>
/// An open database, and a look into it. Where nothing is said of it but its file, it is SQLite's handle alone: to start up Microsoft.Data.Sqlite too takes eight tenths
/// of the time of a program that prints a word (benchmarks: start_up).
/// </summary>
internal sealed class OpenDatabase : IDisposable
{
    // As long as commands of Microsoft.Data.Sqlite wait unless told otherwise.
    private const int LockTimeout = 30_000;

    private readonly string _shown;
    private readonly SqliteConnection? _connection;

    private OpenDatabase(string shown, sqlite3 handle, SqliteConnection? connection)
    {
        _shown = shown;
        Handle = handle;
        _connection = connection;
    }

    public sqlite3 Handle { get; }

    /// <summary>The connection of a database that was opened with a connection string.</summary>
    public SqliteConnection Connection => _connection ?? throw new InvalidOperationException("This database has been opened by its file.");

    /// <summary>Opens a file that is there.</summary>
    /// <exception cref="FixtureException">It cannot be opened.</exception>
    public static OpenDatabase OpenFile(string file, string shown)
    {
        Batteries_V2.Init();
        // One thread uses it: SQLite's lock around each call takes 8 % of a large load (LoadInto of 500,000 records, 49 rounds: 0.92 of the time on one thread, 0.95 on two).
        int result = raw.sqlite3_open_v2(file, out sqlite3 handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new OpenDatabase(shown, handle, null);
        try
        {
            database.Check(result);
            raw.sqlite3_busy_timeout(handle, LockTimeout);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens what a connection string names.</summary>
    /// <exception cref="FixtureException">It cannot be opened.</exception>
    public static OpenDatabase Open(SqliteConnectionStringBuilder connectionString, string shown)
    {
        var connection = new SqliteConnection(connectionString.ConnectionString);
        try
        {
            connection.Open();
            // The connection's commands wait that long; a load through its handle does too then.
            raw.sqlite3_busy_timeout(connection.Handle, connection.DefaultTimeout == 0 ? int.MaxValue : (int)Math.Min(connection.DefaultTimeout * 1000L, int.MaxValue));
            return new OpenDatabase(shown, connection.Handle!, connection);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw DatabaseErrors.Refused(exception, shown);
        }
        catch (InvalidOperationException exception)
        {
            // A password, which this build of SQLite cannot use.
            connection.Dispose();
            throw new FixtureException(FixtureStage.Database, new FixtureError($"Database '{shown}' cannot be opened: {exception.Message}"), exception);
        }
    }

    /// <summary>Whether the database has tables of its own.</summary>
    /// <exception cref="FixtureException">It cannot be read.</exception>
    public bool HasTables()
    {
        Check(raw.sqlite3_prepare_v2(Handle, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 1", out sqlite3_stmt statement));
        using (statement)
        {
            int result = raw.sqlite3_step(statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
                Check(result);
            return result == raw.SQLITE_ROW;
        }
    }

    /// <summary>Refuses a database that can only be read, which SQLite would say at the first record and of that record.</summary>
    /// <exception cref="FixtureException">It can only be read.</exception>
    public void RequireWritable()
    {
        if (raw.sqlite3_db_readonly(Handle, "main") != 0)
            throw DatabaseErrors.IsReadOnly(_shown);
    }

    /// <exception cref="FixtureException">SQLite refuses.</exception>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    public void Dispose()
    {
        _connection?.Dispose();
        Handle.Dispose();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw DatabaseErrors.Refused(result & 0xFF, raw.sqlite3_errmsg(Handle).utf8_to_string(), _shown);
    }
}

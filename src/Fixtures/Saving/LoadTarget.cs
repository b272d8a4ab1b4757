using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// The open database that a call works on. Its handle does all there is to do; the connection that the handle belongs to is for code that the caller has written.
/// A handle of the caller's own has none, and nothing of Microsoft.Data.Sqlite has to start up for it (benchmarks: start_up).
/// </summary>
internal sealed class LoadTarget
{
    private readonly SqliteConnection? _connection;

    private LoadTarget(sqlite3 database, SqliteConnection? connection)
    {
        Database = database;
        _connection = connection;
    }

    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public static LoadTarget Of(SqliteConnection connection) =>
        new(connection.Handle ?? throw new InvalidOperationException("The connection is not open. Call Open() before loading into it."), connection);

    /// <exception cref="InvalidOperationException">The database is closed.</exception>
    public static LoadTarget Of(sqlite3 database) =>
        new(database is { IsInvalid: false, IsClosed: false } ? database : throw new InvalidOperationException("The database is not open."), null);

    public sqlite3 Database { get; }

    /// <summary>Whether code can be given a connection.</summary>
    public bool HasConnection => _connection is not null;

    /// <summary>What code is given.</summary>
    public SqliteConnection Connection => _connection ?? throw new InvalidOperationException("There is a handle, and no connection.");

    /// <summary>How many milliseconds to wait for locks; null: as the handle itself is set.</summary>
    public int? LockTimeout => _connection switch
    {
        null => null,
        { DefaultTimeout: 0 } => int.MaxValue,
        { DefaultTimeout: var seconds } => (int)Math.Min(seconds * 1000L, int.MaxValue),
    };
}

using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures;

/// <summary>
/// A database of your own with schema and fixtures in it, cloned from a snapshot. Dispose it. One thread uses it at a time.
/// </summary>
/// <remarks>
/// <para>In memory, one writer locks all others out while its transaction is open, and a reader that is open keeps a writer from committing; connections
/// wait for each other as long as their command timeout says. In a file (<see cref="TestDatabaseOptions.IsFile"/>) readers and one writer go side by side.</para>
/// <para><see cref="Reset"/> replaces everything in the database. It leaves what belongs to the connection: functions, collations, prepared statements, attached
/// databases, temporary tables, and settings such as <c>foreign_keys</c> or <c>cache_size</c>. What a database itself holds (<c>user_version</c>,
/// <c>application_id</c>, <c>auto_vacuum</c>) becomes what it was.</para>
/// </remarks>
public sealed class TestDatabase : IDisposable
{
    private readonly Action<ClonedDatabase>? _giveBack;
    private ClonedDatabase? _database;

    internal TestDatabase(ClonedDatabase database, LoadReport report, SnapshotUse use, Action<ClonedDatabase>? giveBack = null)
    {
        _database = database;
        _giveBack = giveBack;
        Report = report;
        Snapshot = use;
    }

    /// <summary>Open, with foreign keys enforced. Closed when this is disposed.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public SqliteConnection Connection => Database.Connection;

    /// <summary>
    /// What other connections to this database open, such as <c>Data Source=file:/fixtures-1?vfs=memdb;Pooling=False</c>. A database in memory is there as long as
    /// <see cref="Connection"/> is open.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public string ConnectionString => Database.Connection.ConnectionString;

    /// <summary>The database's file; null: it is in memory.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public string? Path => Database.Path;

    /// <summary>What was loaded when the snapshot was built.</summary>
    public LoadReport Report { get; }

    /// <summary>Whether the snapshot was built for this database or was there, and why.</summary>
    public SnapshotUse Snapshot { get; }

    private ClonedDatabase Database
    {
        get
        {
            ObjectDisposedException.ThrowIf(_database is null, this);
            return _database;
        }
    }

    /// <summary>Makes the database what it was when it was cloned, for all its connections.</summary>
    /// <exception cref="InvalidOperationException">A transaction or a reader is open, on this connection or another; the database is as it was.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Reset() => Database.Reset();

    /// <summary>Opens another connection to this database. Dispose it; what is still open is closed with this.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public SqliteConnection OpenConnection() => Database.OpenConnection();

    /// <summary>Closes the connection and frees the memory, or deletes the file unless it is kept. A database of a pool goes back to it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _database, null) is not { } database)
            return;
        if (_giveBack is not null)
            _giveBack(database);
        else
            database.Dispose();
    }
}

using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>A database that began as a snapshot and can become it again, with the connection that keeps it.</summary>
/// <param name="connection">Open; closed with the database.</param>
internal abstract class ClonedDatabase(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteConnection> _others = [];

    public SqliteConnection Connection { get; } = connection;

    /// <summary>The database's file; null: it is in memory.</summary>
    public virtual string? Path => null;

    /// <summary>Whether nothing hangs on the connection that a reset would leave there: temporary tables, attached databases, settings that let other rows in or none.</summary>
    public virtual bool IsClean()
    {
        using var statement = new Statement(
            Connection.Handle!,
            """
            SELECT count(*) = 1 AND (SELECT foreign_keys FROM pragma_foreign_keys) = 1 AND (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 0
                AND (SELECT query_only FROM pragma_query_only) = 0
            FROM pragma_database_list
            """);
        statement.Step();
        return statement.Integer(0) == 1;
    }

    /// <summary>Makes the database what it was when it was cloned.</summary>
    /// <exception cref="InvalidOperationException">It is in use: a transaction or a reader is open.</exception>
    public void Reset()
    {
        sqlite3 handle = OpenHandle();
        if (raw.sqlite3_get_autocommit(handle) == 0)
            throw InUse("A transaction is open on its connection. Commit or dispose it");
        Reset(handle);
    }

    /// <summary>Opens another connection to the same database.</summary>
    public SqliteConnection OpenConnection()
    {
        OpenHandle();
        var connection = new SqliteConnection(Connection.ConnectionString);
        connection.Open();
        // Whoever disposes what they opened leaves no trace here.
        _others.RemoveAll(other => other.State == System.Data.ConnectionState.Closed);
        _others.Add(connection);
        return connection;
    }

    /// <summary>Closes what <see cref="OpenConnection"/> has opened.</summary>
    public void CloseOthers()
    {
        foreach (SqliteConnection other in _others)
            other.Dispose();
        _others.Clear();
    }

    public virtual void Dispose()
    {
        CloseOthers();
        Connection.Dispose();
    }

    protected abstract void Reset(sqlite3 handle);

    /// <exception cref="InvalidOperationException">The connection was closed.</exception>
    protected virtual sqlite3 OpenHandle() => Connection.Handle ?? throw Closed();

    protected static InvalidOperationException Closed() =>
        new("The connection of the test database was closed, and in memory the database is gone with it. Leave it open until the test database is disposed.");

    protected static InvalidOperationException InUse(string what, Exception? innerException = null) =>
        new($"The test database cannot be reset while it is in use. {what}, then reset.", innerException);
}

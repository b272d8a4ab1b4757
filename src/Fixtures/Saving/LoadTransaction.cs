using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// All or nothing: a transaction of its own, or a savepoint in the one that is active. Foreign keys are deferred to its end and enforced even where the
/// connection does not enforce them; these settings are put back.
/// </summary>
internal sealed class LoadTransaction : IDisposable
{
    private const string Savepoint = "fixtures_load";

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly bool _deferredBefore;
    private readonly bool _enforcedBefore;
    private readonly long _timeoutBefore;
    private bool _ended;

    public LoadTransaction(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle!;
        IsJoined = raw.sqlite3_get_autocommit(_database) == 0;
        _enforcedBefore = ReadPragma("foreign_keys") != 0;
        _deferredBefore = ReadPragma("defer_foreign_keys") != 0;
        _timeoutBefore = ReadPragma("busy_timeout");

        // foreign_keys can only be switched outside a transaction: https://www.sqlite.org/pragma.html#pragma_foreign_keys.
        if (!IsJoined && !_enforcedBefore)
            Execute("PRAGMA foreign_keys = ON");
        try
        {
            // IMMEDIATE: a transaction that reads first and writes later can fail with SQLITE_BUSY_SNAPSHOT whatever the timeout.
            Execute(IsJoined ? $"SAVEPOINT {Savepoint}" : "BEGIN IMMEDIATE");
            Execute("PRAGMA defer_foreign_keys = ON");
        }
        catch
        {
            RestoreSettings();
            throw;
        }
        // Commands wait for locks by themselves, prepared statements as long as this says. In a joined transaction the first of them takes the write lock.
        raw.sqlite3_busy_timeout(_database, connection.DefaultTimeout == 0 ? int.MaxValue : (int)Math.Min(connection.DefaultTimeout * 1000L, int.MaxValue));
    }

    /// <summary>Whether the caller's own transaction is the one that will be committed.</summary>
    public bool IsJoined { get; }

    /// <summary>Whether SQLite checks foreign keys as rows come and go. It does not in a joined transaction of a connection that has them switched off.</summary>
    public bool IsEnforced => !IsJoined || _enforcedBefore;

    /// <summary>Whether the transaction is still there. SQLite itself may have rolled it back: disk full, RAISE(ROLLBACK).</summary>
    public bool IsActive => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Keeps all that was saved. The foreign keys have been checked.</summary>
    public void Commit()
    {
        // While violations are counted, switching this off would clear the count and let an orphan row be committed.
        if (IsJoined && !_deferredBefore && ForeignKeyCheck.CountDeferred(_database) == 0)
            Execute("PRAGMA defer_foreign_keys = OFF");
        Execute(IsJoined ? $"RELEASE {Savepoint}" : "COMMIT");
        _ended = true;
        RestoreSettings();
    }

    /// <summary>Undoes all that was saved.</summary>
    public void Rollback()
    {
        if (_ended)
            return;
        _ended = true;
        if (IsActive)
        {
            Execute(IsJoined ? $"ROLLBACK TO {Savepoint}" : "ROLLBACK");
            if (IsJoined)
            {
                Execute($"RELEASE {Savepoint}");
                if (!_deferredBefore && ForeignKeyCheck.CountDeferred(_database) == 0)
                    Execute("PRAGMA defer_foreign_keys = OFF");
            }
        }
        RestoreSettings();
    }

    public void Dispose() => Rollback();

    private void RestoreSettings()
    {
        raw.sqlite3_busy_timeout(_database, (int)_timeoutBefore);
        if (!IsJoined && !_enforcedBefore)
            Execute("PRAGMA foreign_keys = OFF");
    }

    private long ReadPragma(string name)
    {
        using var statement = new Statement(_database, $"PRAGMA {name}");
        statement.Step();
        return statement.Integer(0);
    }

    // Through a command, because it waits for locks as long as the connection's DefaultTimeout says.
    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

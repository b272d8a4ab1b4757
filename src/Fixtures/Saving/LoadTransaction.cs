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

    // Of a cache that connections share: SQLite itself waits for files only (https://www.sqlite.org/unlock_notify.html).
    private const int MillisecondsBetweenTries = 20;

    // For a person who no longer wants to wait for another writer.
    private const int MillisecondsBetweenLooks = 100;

    private readonly sqlite3 _database;
    private readonly bool _deferredBefore;
    private readonly bool _enforcedBefore;
    private readonly int _timeoutBefore;
    private readonly int _timeout;
    private bool _ended;

    /// <param name="target">What it is of.</param>
    /// <param name="throwIfCancelled">Looked at while another connection is waited for.</param>
    /// <exception cref="SqliteException">The database is locked for longer than the target waits.</exception>
    public LoadTransaction(LoadTarget target, Action throwIfCancelled)
    {
        _database = target.Database;
        IsJoined = raw.sqlite3_get_autocommit(_database) == 0;
        _enforcedBefore = ReadPragma("foreign_keys") != 0;
        _deferredBefore = ReadPragma("defer_foreign_keys") != 0;
        _timeoutBefore = (int)ReadPragma("busy_timeout");
        _timeout = target.LockTimeout ?? _timeoutBefore;
        try
        {
            // foreign_keys can only be switched outside a transaction: https://www.sqlite.org/pragma.html#pragma_foreign_keys.
            if (!IsJoined && !_enforcedBefore)
                Execute("PRAGMA foreign_keys = ON");
            // IMMEDIATE: a transaction that reads first and writes later can fail with SQLITE_BUSY_SNAPSHOT whatever the timeout.
            if (IsJoined)
                Execute($"SAVEPOINT {Savepoint}");
            else
                Begin(throwIfCancelled);
            // In a joined transaction the first statement that writes takes the write lock, and waits as long as this says.
            SetTimeout(_timeout);
            Execute("PRAGMA defer_foreign_keys = ON");
        }
        catch
        {
            RestoreSettings();
            throw;
        }
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
        SetTimeout(_timeoutBefore);
        if (!IsJoined && !_enforcedBefore)
            Execute("PRAGMA foreign_keys = OFF");
    }

    private long ReadPragma(string name)
    {
        using var statement = new Statement(_database, $"PRAGMA {name}");
        statement.Step();
        return statement.Integer(0);
    }

    // 0 may stand for a busy handler of the caller's own, which a timeout would replace.
    private void SetTimeout(int milliseconds)
    {
        if (_timeout > 0 || _timeoutBefore > 0)
            raw.sqlite3_busy_timeout(_database, milliseconds);
    }

    private void Begin(Action throwIfCancelled)
    {
        SetTimeout(Math.Min(_timeout, MillisecondsBetweenLooks));
        Execute("BEGIN IMMEDIATE", throwIfCancelled);
    }

    private void Execute(string sql, Action? throwIfCancelled = null)
    {
        long started = Environment.TickCount64;
        while (!TryExecute(sql, mayTryAgain: Environment.TickCount64 - started < _timeout, isBeginning: throwIfCancelled is not null))
        {
            throwIfCancelled?.Invoke();
            Thread.Sleep(MillisecondsBetweenTries);
        }
    }

    private bool TryExecute(string sql, bool mayTryAgain, bool isBeginning)
    {
        try
        {
            using var statement = new Statement(_database, sql);
            statement.Execute();
            return true;
        }
        catch (SqliteException exception) when (mayTryAgain && (exception.SqliteErrorCode == raw.SQLITE_LOCKED || (isBeginning && exception.SqliteErrorCode == raw.SQLITE_BUSY)))
        {
            return false;
        }
    }
}

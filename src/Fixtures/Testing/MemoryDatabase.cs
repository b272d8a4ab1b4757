using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>A database in memory under a name, so that several connections can share it: https://www.sqlite.org/inmemorydb.html (memdb).</summary>
internal sealed class MemoryDatabase : ClonedDatabase
{
    private readonly Snapshot _snapshot;
    private readonly string _name;
    private readonly sqlite3 _handle;
    private Statement? _lockingMode;
    private uint _schemaCookie;

    private MemoryDatabase(Snapshot snapshot, string name, SqliteConnection connection)
        : base(connection)
    {
        _snapshot = snapshot;
        _name = name;
        _handle = connection.Handle!;
    }

    public static MemoryDatabase Clone(Snapshot snapshot)
    {
        while (true)
        {
            string name = snapshot.Names.Take();
            var connection = new SqliteConnection(ConnectionString(name, snapshot.EnforcesForeignKeys));
            try
            {
                connection.Open();
                var database = new MemoryDatabase(snapshot, name, connection);
                if (database.TryFill(connection.Handle!))
                    return database;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
            // A connection that somebody left open keeps the last database of this name alive: it is not used again.
            connection.Dispose();
        }
    }

    public static string ConnectionString(string name, bool enforcesForeignKeys) =>
        $"Data Source=file:/{name}?vfs=memdb;Pooling=False{(enforcesForeignKeys ? "" : ";Foreign Keys=True")}";

    public override bool IsClean() => base.IsClean() && !IsLockedForGood(_handle);

    public override void Dispose()
    {
        bool isClosed = Connection.Handle is null;
        _lockingMode?.Dispose();
        base.Dispose();
        if (!isClosed)
            _snapshot.Names.GiveBack(_name);
    }

    protected override void Reset(sqlite3 handle)
    {
        // Under an exclusive locking mode SQLite does not look whether the file has changed.
        if (_snapshot.NativeFile is not { } file || _snapshot.Image.IsEmpty || IsLockedForGood(handle))
        {
            _snapshot.RestoreTo(Connection);
            return;
        }
        if (file.IsInUse(handle))
            throw InUse("A reader is open on its connection. Dispose it");
        int result = raw.sqlite3_exec(handle, "BEGIN EXCLUSIVE");
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            throw InUse("A reader or a transaction is open on another connection to it. Dispose it");
        Check(handle, result);
        try
        {
            _schemaCookie = file.Overwrite(handle, _snapshot.Image, _schemaCookie);
        }
        finally
        {
            Check(handle, raw.sqlite3_exec(handle, "ROLLBACK"));
        }
    }

    // One that was closed and opened again is at another database, an empty one.
    protected override sqlite3 OpenHandle() => Connection.Handle == _handle ? _handle : throw Closed();

    private bool TryFill(sqlite3 handle)
    {
        if (_snapshot.NativeFile is not { } file)
        {
            _snapshot.RestoreTo(Connection);
            return true;
        }
        if (file.ByteCount(handle) > 0)
            return false;
        if (!_snapshot.Image.IsEmpty)
        {
            file.Write(handle, _snapshot.Image);
            _schemaCookie = NativeDatabaseFile.ReadSchemaCookie(_snapshot.Image);
        }
        return true;
    }

    private bool IsLockedForGood(sqlite3 handle)
    {
        _lockingMode ??= new Statement(handle, "PRAGMA main.locking_mode");
        _lockingMode.Step();
        bool isExclusive = _lockingMode.Text(0) != "normal";
        _lockingMode.Reset();
        return isExclusive;
    }

    private static void Check(sqlite3 handle, int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), result & 0xFF, result);
    }
}

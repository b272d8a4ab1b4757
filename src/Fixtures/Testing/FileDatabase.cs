using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>A database in a file, in WAL mode: several connections and processes may read while one writes.</summary>
internal sealed class FileDatabase : ClonedDatabase
{
    private readonly Snapshot _snapshot;
    private readonly bool _keep;

    private FileDatabase(Snapshot snapshot, SqliteConnection connection, string path, bool keep)
        : base(connection)
    {
        _snapshot = snapshot;
        _keep = keep;
        Path = path;
    }

    public override string Path { get; }

    /// <param name="snapshot">What the file begins as.</param>
    /// <param name="path">The file; it must not exist, its folder is made.</param>
    /// <param name="keep">Whether it stays when the database is disposed.</param>
    /// <exception cref="FixtureException">The file cannot be written (stage Database).</exception>
    public static FileDatabase Clone(Snapshot snapshot, string path, bool keep)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            using var file = new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(snapshot.Image);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Database, new FixtureError($"The test database '{full}' cannot be written: {exception.Message}"), exception);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = full, Pooling = false, ForeignKeys = snapshot.EnforcesForeignKeys ? null : true }.ConnectionString);
        var database = new FileDatabase(snapshot, connection, full, keep);
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        if (_keep)
            return;
        // SQLite removes the others when the last connection closes; a process that was killed, or one that is still connected, leaves them.
        foreach (string suffix in (string[])["", "-wal", "-shm", "-journal"])
            File.Delete(Path + suffix);
    }

    protected override void Reset(sqlite3 handle) => _snapshot.RestoreTo(Connection);
}

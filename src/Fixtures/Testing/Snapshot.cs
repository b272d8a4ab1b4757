using System.Runtime.InteropServices;
using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>
/// The whole content of a database at one moment, in memory: schema, rows, sequences. Immutable and thread-safe.
/// Test databases are cloned from it; it can be restored into any other connection.
/// </summary>
public sealed class Snapshot
{
    // Bytes of the header that say how the file is written and read: 1 is a rollback journal, 2 is WAL, which an image in memory cannot have.
    private const int WriteVersion = 18;
    private const int ReadVersion = 19;

    private readonly byte[] _image;
    private readonly Lazy<NativeDatabaseFile?> _nativeFile;

    private Snapshot(byte[] image, bool enforcesForeignKeys, Func<NativeDatabaseFile?> createNativeFile)
    {
        _image = image;
        EnforcesForeignKeys = enforcesForeignKeys;
        _nativeFile = new Lazy<NativeDatabaseFile?>(createNativeFile);
    }

    /// <summary>The size of the database in bytes.</summary>
    public long ByteCount => _image.Length;

    /// <summary>The database as its file would hold it.</summary>
    internal ReadOnlySpan<byte> Image => _image;

    /// <summary>Whether a connection enforces foreign keys without being told.</summary>
    internal bool EnforcesForeignKeys { get; }

    internal NativeDatabaseFile? NativeFile => _nativeFile.Value;

    internal MemoryNames Names { get; } = new();

    /// <summary>Takes a snapshot of a connection's main database, in memory or in a file.</summary>
    /// <param name="connection">Open and without transaction. It stays as it is; nothing of it but the database is in the snapshot.</param>
    /// <exception cref="InvalidOperationException">The connection is closed, or a transaction is open.</exception>
    /// <exception cref="FixtureException">The database cannot be read, stays locked by another connection for the command timeout, or is too large for memory (stage Database).</exception>
    /// <remarks>See https://www.sqlite.org/c3ref/serialize.html.</remarks>
    public static Snapshot Take(SqliteConnection connection) => Take(connection, NativeDatabaseFile.TryCreate);

    /// <param name="connection">See <see cref="Take(SqliteConnection)"/>.</param>
    /// <param name="createNativeFile">Gives how databases in memory are written, asked before the first one; null: through SQLite's backup.</param>
    internal static Snapshot Take(SqliteConnection connection, Func<NativeDatabaseFile?> createNativeFile)
    {
        ArgumentNullException.ThrowIfNull(connection);
        sqlite3 handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open. Call Open() before taking a snapshot of it.");
        if (raw.sqlite3_get_autocommit(handle) == 0)
            throw new InvalidOperationException("A transaction is open on the connection. Commit or dispose it before taking a snapshot.");

        byte[] image = ReadImage(connection, handle);
        if (image.Length > ReadVersion)
            image[WriteVersion] = image[ReadVersion] = 1;
        return new Snapshot(image, EnforcesByDefault(), createNativeFile);
    }

    /// <summary>Makes a database of its own with this content.</summary>
    /// <param name="options">Where it is; null: in memory.</param>
    /// <returns>The database; dispose it. Its report is empty.</returns>
    /// <exception cref="FixtureException">The database's file cannot be written (stage Database).</exception>
    public TestDatabase Clone(TestDatabaseOptions? options = null) =>
        new(Open(options ?? TestDatabaseOptions.InMemory), new LoadReport(), new SnapshotUse(IsBuilt: false, "cloned from a snapshot that was taken by hand"));

    /// <summary>
    /// Makes a connection's main database what this snapshot holds, with SQLite's own backup (https://www.sqlite.org/backup.html): everything in it is
    /// replaced, and the connection keeps its functions, collations, attached databases, temporary tables, prepared statements and settings.
    /// </summary>
    /// <param name="connection">Open, without transaction and reader.</param>
    /// <exception cref="InvalidOperationException">The connection is closed, or the database is in use, or has another text encoding or page size that it cannot change. It is as it was.</exception>
    /// <exception cref="SqliteException">SQLite cannot write the database, such as one that is read-only.</exception>
    public void RestoreTo(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Handle is null)
            throw new InvalidOperationException("The connection is not open. Call Open() before restoring a snapshot into it.");
        using SqliteConnection source = OpenImage();
        try
        {
            RequireSameEncoding(source, connection);
            source.BackupDatabase(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED || exception.Message.Contains("destination database is in use", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The database cannot be replaced while it is in use: a transaction or a reader is open on this connection or another. Dispose it first.", exception);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_READONLY && Setting(source, "page_size") != Setting(connection, "page_size"))
        {
            throw new InvalidOperationException($"The snapshot has pages of {Setting(source, "page_size")} bytes, and the database, in memory or in WAL mode, cannot change its own of {Setting(connection, "page_size")}. Use a new connection.", exception);
        }
    }

    /// <summary>SQLite copies a database of another encoding, and cannot read it afterwards on that connection.</summary>
    private static void RequireSameEncoding(SqliteConnection source, SqliteConnection target)
    {
        if (Setting(source, "page_count") != "0" && Setting(target, "page_count") != "0" && Setting(source, "encoding") != Setting(target, "encoding"))
            throw new InvalidOperationException($"The snapshot's text is {Setting(source, "encoding")}, and the database's {Setting(target, "encoding")}. Use a new connection to a database without tables.");
    }

    private static string Setting(SqliteConnection connection, string name)
    {
        using var statement = new Statement(connection.Handle!, $"PRAGMA main.{name}");
        statement.Step();
        return statement.Text(0)!;
    }

    internal ClonedDatabase Open(TestDatabaseOptions options) => options is { IsFile: false, Path: null, Keep: false }
        ? MemoryDatabase.Clone(this)
        : FileDatabase.Clone(this, options.Path ?? Path.Combine(Path.GetTempPath(), $"fixtures-{Guid.NewGuid():N}.db"), options.Keep);

    /// <summary>Copies the database while it is held for reading: what cannot be read, or is being written, looks empty to sqlite3_serialize.</summary>
    private static byte[] ReadImage(SqliteConnection connection, sqlite3 handle)
    {
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM main.sqlite_schema";
            command.ExecuteScalar();
            command.CommandText = "PRAGMA main.page_count";
            return Serialize(handle, pageCount: (long)command.ExecuteScalar()!);
        }
        catch (SqliteException exception)
        {
            throw new FixtureException(FixtureStage.Database, new FixtureError($"No snapshot can be taken: {exception.Message}"), exception);
        }
    }

    private static byte[] Serialize(sqlite3 handle, long pageCount)
    {
        nint bytes = raw.sqlite3_serialize(handle, "main", out long byteCount, 0);
        // A database that was never written to has no bytes.
        if (bytes == 0 && (byteCount > 0 || pageCount > 0))
            throw new FixtureException(FixtureStage.Database, new FixtureError($"No snapshot can be taken: {raw.sqlite3_errmsg(handle).utf8_to_string()}."));
        try
        {
            if (byteCount > Array.MaxLength)
                throw new FixtureException(FixtureStage.Database, new FixtureError($"The database has {byteCount} bytes, and a snapshot holds {Array.MaxLength} at most. Use a file."));
            byte[] image = new byte[Math.Max(byteCount, 0)];
            if (bytes != 0)
                Marshal.Copy(bytes, image, 0, image.Length);
            return image;
        }
        finally
        {
            raw.sqlite3_free(bytes);
        }
    }

    private static bool EnforcesByDefault() => raw.sqlite3_compileoption_used("DEFAULT_FOREIGN_KEYS") != 0;

    /// <summary>A private connection whose main database is this image.</summary>
    private SqliteConnection OpenImage()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        try
        {
            connection.Open();
            if (_image.Length > 0)
            {
                nint bytes = raw.sqlite3_malloc64(_image.Length);
                if (bytes == 0)
                    throw new InsufficientMemoryException($"There is no room for {_image.Length} bytes.");
                Marshal.Copy(_image, 0, bytes, _image.Length);
                // SQLite frees the bytes, also where this fails.
                int result = raw.sqlite3_deserialize(connection.Handle!, "main", bytes, _image.Length, _image.Length, raw.SQLITE_DESERIALIZE_FREEONCLOSE);
                if (result != raw.SQLITE_OK)
                    throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), result);
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;

namespace Fixtures.Cli;

/// <summary>The database that a command works on. One that is new is built beside its place, and takes it only when all is done.</summary>
internal sealed class CommandDatabase : IDisposable
{
    private readonly OpenDatabase _database;
    private readonly NewDatabaseFile? _new;

    private CommandDatabase(OpenDatabase database, NewDatabaseFile? newFile = null)
    {
        _database = database;
        _new = newFile;
    }

    /// <summary>The open database.</summary>
    public sqlite3 Handle => _database.Handle;

    /// <summary>The open connection. What was opened by <see cref="Open"/> need not have one.</summary>
    public SqliteConnection Connection => _database.Connection;

    /// <summary>Opens a database. One that is missing or has no tables gets the schema, if the configuration has one.</summary>
    /// <exception cref="FixtureException">It cannot be opened or made, or the schema fails.</exception>
    public static CommandDatabase Open(DatabasePlace place, FixtureLoader loader)
    {
        bool hasSchema = loader.Options.SchemaScripts.Count > 0;
        if (place.File is null)
            return InMemory(place, loader, hasSchema);

        CheckFolder(place.File);
        bool exists = File.Exists(place.File);
        if (exists)
        {
            CheckRegular(place);
            OpenDatabase database = place.IsFileAlone ? OpenDatabase.OpenFile(place.File, place.Shown) : OpenDatabase.Open(place.ConnectionString, place.Shown);
            if (IsWritableWithTables(database) || !hasSchema)
                return new CommandDatabase(database);
            database.Dispose();
        }
        else if (!hasSchema)
        {
            throw DatabaseErrors.Refused($"There is no database '{place.Shown}', and the configuration has no 'schema' to make it with. Create it, or add \"schema\": [\"schema.sql\"].");
        }
        else
        {
            RequireCreation(place);
        }

        var newFile = new NewDatabaseFile(place, exists);
        try
        {
            return new CommandDatabase(newFile.Build(loader), newFile);
        }
        catch
        {
            newFile.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database that is there and has tables. None is made.</summary>
    /// <exception cref="FixtureException">It is missing, has no tables or cannot be written.</exception>
    public static CommandDatabase OpenExisting(DatabasePlace place)
    {
        var connectionString = new SqliteConnectionStringBuilder(place.ConnectionString.ConnectionString);
        if (place.File is not null)
        {
            CheckFolder(place.File);
            if (!File.Exists(place.File))
                throw DatabaseErrors.Refused($"There is no database '{place.Shown}', and none is made here. Name one that is there: --connection FILE, or --database ALIAS.");
            CheckRegular(place);
            if (connectionString.Mode == SqliteOpenMode.ReadWriteCreate)
                connectionString.Mode = SqliteOpenMode.ReadWrite;
        }

        OpenDatabase database = OpenDatabase.Open(connectionString, place.Shown);
        if (IsWritableWithTables(database))
            return new CommandDatabase(database);
        database.Dispose();
        throw DatabaseErrors.Refused($"Database '{place.Shown}' has no tables. 'fixtures loaddata' makes those of the configuration's schema.");
    }

    /// <summary>
    /// Opens a copy of a database that no one else sees and that is gone when it is closed; SQLite keeps it in memory, and what is large in a temporary file.
    /// A database that is missing or has no tables is the configuration's schema.
    /// </summary>
    /// <exception cref="FixtureException">It cannot be read, or there is neither a database nor a schema.</exception>
    public static CommandDatabase Copy(DatabasePlace place, FixtureLoader loader)
    {
        bool hasSchema = loader.Options.SchemaScripts.Count > 0;
        // An empty name is a temporary database: https://www.sqlite.org/inmemorydb.html#temp_db.
        OpenDatabase copy = OpenDatabase.Open(new SqliteConnectionStringBuilder { DataSource = "", Pooling = false }, place.Shown);
        try
        {
            if (place.File is null || !TryCopy(place, copy))
            {
                if (!hasSchema)
                    throw DatabaseErrors.Refused($"There is no database '{place.Shown}' with tables, and the configuration has no 'schema'. Create it, or add \"schema\": [\"schema.sql\"].");
                loader.ApplySchema(copy.Connection);
            }
            return new CommandDatabase(copy);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <returns>False if there is no database, or none with tables.</returns>
    private static bool TryCopy(DatabasePlace place, OpenDatabase copy)
    {
        CheckFolder(place.File!);
        if (!File.Exists(place.File))
            return false;
        // Who can only read a database in WAL mode leaves the files behind that he had to make; who can write too deletes them. Those of others stay.
        SqliteOpenMode mode = File.Exists($"{place.File}-wal") ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;
        var connectionString = new SqliteConnectionStringBuilder(place.ConnectionString.ConnectionString) { Mode = mode };
        using OpenDatabase source = OpenDatabase.Open(connectionString, place.Shown);
        if (!source.HasTables())
            return false;
        try
        {
            source.Connection.BackupDatabase(copy.Connection);
            return true;
        }
        catch (SqliteException exception)
        {
            throw DatabaseErrors.Refused(exception, place.Shown);
        }
    }

    /// <summary>Begins a transaction that nothing commits: it ends with the database's being closed.</summary>
    public void BeginDryRun() => _database.Execute("BEGIN IMMEDIATE");

    /// <summary>Closes the database and puts a new database into its place.</summary>
    /// <returns>False if another process has put one there meanwhile: nothing is kept of this one.</returns>
    public bool TryKeep()
    {
        _database.Dispose();
        return _new?.TryMoveIntoPlace() ?? true;
    }

    /// <summary>Closes the database and deletes a new database that was not kept.</summary>
    public void Dispose()
    {
        _database.Dispose();
        _new?.Dispose();
    }

    private static CommandDatabase InMemory(DatabasePlace place, FixtureLoader loader, bool hasSchema)
    {
        OpenDatabase database = OpenDatabase.Open(place.ConnectionString, place.Shown);
        try
        {
            if (hasSchema && !database.HasTables())
                loader.ApplySchema(database.Connection);
            return new CommandDatabase(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // By itself, so that its caller does not load what a connection string needs (benchmarks: start_up).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RequireCreation(DatabasePlace place)
    {
        if (place.ConnectionString.Mode != SqliteOpenMode.ReadWriteCreate)
            throw DatabaseErrors.Refused($"There is no database '{place.Shown}', and Mode={place.ConnectionString.Mode} in its connection string does not make one. Create it, or leave out Mode.");
    }

    // Closes it where it throws.
    private static bool IsWritableWithTables(OpenDatabase database)
    {
        try
        {
            database.RequireWritable();
            return database.HasTables();
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // A device or a pipe is empty to whoever looks at its size, and must not be replaced by a new database. Only a file can be cut to a length.
    private static void CheckRegular(DatabasePlace place)
    {
        try
        {
            if (new FileInfo(place.File!).Length > 0)
                return;
            using SafeFileHandle handle = File.OpenHandle(place.File!, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.SetLength(handle, 0);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw new FixtureException(FixtureStage.Database, new FixtureError($"'{place.Shown}' is not a file that can hold a database. Name another."), exception);
        }
        catch (UnauthorizedAccessException)
        {
            // SQLite says so itself, in its own words for a read-only database.
        }
    }

    // SQLite says 'unable to open database file' to all of these.
    private static void CheckFolder(string file)
    {
        var paths = new DisplayPaths();
        if (Directory.Exists(file))
            throw DatabaseErrors.Refused($"'{paths.Shorten(file)}' is a directory. Name a database file.");
        string folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
            throw DatabaseErrors.Refused($"There is no directory '{paths.Shorten(folder)}' for the database '{Path.GetFileName(file)}'. Create it.");
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Cli;

/// <summary>
/// A database that is built beside its place and renamed into it when it is complete: who looks there sees no database or a whole one.
/// Deleted where that does not come to pass.
/// </summary>
/// <param name="place">Its place.</param>
/// <param name="replaces">Whether a file without tables is there.</param>
internal sealed class NewDatabaseFile(DatabasePlace place, bool replaces) : IDisposable
{
    private readonly string _beside = $"{place.File}.{Guid.NewGuid():N}.new";

    /// <summary>Makes the file and its schema.</summary>
    /// <returns>The open database.</returns>
    public OpenDatabase Build(FixtureLoader loader)
    {
        RefuseLeftovers();
        var connectionString = new SqliteConnectionStringBuilder(place.ConnectionString.ConnectionString) { DataSource = _beside, Mode = SqliteOpenMode.ReadWriteCreate };
        OpenDatabase database = OpenDatabase.Open(connectionString, place.Shown);
        try
        {
            // Each statement of the schema is a transaction of its own. The load's commit writes the whole file through, so these need not.
            database.Execute("PRAGMA synchronous = OFF");
            loader.ApplySchema(database.Connection);
            database.Execute("PRAGMA synchronous = FULL");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Renames the file into its place. Its connection is closed.</summary>
    /// <returns>False if another process has made the database meanwhile.</returns>
    public bool TryMoveIntoPlace()
    {
        try
        {
            RefuseLeftovers();
            if (replaces)
            {
                if (HasTables())
                    return false;
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_beside, File.GetUnixFileMode(place.File!));
            }
            File.Move(_beside, place.File!, overwrite: replaces);
            return true;
        }
        catch (IOException) when (!replaces && File.Exists(place.File))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Database, new FixtureError($"The new database cannot be put into its place '{place.Shown}'. {exception.Message}"), exception);
        }
    }

    public void Dispose()
    {
        try
        {
            foreach (string suffix in (string[])["", "-journal", "-wal", "-shm"])
                File.Delete(_beside + suffix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is the reason why the file is not kept that must be heard, and the file's name says that it is not one to keep.
        }
    }

    // SQLite would play the journal of a database that is gone into the new one: https://www.sqlite.org/howtocorrupt.html, "Mispairing".
    private void RefuseLeftovers()
    {
        // Made by another process by now: the journal is its own.
        if (!replaces && File.Exists(place.File))
            return;
        foreach (string suffix in (string[])["-journal", "-wal"])
        {
            if (File.Exists(place.File + suffix))
                throw DatabaseErrors.Refused($"'{place.Shown}{suffix}' belongs to another database of this name, which is in use or was deleted without it. Close what uses it, or delete this file too.");
        }
    }

    private bool HasTables()
    {
        using OpenDatabase database = OpenDatabase.Open(place.ConnectionString, place.Shown);
        return database.HasTables();
    }
}

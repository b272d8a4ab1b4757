using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Cli;

/// <summary>Says what is wrong with a database that cannot be used.</summary>
internal static class DatabaseErrors
{
    /// <summary>Runs a call of the library, and names the database in what is wrong with it as a whole: the library does not know what it is called here.</summary>
    public static T Naming<T>(DatabasePlace place, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (FixtureException exception) when (exception is { Stage: FixtureStage.Database, Errors: [{ File: null }] })
        {
            throw new FixtureException(exception.Stage, exception.Errors[0] with { File = place.Shown }, exception);
        }
    }

    public static FixtureException Refused(string message, Exception? cause = null) => new(FixtureStage.Database, new FixtureError(message), cause);

    public static FixtureException IsReadOnly(string shown) => Refused($"Database '{shown}' is read-only. Check the permissions of the file and of its directory, and Mode in the connection string.");

    public static FixtureException Refused(SqliteException exception, string shown) => Refused(exception.SqliteErrorCode, exception.Message, shown, exception);

    /// <summary>What SQLite's refusal to use a database means.</summary>
    /// <param name="code">The result code, without its extension.</param>
    /// <param name="message">SQLite's words.</param>
    /// <param name="shown">The database as reports name it.</param>
    /// <param name="cause">The exception that says so, if there is one.</param>
    public static FixtureException Refused(int code, string message, string shown, Exception? cause = null) => code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Refused($"Database '{shown}' is locked by another connection. Try again when that one is done, or wait longer: 'Default Timeout' in the connection string, in seconds.", cause),
        raw.SQLITE_NOTADB => Refused($"'{shown}' is not a SQLite database. Name another file, or delete this one.", cause),
        raw.SQLITE_CANTOPEN => Refused($"Database '{shown}' cannot be opened. Check the permissions of the file and of its directory.", cause),
        raw.SQLITE_READONLY => IsReadOnly(shown),
        _ => Refused($"Database '{shown}' cannot be used: {message}", cause),
    };
}

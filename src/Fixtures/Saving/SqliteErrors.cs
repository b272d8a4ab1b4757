using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>What SQLite's errors mean to those who load fixtures.</summary>
internal static class SqliteErrors
{
    /// <summary>An error as the one exception that leaves the library.</summary>
    /// <param name="exception">What SQLite said.</param>
    /// <param name="place">Where: file, line, record.</param>
    public static FixtureException At(SqliteException exception, FixtureError place) => new(StageOf(exception), place with { Message = Describe(exception) }, exception);

    public static FixtureStage StageOf(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH ? FixtureStage.Constraint : FixtureStage.Database;

    /// <summary>SQLite's own words for a record that it does not take, such as <c>NOT NULL constraint failed: blog_post.title</c>.</summary>
    public static string Describe(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The database is locked: {exception.Message}. Another connection writes to it; try again, or raise the connection's Default Timeout.",
        raw.SQLITE_READONLY => $"The database cannot be written: {exception.Message}.",
        raw.SQLITE_FULL => $"The disk or the database is full: {exception.Message}.",
        raw.SQLITE_MISMATCH => $"Could not save the record: {exception.Message}: a rowid (INTEGER PRIMARY KEY) must be an integer.",
        _ => $"Could not save the record: {exception.Message}.",
    };
}

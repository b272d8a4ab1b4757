using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>What SQLite's errors mean to those who load fixtures.</summary>
internal static class SqliteErrors
{
    /// <summary>An error as the one exception that leaves the library.</summary>
    /// <param name="exception">What SQLite said.</param>
    /// <param name="place">Where: file, line, record.</param>
    /// <param name="failed">What did not come to pass.</param>
    public static FixtureException At(SqliteException exception, FixtureError place, string failed = "Could not load the record") =>
        new(StageOf(exception), place with { Message = Describe(exception, failed) }, exception);

    public static FixtureStage StageOf(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH ? FixtureStage.Constraint : FixtureStage.Database;

    /// <summary>Whether it is the row that SQLite does not take: for a constraint, or for what an expression of the schema or a trigger makes of its values.</summary>
    public static bool IsOfRow(SqliteException exception) =>
        StageOf(exception) == FixtureStage.Constraint || exception.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_TOOBIG;

    /// <summary>SQLite's own words and what to do, such as <c>NOT NULL constraint failed: blog_post.title</c>.</summary>
    private static string Describe(SqliteException exception, string failed) => exception.SqliteErrorCode switch
    {
        // In these words of its own: https://www.sqlite.org/lang_transaction.html.
        raw.SQLITE_BUSY when Words(exception).Contains("statements in progress", StringComparison.Ordinal) => $"The load cannot end while another statement of the same connection runs ({Words(exception)}). Read that one to its end or reset it, then load again.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The database is locked by another connection ({Words(exception)}). Try again when that one is done, or wait longer: Default Timeout of a connection, sqlite3_busy_timeout of a handle.",
        raw.SQLITE_READONLY => $"The database is read-only ({Words(exception)}). Check its permissions, and Mode in the connection string.",
        raw.SQLITE_FULL => $"There is no room ({Words(exception)}). Free some on the disk, or raise max_page_count.",
        raw.SQLITE_MISMATCH => $"{failed}: {Words(exception)}: a rowid (INTEGER PRIMARY KEY) must be an integer.",
        _ => $"{failed}: {Words(exception)}.",
    };

    /// <summary>What SQLite said, without what Microsoft.Data.Sqlite puts around it: <c>SQLite Error 5: '...'.</c></summary>
    public static string Words(SqliteException exception)
    {
        string message = exception.Message;
        int start = message.StartsWith("SQLite Error ", StringComparison.Ordinal) ? message.IndexOf('\'', StringComparison.Ordinal) : -1;
        int end = message.LastIndexOf('\'');
        return start >= 0 && end > start ? message[(start + 1)..end] : message;
    }
}

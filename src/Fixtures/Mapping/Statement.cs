using Fixtures.Formats;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>
/// A prepared statement on a connection's own handle. Values go in as spans and come out as slices of a record: no string, no boxing.
/// Errors leave as <see cref="SqliteException"/>; whoever knows the record makes a <see cref="FixtureException"/> of them.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    /// <summary>Quotes a name for use in SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The native statement, for as long as this one is not disposed.</summary>
    public nint Handle => _statement.DangerousGetHandle();

    /// <param name="parameter">From 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="arena">The bytes that it slices; SQLite copies what it needs.</param>
    public void Bind(int parameter, in SqlValue value, ReadOnlySpan<byte> arena) => Check(value.Type switch
    {
        SqlType.Integer => raw.sqlite3_bind_int64(_statement, parameter, value.Integer),
        SqlType.Real => raw.sqlite3_bind_double(_statement, parameter, value.Real),
        SqlType.Text => raw.sqlite3_bind_text(_statement, parameter, arena.Slice(value.Start, value.Length)),
        SqlType.Blob => value.Length == 0
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, arena.Slice(value.Start, value.Length)),
        _ => raw.sqlite3_bind_null(_statement, parameter),
    });

    public void Bind(int parameter, long number) => Check(raw.sqlite3_bind_int64(_statement, parameter, number));

    public void Bind(int parameter, string text) => Check(raw.sqlite3_bind_text(_statement, parameter, text));

    /// <summary>Runs on to the next row.</summary>
    /// <returns>False when there is none: the statement is done and may be <see cref="Reset"/>.</returns>
    public bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result == raw.SQLITE_DONE)
            return false;

        SqliteException exception = Failure(result);
        raw.sqlite3_reset(_statement);
        throw exception;
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next run.</summary>
    public void Execute()
    {
        Step();
        Reset();
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <returns>Null for NULL.</returns>
    public string? Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A column of the current row; its bytes are copied to the record.</summary>
    public SqlValue Value(int column, Record record)
    {
        switch (raw.sqlite3_column_type(_statement, column))
        {
            case raw.SQLITE_INTEGER:
                return SqlValue.FromInteger(raw.sqlite3_column_int64(_statement, column));
            case raw.SQLITE_FLOAT:
                return SqlValue.FromReal(raw.sqlite3_column_double(_statement, column));
            case raw.SQLITE_NULL:
                return SqlValue.Null;
            case raw.SQLITE_TEXT:
                // Asked for as text first: in a database in UTF-16 it becomes UTF-8 so, and its bytes would be UTF-16 else.
                raw.sqlite3_column_text(_statement, column);
                ReadOnlySpan<byte> text = raw.sqlite3_column_blob(_statement, column);
                return SqlValue.FromText(record.Append(text), text.Length);
            default:
                ReadOnlySpan<byte> blob = raw.sqlite3_column_blob(_statement, column);
                return SqlValue.FromBlob(record.Append(blob), blob.Length);
        }
    }

    /// <summary>A column of the current row as messages show it.</summary>
    public string Display(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_NULL => "NULL",
        raw.SQLITE_BLOB => $"x'{Convert.ToHexStringLower(raw.sqlite3_column_blob(_statement, column))}'",
        _ => raw.sqlite3_column_text(_statement, column).utf8_to_string(),
    };

    public void Dispose() => _statement.Dispose();

    /// <exception cref="SqliteException">The result code is not SQLITE_OK.</exception>
    public void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    private SqliteException Failure(int result) =>
        new(raw.sqlite3_errmsg(_database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(_database));
}

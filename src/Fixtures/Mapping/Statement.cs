using System.Text;
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
    private readonly NativeStatements? _native;

    public Statement(sqlite3 database, string sql)
        : this(database, sql, NativeStatements.TryFind())
    {
    }

    /// <param name="database">The connection.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="native">How what is called often is called; null: through SQLitePCLRaw, as all the rest.</param>
    public Statement(sqlite3 database, string sql, NativeStatements? native)
    {
        _database = database;
        _native = native;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    /// <summary>Quotes a name for use in SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // What is called by a bare handle has no SafeHandle to refuse it.
    private nint Handle => _statement.IsClosed ? throw new ObjectDisposedException(nameof(Statement)) : _statement.DangerousGetHandle();

    /// <param name="parameter">From 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="arena">The bytes that it slices; SQLite copies what it needs.</param>
    public void Bind(int parameter, in SqlValue value, ReadOnlySpan<byte> arena)
    {
        Check(_native is null ? BindSafely(parameter, value, arena) : _native.Bind(Handle, parameter, value, arena));
        GC.KeepAlive(this);
    }

    public void Bind(int parameter, long number) => Bind(parameter, SqlValue.FromInteger(number), []);

    public void Bind(int parameter, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Bind(parameter, SqlValue.FromText(0, utf8.Length), utf8);
    }

    /// <summary>Runs on to the next row.</summary>
    /// <returns>False when there is none: the statement is done and may be <see cref="Reset"/>.</returns>
    public bool Step()
    {
        int result = _native is null ? raw.sqlite3_step(_statement) : _native.Step(Handle);
        GC.KeepAlive(this);
        return HasRow(result);
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next run.</summary>
    public void Execute()
    {
        Step();
        Reset();
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next run. Its parameters are the values of rows, from the first on.</summary>
    /// <param name="values">The values of one row after the other.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="width">How many values a row has.</param>
    /// <param name="starts">Where each row's bytes begin.</param>
    /// <param name="bytes">The bytes that the values slice. They are not copied.</param>
    public void Execute(SqlValue[] values, int first, int width, ReadOnlySpan<int> starts, ReadOnlySpan<byte> bytes)
    {
        int result = _native is null ? RunSafely(values, first, width, starts, bytes) : _native.Run(Handle, values, first, width, starts, bytes);
        GC.KeepAlive(this);
        HasRow(result);
        Reset();
    }

    public void Reset()
    {
        if (_native is null)
            raw.sqlite3_reset(_statement);
        else
            _native.Reset(Handle);
        GC.KeepAlive(this);
    }

    public long Integer(int column)
    {
        long number = _native is null ? raw.sqlite3_column_int64(_statement, column) : _native.Integer(Handle, column);
        GC.KeepAlive(this);
        return number;
    }

    /// <returns>Null for NULL.</returns>
    public string? Text(int column)
    {
        string? text = _native is null ? raw.sqlite3_column_text(_statement, column).utf8_to_string() : _native.Text(Handle, column);
        GC.KeepAlive(this);
        return text;
    }

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
    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    private bool HasRow(int result)
    {
        if (result == raw.SQLITE_ROW)
            return true;
        if (result == raw.SQLITE_DONE)
            return false;

        SqliteException exception = Failure(result);
        Reset();
        throw exception;
    }

    private int RunSafely(SqlValue[] values, int first, int width, ReadOnlySpan<int> starts, ReadOnlySpan<byte> bytes)
    {
        int parameter = 0;
        foreach (int start in starts)
        {
            for (int end = first + width; first < end; first++)
            {
                int result = BindSafely(++parameter, values[first], bytes[start..]);
                if (result != raw.SQLITE_OK)
                    return result;
            }
        }
        return raw.sqlite3_step(_statement);
    }

    private int BindSafely(int parameter, in SqlValue value, ReadOnlySpan<byte> arena) => value.Type switch
    {
        SqlType.Integer => raw.sqlite3_bind_int64(_statement, parameter, value.Integer),
        SqlType.Real => raw.sqlite3_bind_double(_statement, parameter, value.Real),
        SqlType.Text => raw.sqlite3_bind_text(_statement, parameter, arena.Slice(value.Start, value.Length)),
        SqlType.Blob => value.Length == 0
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, arena.Slice(value.Start, value.Length)),
        _ => raw.sqlite3_bind_null(_statement, parameter),
    };

    private SqliteException Failure(int result) =>
        new(raw.sqlite3_errmsg(_database).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(_database));
}

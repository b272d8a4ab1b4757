using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Mapping;

/// <summary>Statements do the same with SQLite's own functions and with those of SQLitePCLRaw.</summary>
public sealed class StatementTests : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public StatementTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData(true, "naïve 😀")]
    [InlineData(false, "naïve 😀")]
    [InlineData(true, "")]
    [InlineData(false, "")]
    public void A_text_comes_back_as_it_went_in(bool native, string text)
    {
        using Statement statement = Prepare("SELECT ?1, typeof(?1), length(CAST(?1 AS BLOB))", native);

        statement.Bind(1, text);

        Assert.True(statement.Step());
        Assert.Equal(text, statement.Text(0));
        Assert.Equal("text", statement.Text(1));
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), statement.Integer(2));
        Assert.False(statement.Step());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_are_bound_one_by_one(bool native)
    {
        byte[] arena = "-text-"u8.ToArray();
        using Statement statement = Prepare("SELECT typeof(?1) || ?1, typeof(?2) || ?2, typeof(?3) || ?3, typeof(?4) || hex(?4), typeof(?5) || length(?5), typeof(?6), ?7", native);

        statement.Bind(1, SqlValue.FromInteger(long.MinValue), arena);
        statement.Bind(2, SqlValue.FromReal(0.5), arena);
        statement.Bind(3, SqlValue.FromText(1, 4), arena);
        statement.Bind(4, SqlValue.FromBlob(1, 2), arena);
        statement.Bind(5, SqlValue.FromBlob(0, 0), arena);
        statement.Bind(6, SqlValue.Null, arena);
        statement.Bind(7, 42);
        arena.AsSpan().Clear();

        Assert.True(statement.Step());
        Assert.Equal(["integer-9223372036854775808", "real0.5", "texttext", "blob7465", "blob0", "null"], Enumerable.Range(0, 6).Select(statement.Text));
        Assert.Equal(42, statement.Integer(6));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_statement_runs_again_after_a_reset(bool native)
    {
        using Statement statement = Prepare("SELECT ?", native);
        foreach (long number in new[] { 1L, 2L })
        {
            statement.Bind(1, number);
            Assert.True(statement.Step());
            Assert.Equal(number, statement.Integer(0));
            statement.Reset();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_SQLite_refuses_is_said_and_the_statement_reset(bool native)
    {
        using (Statement create = Prepare("CREATE TABLE t (a CHECK (a <> 1))", native))
            create.Execute();
        using Statement statement = Prepare("INSERT INTO t VALUES (?)", native);
        statement.Bind(1, 1);

        var exception = Assert.Throws<SqliteException>(() => statement.Step());

        Assert.Equal((raw.SQLITE_CONSTRAINT, raw.SQLITE_CONSTRAINT_CHECK), (exception.SqliteErrorCode, exception.SqliteExtendedErrorCode));
        statement.Bind(1, 2);
        Assert.False(statement.Step());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_parameter_that_is_not_there_is_refused(bool native)
    {
        using Statement statement = Prepare("SELECT ?", native);

        Assert.Equal(raw.SQLITE_RANGE, Assert.Throws<SqliteException>(() => statement.Bind(2, 1)).SqliteErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disposed_statement_refuses_to_run(bool native)
    {
        Statement statement = Prepare("SELECT 1", native);
        statement.Dispose();

        Assert.Throws<ObjectDisposedException>(() => statement.Step());
        Assert.Throws<ObjectDisposedException>(() => statement.Bind(1, 1));
    }

    private Statement Prepare(string sql, bool native)
    {
        NativeStatements? functions = native ? NativeStatements.TryFind() : null;
        Assert.Equal(native, functions is not null);
        return new Statement(_connection.Handle!, sql, functions);
    }
}

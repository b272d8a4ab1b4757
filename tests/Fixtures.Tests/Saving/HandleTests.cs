using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Saving;

/// <summary>Loads into a handle of SQLite's that no connection of Microsoft.Data.Sqlite belongs to.</summary>
public sealed class HandleTests : IDisposable
{
    private const string Record = """[{"model": "t", "pk": 1, "fields": {"a": "x"}}]""";

    private readonly TestProject _project = new("CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, t_id integer REFERENCES t)", "app.db");
    private readonly sqlite3 _handle;

    public HandleTests() => Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open_v2(_project.At("app.db"), out _handle, raw.SQLITE_OPEN_READWRITE, null));

    public void Dispose()
    {
        _handle.Dispose();
        _project.Dispose();
    }

    [Fact]
    public void A_handle_gets_what_a_connection_gets()
    {
        _project.Write("data.json", Record);
        LoadReport report = Load("data");
        Assert.Equal("Installed 1 object(s) from 1 fixture(s)", report.ToString());
        Assert.Equal("1|x|NULL", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void What_is_refused_is_rolled_back_and_told_in_the_same_words()
    {
        _project.Write("data.json", """[{"model": "t", "pk": 1, "fields": {"a": "x"}}, {"model": "t", "pk": 2, "fields": {"a": null}}]""");
        FixtureException ofHandle = Assert.Throws<FixtureException>(() => Load("data"));
        FixtureException ofConnection = _project.Refused("data");
        Assert.Equal(ofConnection.Message, ofHandle.Message);
        Assert.Equal(ofConnection.Errors[0], ofHandle.Errors[0]);
        Assert.Equal(raw.SQLITE_CONSTRAINT, Assert.IsType<SqliteException>(ofHandle.InnerException).SqliteErrorCode);
        Assert.Equal("", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_transaction_of_the_handle_is_joined()
    {
        _project.Write("data.json", Record);
        raw.sqlite3_exec(_handle, "BEGIN");
        Load("data");
        Assert.Equal(0, raw.sqlite3_get_autocommit(_handle));
        raw.sqlite3_exec(_handle, "ROLLBACK");
        Assert.Equal("", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Locks_are_waited_for_as_long_as_the_handle_says()
    {
        _project.Write("data.json", Record);
        raw.sqlite3_busy_timeout(_handle, 1);
        using (SqliteTransaction other = _project.Connection.BeginTransaction(deferred: false))
        {
            FixtureException refused = Assert.Throws<FixtureException>(() => Load("data"));
            Assert.Equal(FixtureStage.Database, refused.Stage);
            Assert.Contains("locked", refused.Message, StringComparison.Ordinal);
        }
        Load("data");
        Assert.Equal("1", _project.Rows("SELECT count(*) FROM t"));
        Assert.Equal(1, Pragma("busy_timeout"));
    }

    [Fact]
    public async Task A_shared_cache_is_waited_for_too()
    {
        _project.Write("data.json", Record);
        string shared = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        using SqliteConnection other = TestProject.Open(shared);
        using SqliteConnection connection = TestProject.Open(shared);
        raw.sqlite3_exec(other.Handle, "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL)");
        raw.sqlite3_exec(other.Handle, "BEGIN IMMEDIATE");
        raw.sqlite3_busy_timeout(connection.Handle, 60_000);

        Task<LoadReport> load = Task.Run(() => new FixtureLoader(_project.Options).LoadInto(connection.Handle!, ["data"]));
        Assert.NotSame(load, await Task.WhenAny(load, Task.Delay(200, TestContext.Current.CancellationToken)));
        raw.sqlite3_exec(other.Handle, "ROLLBACK");
        Assert.Equal(1, (await load).Objects);
    }

    [Fact]
    public void A_statement_that_still_runs_is_named_and_not_another_connection()
    {
        _project.Write("data.json", Record);
        raw.sqlite3_busy_timeout(_handle, 60_000);
        raw.sqlite3_prepare_v2(_handle, "INSERT INTO t VALUES (8, 'u', NULL), (9, 'v', NULL) RETURNING id", out sqlite3_stmt statement);
        using (statement)
        {
            raw.sqlite3_step(statement);
            FixtureException refused = Assert.Throws<FixtureException>(() => Load("data"));
            Assert.Contains("another statement of the same connection runs", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Code_needs_a_connection_and_is_refused_before_anything_is_loaded()
    {
        bool ran = false;
        _project.Write("data.json", Record);
        _project.Options = _project.Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["data"] = _ => ran = true } };
        FixtureException refused = Assert.Throws<FixtureException>(() => Load("data"));
        Assert.Equal(FixtureStage.Resolve, refused.Stage);
        Assert.Contains("'data' names code, which is given a SqliteConnection", refused.Message, StringComparison.Ordinal);
        Assert.False(ran);
        Assert.Equal("", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_closed_handle_is_refused()
    {
        _handle.Dispose();
        Assert.Throws<InvalidOperationException>(() => Load("data"));
    }

    [Fact]
    public void Settings_are_as_they_were()
    {
        _project.Write("data.json", Record);
        raw.sqlite3_exec(_handle, "PRAGMA foreign_keys = OFF");
        Load("data");
        Assert.Equal((0, 0), (Pragma("foreign_keys"), Pragma("defer_foreign_keys")));
    }

    private LoadReport Load(params string[] labels) => new FixtureLoader(_project.Options).LoadInto(_handle, labels);

    private int Pragma(string name)
    {
        raw.sqlite3_prepare_v2(_handle, $"PRAGMA {name}", out sqlite3_stmt statement);
        using (statement)
        {
            raw.sqlite3_step(statement);
            return raw.sqlite3_column_int(statement, 0);
        }
    }
}

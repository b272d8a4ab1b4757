using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.NothingLost;

/// <summary>A schema that another connection changes while a loader knows it.</summary>
public sealed class OtherSchemaTests : IDisposable
{
    private const string Record = """[{"model": "t", "pk": 1, "fields": {"a": "5"}}]""";

    private readonly TestProject _project = new("CREATE TABLE t (id integer PRIMARY KEY, a text)", "test.db");
    private readonly FixtureLoader _loader;

    public OtherSchemaTests()
    {
        _project.Write("a.json", Record);
        _loader = new FixtureLoader(_project.Options);
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void It_is_noticed_between_two_loads(string journalMode)
    {
        _project.Run($"PRAGMA journal_mode = {journalMode}");
        _loader.LoadInto(_project.Connection, "a");

        Elsewhere("DROP TABLE t; CREATE TABLE t (a integer, added text DEFAULT 'x', id text PRIMARY KEY)");
        _loader.LoadInto(_project.Connection, "a");
        Assert.Equal("5|'x'|'1'", _project.Rows("SELECT quote(a), quote(added), quote(id) FROM t"));

        Elsewhere("ALTER TABLE t RENAME COLUMN a TO b");
        FixtureException exception = Assert.Throws<FixtureException>(() => _loader.LoadInto(_project.Connection, "a"));
        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Equal("5|x|1", _project.Rows("SELECT b, added, id FROM t"));

        Elsewhere("DROP TABLE t");
        Assert.Equal(FixtureStage.Map, Assert.Throws<FixtureException>(() => _loader.LoadInto(_project.Connection, "a")).Stage);
    }

    [Fact]
    public void It_is_noticed_between_finding_and_loading()
    {
        _loader.LoadInto(_project.Connection, "a");
        Assert.Single(_loader.Find("a"));
        Elsewhere("DROP TABLE t; CREATE TABLE t (id integer PRIMARY KEY, a integer, b text DEFAULT 'x')");
        _loader.LoadInto(_project.Connection, "a");

        Assert.Equal("1|5|'x'", _project.Rows("SELECT id, quote(a), quote(b) FROM t"));
    }

    [Fact]
    public void Statements_that_were_prepared_before_it_still_run()
    {
        using SqliteCommand prepared = _project.Connection.CreateCommand();
        prepared.CommandText = "SELECT * FROM t";
        prepared.Prepare();
        _loader.LoadInto(_project.Connection, "a");
        Elsewhere("ALTER TABLE t ADD COLUMN b text DEFAULT 'x'");
        _loader.LoadInto(_project.Connection, "a");

        using SqliteDataReader reader = prepared.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal("x", reader.GetString(2));
    }

    [Fact]
    public void A_transaction_that_has_read_the_schema_of_before_is_refused_and_stays()
    {
        _project.Run("PRAGMA journal_mode = WAL; BEGIN; SELECT count(*) FROM t");
        _project.Scalar("SELECT count(*) FROM t");
        Elsewhere("ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'x'");

        FixtureException exception = Assert.Throws<FixtureException>(() => _loader.LoadInto(_project.Connection, "a"));

        Assert.Equal(FixtureStage.Database, exception.Stage);
        Assert.True(Saving.TransactionTests.InTransaction(_project.Connection));
        _project.Run("ROLLBACK");
        _loader.LoadInto(_project.Connection, "a");
        Assert.Equal("1|5|x", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Code_in_a_load_may_change_it_for_the_files_after_it()
    {
        _project.Write("b.json", """[{"model": "t", "pk": 2, "fields": {"a": "6", "b": 7}}]""");
        var loader = new FixtureLoader(_project.Options with
        {
            Code = new Dictionary<string, Action<SqliteConnection>> { ["change"] = connection => TestProject.Run(connection, "ALTER TABLE t ADD COLUMN b integer") },
        });
        loader.LoadInto(_project.Connection, "a", "change", "b");

        Assert.Equal("1|5|NULL;2|6|7", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void No_other_connection_can_change_it_within_a_load()
    {
        var loader = new FixtureLoader(_project.Options with
        {
            Code = new Dictionary<string, Action<SqliteConnection>> { ["other"] = _ => Elsewhere("DROP TABLE t", "Default Timeout=1") },
        });

        FixtureException exception = Assert.Throws<FixtureException>(() => loader.LoadInto(_project.Connection, "a", "other", "a"));

        Assert.Equal(FixtureStage.Database, exception.Stage);
        Assert.Equal("", _project.Rows("SELECT * FROM t"));
    }

    private void Elsewhere(string sql, string options = "")
    {
        using SqliteConnection other = TestProject.Open($"Data Source={_project.At("test.db")};Pooling=False;{options}");
        TestProject.Run(other, sql);
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>One call is one transaction, or one savepoint in the caller's.</summary>
public sealed class TransactionTests
{
    private const string Schema = "CREATE TABLE t (id integer PRIMARY KEY, a text CHECK (a <> 'bad')); CREATE TABLE c (id integer PRIMARY KEY, t_id integer REFERENCES t);";
    private const string One = """[{"model": "t", "pk": 1, "fields": {"a": "x"}}]""";
    private const string Bad = """[{"model": "t", "pk": 2, "fields": {"a": "y"}}, {"model": "t", "pk": 3, "fields": {"a": "bad"}}]""";
    private const string Orphan = """[{"model": "c", "pk": 1, "fields": {"t": 99}}]""";

    [Theory]
    [InlineData(Bad)]
    [InlineData(Orphan)]
    [InlineData("""[{"model": "t", "pk": 2, "fields": {}}, {"model": "nix", "fields": {}}]""")]
    [InlineData("""[{"model": "t", "pk": 2, "fields": {}}, """)]
    public void An_error_in_the_second_file_keeps_nothing(string second)
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", One).Write("b.json", second);
        project.Refused("a", "b");
        Assert.Equal(0L, project.Scalar("SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM c)"));
        Assert.False(InTransaction(project.Connection));

        project.Load("a");
        Assert.Equal("1|x", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void What_was_loaded_can_be_read_by_another_connection()
    {
        using var project = new TestProject(Schema, "test.db");
        project.LoadJson(One);
        using SqliteConnection other = TestProject.Open($"Data Source={project.At("test.db")};Pooling=False");
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = "SELECT a FROM t";
        Assert.Equal("x", command.ExecuteScalar());
    }

    [Fact]
    public void A_callers_transaction_is_joined_and_decides()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", One);
        using (SqliteTransaction transaction = project.Connection.BeginTransaction())
        {
            project.Load("a");
            Assert.True(InTransaction(project.Connection));
            transaction.Rollback();
        }
        Assert.Equal("", project.Rows("SELECT * FROM t"));

        using (SqliteTransaction transaction = project.Connection.BeginTransaction())
        {
            project.Load("a");
            transaction.Commit();
        }
        Assert.Equal("1|x", project.Rows("SELECT * FROM t"));
    }

    [Theory]
    [InlineData(Bad, FixtureStage.Constraint)]
    [InlineData(Orphan, FixtureStage.Constraint)]
    [InlineData("[", FixtureStage.Decode)]
    public void A_load_that_fails_leaves_the_callers_transaction_as_it_was(string records, FixtureStage stage)
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", One).Write("b.json", records);
        project.Run("BEGIN; INSERT INTO t VALUES (50, 'mine'); SAVEPOINT mine;");
        Assert.Equal(stage, project.Refused("a", "b").Stage);

        Assert.True(InTransaction(project.Connection));
        Assert.Equal("50|mine", project.Rows("SELECT * FROM t"));
        project.Run("INSERT INTO t VALUES (51, 'more'); RELEASE mine; COMMIT");
        Assert.Equal("50|mine;51|more", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_savepoint_of_the_same_name_is_not_touched()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", One).Write("b.json", Bad);
        project.Run("SAVEPOINT fixtures_load; INSERT INTO t VALUES (50, 'mine')");
        project.Load("a");
        project.Refused("b");
        Assert.Equal("1|x;50|mine", project.Rows("SELECT * FROM t"));
        project.Run("ROLLBACK TO fixtures_load; RELEASE fixtures_load");
        Assert.Equal("", project.Rows("SELECT * FROM t"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Foreign_key_settings_are_put_back(bool enforced, bool joined)
    {
        foreach (string records in (string[])[One, Bad, Orphan, "["])
        {
            foreach (bool deferred in joined ? (bool[])[false, true] : [false])
            {
                using var project = new TestProject(Schema);
                project.Run($"PRAGMA foreign_keys = {enforced}");
                project.Write("a.json", records);
                if (joined)
                    project.Run($"BEGIN; PRAGMA defer_foreign_keys = {deferred}");
                if (records == One)
                    project.Load("a");
                else
                    project.Refused("a");

                Assert.Equal(enforced ? 1L : 0L, project.Scalar("PRAGMA foreign_keys"));
                Assert.Equal(deferred ? 1L : 0L, project.Scalar("PRAGMA defer_foreign_keys"));
                Assert.Equal(joined, InTransaction(project.Connection));
                Assert.Equal(records == One ? 1L : 0L, project.Scalar("SELECT (SELECT count(*) FROM t) + (SELECT count(*) FROM c)"));
            }
        }
    }

    [Fact]
    public void A_constraint_is_immediate_again_after_a_joined_load()
    {
        using var project = new TestProject(Schema);
        project.Run("BEGIN").LoadJson(One);
        Assert.Throws<SqliteException>(() => project.Run("INSERT INTO c VALUES (1, 99)"));
    }

    [Fact]
    public void A_rollback_by_SQLite_itself_keeps_nothing()
    {
        using var project = new TestProject(Schema + "CREATE TRIGGER r BEFORE INSERT ON t WHEN new.id = 3 BEGIN SELECT RAISE(ROLLBACK, 'no three'); END;");
        project.Write("a.json", One).Write("b.json", """[{"model": "t", "pk": 3, "fields": {}}]""");
        FixtureException exception = project.Refused("a", "b");

        Assert.Equal((FixtureStage.Constraint, "3"), (exception.Stage, exception.Errors[0].Key));
        Assert.Contains("no three", exception.Message, StringComparison.Ordinal);
        Assert.False(InTransaction(project.Connection));
        Assert.Equal("", project.Rows("SELECT * FROM t"));
        project.Load("a");
        Assert.Equal("1|x", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_rollback_of_the_callers_transaction_by_SQLite_itself_is_said()
    {
        using var project = new TestProject(Schema + "CREATE TRIGGER r BEFORE INSERT ON t WHEN new.id = 3 BEGIN SELECT RAISE(ROLLBACK, 'no three'); END;");
        project.Run("PRAGMA foreign_keys = OFF");
        project.Write("b.json", """[{"model": "t", "pk": 3, "fields": {}}]""");
        SqliteTransaction transaction = project.Connection.BeginTransaction();
        project.Run("INSERT INTO t VALUES (50, 'mine')");
        FixtureException exception = project.Refused("b");

        Assert.Contains("no three", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rolled back the whole transaction", exception.Message, StringComparison.Ordinal);
        transaction.Dispose();
        Assert.False(InTransaction(project.Connection));
        Assert.Equal("", project.Rows("SELECT * FROM t"));
        Assert.Equal(0L, project.Scalar("PRAGMA foreign_keys"));
    }

    [Fact]
    public void A_full_database_keeps_nothing()
    {
        using var project = new TestProject(Schema, "test.db");
        project.Run("PRAGMA max_page_count = 10");
        project.Write("a.jsonl", string.Join('\n', Enumerable.Range(0, 100).Select(i => $$$"""{"model": "t", "pk": {{{i}}}, "fields": {"a": "{{{new string('x', 2000)}}}"}}""")));
        Assert.Equal(FixtureStage.Database, project.Refused("a").Stage);
        Assert.False(InTransaction(project.Connection));
        Assert.Equal("", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_connection_that_is_not_open_is_refused()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", One);
        using var connection = new SqliteConnection("Data Source=:memory:");
        Assert.Throws<InvalidOperationException>(() => new FixtureLoader(project.Options).LoadInto(connection, "a"));
    }

    internal static bool InTransaction(SqliteConnection connection) => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0;
}

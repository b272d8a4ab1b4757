using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>Test data in code, run inside the load's transaction.</summary>
public sealed class CodeFixtureTests
{
    private const string Schema = "CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TABLE c (id integer PRIMARY KEY, t_id integer REFERENCES t);";

    [Fact]
    public void Code_runs_after_the_files_of_its_label_and_before_those_of_the_next()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {"a": "file"}}]""").Write("b.json", """[{"model": "t", "pk": 2, "fields": {"a": "file"}}]""");
        WithCode(project, ("a", connection => TestProject.Run(connection, "UPDATE t SET a = a || ' code'")), ("alone", connection => TestProject.Run(connection, "INSERT INTO t VALUES (9, 'alone')")));
        LoadReport report = project.Load("a", "b", "alone");

        Assert.Equal("1|file code;2|file;9|alone", project.Rows("SELECT * FROM t"));
        Assert.Equal((2, 2), (report.Objects, report.Files.Count));
    }

    [Fact]
    public void References_that_wait_are_fulfilled_before_code_runs()
    {
        using var project = new TestProject("CREATE TABLE p (id integer PRIMARY KEY, name text UNIQUE); CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES p)");
        project.Write("a.json", """[{"model": "c", "pk": 1, "fields": {"p": ["x"]}}, {"model": "p", "pk": 7, "fields": {"name": "x"}}]""");
        object? seen = null;
        WithCode(project, ("a", connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT p_id FROM c";
            seen = command.ExecuteScalar();
        }
        ));
        project.Load("a");
        Assert.Equal(7L, seen);
    }

    [Fact]
    public void Code_may_change_the_schema_that_later_files_need()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {}}]""").Write("b.json", """[{"model": "t", "pk": 2, "fields": {"extra": "x"}}, {"model": "fresh", "pk": 1, "fields": {}}]""");
        WithCode(project, ("a", connection => TestProject.Run(connection, "ALTER TABLE t ADD COLUMN extra text; CREATE TABLE fresh (id integer PRIMARY KEY)")));
        project.Load("a", "b");
        Assert.Equal("2|NULL|x", project.Rows("SELECT * FROM t WHERE id = 2"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_code_breaks_is_refused_and_rolled_back(bool joined)
    {
        using var project = new TestProject(Schema);
        WithCode(project, ("orphan", connection => TestProject.Run(connection, "INSERT INTO c VALUES (1, 99)")), ("fails", connection => TestProject.Run(connection, "INSERT INTO t VALUES (1, 'x'); INSERT INTO nix VALUES (1)")));
        using SqliteTransaction? transaction = joined ? project.Connection.BeginTransaction() : null;

        FixtureException orphan = project.Refused("orphan");
        Assert.Equal(FixtureStage.Constraint, orphan.Stage);
        Assert.Contains("99", orphan.Message, StringComparison.Ordinal);

        FixtureException fails = project.Refused("fails");
        Assert.Equal(FixtureStage.Database, fails.Stage);
        Assert.Contains("'fails'", fails.Message, StringComparison.Ordinal);
        Assert.Contains("nix", fails.Message, StringComparison.Ordinal);
        Assert.Equal("", project.Rows("SELECT id FROM c UNION ALL SELECT id FROM t"));
    }

    [Fact]
    public void An_exception_of_the_code_itself_rolls_back_and_comes_through()
    {
        using var project = new TestProject(Schema);
        project.Run("PRAGMA foreign_keys = OFF");
        WithCode(project, ("x", connection =>
        {
            TestProject.Run(connection, "INSERT INTO t VALUES (1, 'x')");
            throw new TimeoutException("mine");
        }
        ));
        Assert.Equal("mine", Assert.Throws<TimeoutException>(() => project.Load("x")).Message);
        Assert.Equal("", project.Rows("SELECT * FROM t"));
        Assert.False(TransactionTests.InTransaction(project.Connection));
        Assert.Equal(0L, project.Scalar("PRAGMA foreign_keys"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Code_must_not_begin_a_transaction(bool joined)
    {
        using var project = new TestProject(Schema);
        WithCode(project, ("x", connection =>
        {
            using SqliteTransaction inner = connection.BeginTransaction();
            inner.Commit();
        }
        ));
        using SqliteTransaction? transaction = joined ? project.Connection.BeginTransaction() : null;
        FixtureException exception = project.Refused("x");
        Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("must not open", exception.Message, StringComparison.Ordinal);
        Assert.Equal(joined, TransactionTests.InTransaction(project.Connection));
    }

    [Theory]
    [InlineData("COMMIT", false)]
    [InlineData("ROLLBACK", false)]
    [InlineData("COMMIT", true)]
    [InlineData("ROLLBACK", true)]
    public void Code_must_not_end_the_transaction(string sql, bool joined)
    {
        using var project = new TestProject(Schema);
        project.Write("x.json", """[{"model": "t", "pk": 1, "fields": {}}]""");
        WithCode(project, ("x", connection => TestProject.Run(connection, sql)));
        if (joined)
            project.Run("BEGIN");
        FixtureException exception = project.Refused("x");
        Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("must not", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite rolled back", exception.Message, StringComparison.Ordinal);
        Assert.False(TransactionTests.InTransaction(project.Connection));
    }

    private static void WithCode(TestProject project, params (string Label, Action<SqliteConnection> Code)[] code) =>
        project.Options = project.Options with { Code = code.ToDictionary(entry => entry.Label, entry => entry.Code) };
}

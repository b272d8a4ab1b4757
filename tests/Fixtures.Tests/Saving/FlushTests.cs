using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>A flush empties every table, whatever refers to it or watches it, and then loads <c>initial_data</c>.</summary>
public sealed class FlushTests
{
    internal const string Blog = """
        CREATE TABLE post (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL);
        CREATE TABLE comment (id integer PRIMARY KEY AUTOINCREMENT, post_id integer NOT NULL REFERENCES post);
        INSERT INTO post VALUES (7, 'x'), (8, 'y');
        INSERT INTO comment VALUES (5, 7);
        """;
    private const string InitialPost = """[{"model": "post", "pk": 1, "fields": {"title": "first"}}]""";

    [Fact]
    public void All_tables_are_emptied_and_ids_start_at_1_again()
    {
        using var project = new TestProject(Blog);

        LoadReport report = Flush(project);

        Assert.Equal((3L, 0, 0), (report.RowsDeleted, report.Objects, report.Files.Count));
        project.Run("INSERT INTO post (title) VALUES ('new'); INSERT INTO comment (post_id) VALUES (1)");
        Assert.Equal("1", project.Rows("SELECT id FROM post"));
        Assert.Equal("1", project.Rows("SELECT id FROM comment"));
    }

    [Fact]
    public void Initial_data_is_loaded_afterwards_unless_it_is_not_wanted()
    {
        using var project = new TestProject(Blog);
        project.Write("initial_data.json", InitialPost);

        LoadReport report = Flush(project);
        Assert.Equal((3L, 1, 1), (report.RowsDeleted, report.Objects, report.Files.Count));
        Assert.Equal("1|first", project.Rows("SELECT * FROM post"));

        LoadReport without = new FixtureLoader(project.Options).Flush(project.Connection, loadInitialData: false, CancellationToken.None);
        Assert.Equal((1L, 0), (without.RowsDeleted, without.Objects));
        Assert.Equal("", project.Rows("SELECT * FROM post"));
    }

    [Fact]
    public void Initial_data_may_be_code_and_triggers_run_for_it()
    {
        using var project = new TestProject(Blog + """
            CREATE TABLE audit (what text);
            CREATE TRIGGER on_insert AFTER INSERT ON post BEGIN INSERT INTO audit VALUES ('insert ' || new.title); END;
            """);
        project.Options = project.Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["initial_data"] = connection => TestProject.Run(connection, "INSERT INTO post (title) VALUES ('code')") } };

        Flush(project);

        Assert.Equal("1|code", project.Rows("SELECT * FROM post"));
        Assert.Equal("insert code", project.Rows("SELECT * FROM audit"));
    }

    [Theory]
    [InlineData("""[{"model": "post", "pk": 1, "fields": {"title": "x"}}, {"model": "comment", "pk": 1, "fields": {"post": 99}}]""", FixtureStage.Constraint)]
    [InlineData("""[{"model": "post", "pk": 1, "fields": {}}]""", FixtureStage.Constraint)]
    [InlineData("""[{"model": "nix", "pk": 1, "fields": {}}]""", FixtureStage.Map)]
    [InlineData("[", FixtureStage.Decode)]
    public void An_error_in_initial_data_leaves_everything_as_it_was(string records, FixtureStage stage)
    {
        using var project = new TestProject(Blog);
        project.Write("initial_data.json", records);

        Assert.Equal(stage, Refused(project).Stage);

        AssertUnchanged(project);
        Assert.False(TransactionTests.InTransaction(project.Connection));
    }

    [Fact]
    public void Initial_data_that_is_there_twice_is_refused_before_anything_is_deleted()
    {
        using var project = new TestProject(Blog);
        project.Write("initial_data.json", InitialPost).Write("initial_data.yaml", "[]");

        Assert.Equal(FixtureStage.Resolve, Refused(project).Stage);

        AssertUnchanged(project);
    }

    [Fact]
    public void A_transaction_is_joined_and_decides()
    {
        using var project = new TestProject(Blog);
        using (SqliteTransaction transaction = project.Connection.BeginTransaction())
        {
            project.Run("INSERT INTO post VALUES (9, 'mine')");
            Assert.Equal(4, Flush(project).RowsDeleted);
            Assert.True(TransactionTests.InTransaction(project.Connection));
            transaction.Rollback();
        }
        AssertUnchanged(project);

        using (SqliteTransaction transaction = project.Connection.BeginTransaction())
        {
            Flush(project);
            transaction.Commit();
        }
        Assert.Equal("", project.Rows("SELECT * FROM post"));
    }

    [Fact]
    public void An_error_in_a_joined_transaction_takes_back_the_flush_alone()
    {
        using var project = new TestProject(Blog);
        project.Write("initial_data.json", "[");
        project.Run("BEGIN; INSERT INTO post VALUES (9, 'mine')");

        Refused(project);

        Assert.Equal("7;8;9", project.Rows("SELECT id FROM post"));
        project.Run("COMMIT");
    }

    [Fact]
    public void A_cancelled_flush_leaves_everything_as_it_was()
    {
        using var project = new TestProject(Blog);

        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).Flush(project.Connection, loadInitialData: true, new CancellationToken(canceled: true)));

        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        AssertUnchanged(project);
    }

    [Fact]
    public void Triggers_neither_fill_tables_nor_stop_the_flush_and_run_again_afterwards()
    {
        using var project = new TestProject(Blog + """
            CREATE TABLE audit (what text);
            CREATE TABLE invoice (id integer PRIMARY KEY);
            INSERT INTO invoice VALUES (1);
            CREATE TRIGGER on_delete AFTER DELETE ON post BEGIN INSERT INTO audit VALUES ('delete ' || old.title); END;
            CREATE TRIGGER refill AFTER DELETE ON audit BEGIN INSERT INTO audit VALUES ('again'); END;
            CREATE TRIGGER for_ever BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'invoices stay'); END;
            CREATE TRIGGER all_of_it BEFORE DELETE ON comment BEGIN SELECT RAISE(ROLLBACK, 'no'); END;
            CREATE VIEW titles AS SELECT title FROM post;
            CREATE TRIGGER on_view INSTEAD OF DELETE ON titles BEGIN INSERT INTO audit VALUES ('view'); END;
            """);

        Flush(project);

        Assert.Equal("0|0|0|0", project.Rows("SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM comment), (SELECT count(*) FROM audit), (SELECT count(*) FROM invoice)"));
        project.Run("INSERT INTO post (title) VALUES ('z'); DELETE FROM titles");
        Assert.Equal("view", project.Rows("SELECT what FROM audit"));
        project.Run("DELETE FROM post");
        Assert.Equal("view;delete z", project.Rows("SELECT what FROM audit"));
    }

    [Fact]
    public void A_temporary_trigger_runs_and_what_it_fills_is_emptied_too()
    {
        using var project = new TestProject(Blog + """
            CREATE TABLE audit (what text);
            CREATE TEMP TRIGGER watch AFTER DELETE ON main.post BEGIN INSERT INTO audit VALUES (old.title); END;
            """);

        Assert.Equal(3, Flush(project).RowsDeleted);

        Assert.Equal("0|0", project.Rows("SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM audit)"));
    }

    [Theory]
    [InlineData("AFTER DELETE ON main.post BEGIN INSERT INTO post VALUES (old.id, old.title); END", "'post'", "fills them again")]
    [InlineData("BEFORE DELETE ON main.post BEGIN SELECT RAISE(ABORT, 'posts stay'); END", "'post'", "posts stay")]
    [InlineData("BEFORE DELETE ON main.post BEGIN SELECT RAISE(ROLLBACK, 'posts stay'); END", "'post'", "posts stay")]
    public void A_temporary_trigger_that_keeps_rows_is_refused_with_the_table(string trigger, params string[] parts)
    {
        using var project = new TestProject(Blog + $"CREATE TEMP TRIGGER watch {trigger};");

        FixtureException exception = Refused(project);

        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("'comment'", exception.Message, StringComparison.Ordinal);
        AssertUnchanged(project);
        Assert.Throws<SqliteException>(() => project.Run("INSERT INTO comment VALUES (1, 99)"));
    }

    [Theory]
    [InlineData("PRAGMA foreign_keys = ON", 1L)]
    [InlineData("PRAGMA foreign_keys = OFF", 0L)]
    public void Rows_that_refer_to_one_another_are_deleted_and_the_setting_is_put_back(string setting, long enforced)
    {
        using var project = new TestProject("""
            CREATE TABLE category (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES category ON DELETE RESTRICT);
            CREATE TABLE a (id integer PRIMARY KEY, b_id integer REFERENCES b ON DELETE RESTRICT);
            CREATE TABLE b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a ON DELETE RESTRICT);
            PRAGMA foreign_keys = OFF;
            INSERT INTO category VALUES (1, 1), (2, 1), (3, 4), (4, 3);
            INSERT INTO a VALUES (1, 1);
            INSERT INTO b VALUES (1, 1);
            """);
        project.Run(setting);

        Assert.Equal(6, Flush(project).RowsDeleted);

        Assert.Equal("0|0|0", project.Rows("SELECT (SELECT count(*) FROM category), (SELECT count(*) FROM a), (SELECT count(*) FROM b)"));
        Assert.Equal(enforced, project.Scalar("PRAGMA foreign_keys"));
    }

    [Fact]
    public void What_the_callers_transaction_has_still_to_make_good_goes_with_its_rows()
    {
        using var project = new TestProject("""
            CREATE TABLE a_parent (id integer PRIMARY KEY);
            CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES a_parent ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO a_parent VALUES (1);
            INSERT INTO child VALUES (1, 1);
            """);
        project.Run("BEGIN; INSERT INTO child VALUES (2, 99)");

        Flush(project);

        project.Run("COMMIT");
        Assert.Equal("0|0", project.Rows("SELECT (SELECT count(*) FROM a_parent), (SELECT count(*) FROM child)"));
    }

    [Fact]
    public void A_kept_row_that_would_refer_to_nothing_is_refused()
    {
        using var project = new TestProject(Blog + "CREATE TABLE VersionInfo (id integer PRIMARY KEY, post_id integer REFERENCES post); INSERT INTO VersionInfo VALUES (1, 7);");

        FixtureException exception = Refused(project);

        Assert.Contains("VersionInfo pk=1", exception.Message, StringComparison.Ordinal);
        AssertUnchanged(project);
    }

    [Fact]
    public void A_database_without_tables_is_empty_already()
    {
        using var project = new TestProject();

        Assert.Equal(0, Flush(project).RowsDeleted);
        Assert.Empty(FixtureLoader.CountRows(project.Connection));
    }

    [Fact]
    public void A_database_that_is_locked_or_read_only_is_refused()
    {
        using var project = new TestProject(Blog, "app.db");
        using SqliteConnection readOnly = TestProject.Open($"Data Source={project.At("app.db")};Mode=ReadOnly;Pooling=False");
        var loader = new FixtureLoader(project.Options);
        Assert.Contains("is read-only", Assert.Throws<FixtureException>(() => loader.Flush(readOnly)).Message, StringComparison.Ordinal);

        using SqliteConnection other = TestProject.Open($"Data Source={project.At("app.db")};Default Timeout=1;Pooling=False");
        project.Run("BEGIN EXCLUSIVE");
        Assert.Contains("is locked", Assert.Throws<FixtureException>(() => loader.Flush(other)).Message, StringComparison.Ordinal);
        Assert.Contains("is locked", Assert.Throws<FixtureException>(() => FixtureLoader.CountRows(other)).Message, StringComparison.Ordinal);
        project.Run("ROLLBACK");
        AssertUnchanged(project);
    }

    [Fact]
    public void Prepared_commands_and_an_open_reader_of_the_connection_go_on()
    {
        using var project = new TestProject(Blog);
        using var prepared = new SqliteCommand("INSERT INTO post (title) VALUES ('again')", project.Connection);
        prepared.Prepare();
        using var reading = new SqliteCommand("SELECT id FROM post ORDER BY id", project.Connection);
        using (SqliteDataReader reader = reading.ExecuteReader())
        {
            Assert.True(reader.Read());
            Flush(project);
            Assert.False(reader.Read());
        }

        prepared.ExecuteNonQuery();
        Assert.Equal("1|again", project.Rows("SELECT * FROM post"));
    }

    [Fact]
    public void A_connection_that_is_not_open_is_refused()
    {
        using var project = new TestProject();
        using var connection = new SqliteConnection("Data Source=:memory:");

        Assert.Throws<InvalidOperationException>(() => new FixtureLoader(project.Options).Flush(connection));
        Assert.Throws<InvalidOperationException>(() => FixtureLoader.CountRows(connection));
    }

    internal static LoadReport Flush(TestProject project) => new FixtureLoader(project.Options).Flush(project.Connection);

    private static FixtureException Refused(TestProject project) => Assert.Throws<FixtureException>(() => Flush(project));

    internal static void AssertUnchanged(TestProject project)
    {
        Assert.Equal("7|x;8|y", project.Rows("SELECT * FROM post"));
        Assert.Equal("5|7", project.Rows("SELECT * FROM comment"));
        Assert.Equal("comment|5;post|8", project.Rows("SELECT * FROM sqlite_sequence ORDER BY name"));
    }
}

namespace Fixtures.Tests.Saving;

/// <summary>Saving a record makes its row equal to the fixture.</summary>
public sealed class UpsertTests
{
    [Fact]
    public void A_row_becomes_equal_to_the_fixture_on_insert_and_on_update()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text, b text DEFAULT 'b', c text, d datetime DEFAULT CURRENT_TIMESTAMP, n integer NOT NULL DEFAULT 7)");
        project.Configure("t", new ModelOptions { Defaults = new Dictionary<string, object?> { ["c"] = "c" } });
        project.Run("INSERT INTO t VALUES (1, 'old', 'old', 'old', 'old', 1)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}, {"model": "t", "pk": 2, "fields": {}}, {"model": "t", "pk": 3, "fields": {"a": "x", "b": null, "c": null, "n": 0}}]""");

        Assert.Equal("1|NULL|b|c|7;2|NULL|b|c|7;3|x|NULL|NULL|0", project.Rows("SELECT id, a, b, c, n FROM t"));
        Assert.Equal(3L, project.Scalar("SELECT count(*) FROM t WHERE d LIKE '2%'"));
    }

    [Fact]
    public void The_last_record_of_a_key_counts_whole()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text, b text)");
        LoadReport report = project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": "x"}}, {"model": "t", "pk": 1, "fields": {"b": "y"}}]""");
        Assert.Equal("1|NULL|y", project.Rows("SELECT * FROM t"));
        Assert.Equal((2, 2), (report.Objects, report.ObjectsInFixtures));
    }

    [Fact]
    public void A_row_is_never_replaced()
    {
        using var project = new TestProject("""
            CREATE TABLE p (id integer PRIMARY KEY, name text UNIQUE);
            CREATE TABLE c (id integer PRIMARY KEY, p_id integer NOT NULL REFERENCES p ON DELETE CASCADE);
            CREATE TABLE log (what text);
            CREATE TRIGGER p_insert AFTER INSERT ON p BEGIN INSERT INTO log VALUES ('insert ' || new.id); END;
            CREATE TRIGGER p_update AFTER UPDATE ON p BEGIN INSERT INTO log VALUES ('update ' || old.name || ' ' || new.name); END;
            CREATE TRIGGER p_delete AFTER DELETE ON p BEGIN INSERT INTO log VALUES ('delete ' || old.id); END;
            PRAGMA recursive_triggers = ON;
            INSERT INTO p VALUES (1, 'old');
            INSERT INTO c VALUES (5, 1);
            DELETE FROM log;
            """);
        project.LoadJson("""[{"model": "p", "pk": 1, "fields": {"name": "new"}}, {"model": "p", "pk": 2, "fields": {"name": "two"}}]""");

        Assert.Equal("5|1", project.Rows("SELECT * FROM c"));
        Assert.Equal("update old new;insert 2", project.Rows("SELECT what FROM log"));
    }

    [Fact]
    public void A_unique_column_of_another_row_is_a_conflict_not_a_replacement()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, name text UNIQUE); INSERT INTO t VALUES (1, 'x')");
        FixtureException exception = project.RefusedJson("""[{"model": "t", "pk": 2, "fields": {"name": "x"}}]""");

        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal((FixtureStage.Constraint, "t", "2", 1, 45), (exception.Stage, error.Model, error.Key, error.Line, error.Column));
        Assert.Contains("t.name", error.Message, StringComparison.Ordinal);
        Assert.Equal("1|x", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Zero_and_negative_keys_are_ordinary()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text)");
        const string records = """[{"model": "t", "pk": 0, "fields": {"a": "zero"}}, {"model": "t", "pk": -5, "fields": {"a": "minus"}}, {"model": "t", "pk": -9223372036854775808, "fields": {}}]""";
        project.LoadJson(records);
        project.LoadJson(records);
        Assert.Equal("-9223372036854775808|NULL;-5|minus;0|zero", project.Rows("SELECT * FROM t"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("WITHOUT ROWID")]
    [InlineData("STRICT")]
    [InlineData("STRICT, WITHOUT ROWID")]
    public void A_composite_key_is_a_list_in_key_order(string options)
    {
        using var project = new TestProject($"CREATE TABLE t (a integer NOT NULL, x text, b text NOT NULL, PRIMARY KEY (b, a)) {options}");
        project.LoadJson("""[{"model": "t", "pk": ["k", 1], "fields": {"x": "old"}}, {"model": "t", "pk": ["k", 2], "fields": {"x": "two"}}]""");
        project.LoadJson("""[{"model": "t", "pk": ["k", 1], "fields": {"x": "new"}}, {"model": "t", "fields": {"a": 2, "b": "k", "x": "2"}}]""");
        Assert.Equal("1|new|k;2|2|k", project.Rows("SELECT * FROM t ORDER BY a"));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[5]")]
    [InlineData("[5, 6, 7]")]
    [InlineData("[5, null]")]
    [InlineData("[5, [6]]")]
    [InlineData("[]")]
    public void A_composite_key_of_other_parts_is_refused(string key)
    {
        using var project = new TestProject("CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b))");
        FixtureException exception = project.RefusedJson($$$"""[{"model": "t", "pk": {{{key}}}, "fields": {}}]""");
        Assert.Equal(FixtureStage.Map, exception.Stage);
    }

    [Theory]
    [InlineData("\"x\"", 23)]
    [InlineData("1.5", 23)]
    [InlineData("[1, 2]", 23)]
    [InlineData("[[1]]", 24)]
    public void A_key_that_is_not_of_the_columns_type_is_refused(string key, long column)
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY)");
        FixtureException exception = project.RefusedJson($$$"""[{"model": "t", "pk": {{{key}}}, "fields": {}}]""");
        Assert.Equal((FixtureStage.Map, 1L, column), (exception.Stage, exception.Errors[0].Line!.Value, exception.Errors[0].Column!.Value));
    }

    [Fact]
    public void A_part_of_a_composite_key_among_the_fields_is_not_lost()
    {
        using var project = new TestProject("CREATE TABLE t (a integer, b integer DEFAULT 5, x text, PRIMARY KEY (a, b))");
        FixtureException exception = project.RefusedJson("""[{"model": "t", "fields": {"a": 1, "x": "y"}}]""");
        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains("a, b", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_composite_key_may_come_from_its_default()
    {
        using var project = new TestProject("CREATE TABLE t (a integer, b integer, x text, PRIMARY KEY (a, b))");
        project.Configure("t", new ModelOptions { Defaults = new Dictionary<string, object?> { ["a"] = 9, ["b"] = 5 } });
        project.LoadJson("""[{"model": "t", "fields": {"a": 1, "x": "y"}}, {"model": "t", "fields": {}}]""");
        Assert.Equal("1|5|y;9|5|NULL", project.Rows("SELECT * FROM t ORDER BY a"));
    }

    [Fact]
    public void A_table_without_primary_key_is_only_inserted_into()
    {
        using var project = new TestProject("CREATE TABLE t (a text UNIQUE, b text DEFAULT 'b')");
        project.LoadJson("""[{"model": "t", "fields": {"a": "x"}}, {"model": "t", "pk": 5, "fields": {}}, {"model": "t", "fields": {}}]""");
        Assert.Equal("x|b;NULL|b;NULL|b", project.Rows("SELECT * FROM t"));
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "fields": {"a": "x"}}]""").Stage);
    }

    [Fact]
    public void A_record_without_key_and_natural_key_is_inserted()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES (5, 'x')");
        project.LoadJson("""[{"model": "t", "fields": {"a": "x"}}, {"model": "t", "pk": null, "fields": {"a": "y"}}, {"model": "t", "fields": {"id": null, "a": "z"}}, {"model": "t", "fields": {"id": 5, "a": "five"}}, {"model": "t", "fields": {}}]""");
        Assert.Equal("5|five;6|x;7|y;8|z;9|NULL", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_text_key_is_matched_as_SQLite_matches_it()
    {
        using var project = new TestProject("CREATE TABLE t (code varchar(5) COLLATE NOCASE PRIMARY KEY, a text); INSERT INTO t VALUES ('A', 'old')");
        project.LoadJson("""[{"model": "t", "pk": "a", "fields": {"a": "new"}}, {"model": "t", "pk": 5, "fields": {}}]""");
        Assert.Equal("A|new;5|NULL", project.Rows("SELECT * FROM t ORDER BY code DESC"));
    }

    [Fact]
    public void Rows_of_a_table_that_is_nothing_but_its_key_are_kept()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE c (id REFERENCES t ON DELETE CASCADE); INSERT INTO t VALUES (1); INSERT INTO c VALUES (1)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}, {"model": "t", "pk": 2, "fields": {}}]""");
        Assert.Equal("1;2|1", project.Rows("SELECT * FROM t") + "|" + project.Rows("SELECT * FROM c"));
    }

    [Fact]
    public void A_strict_table_takes_what_its_types_take()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a int, b real, c text, d blob, e any) STRICT");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": "5", "b": 1, "c": 5, "d": "AA==", "e": "5"}}, {"model": "t", "pk": 2, "fields": {"e": 5.5}}]""");
        Assert.Equal("5|1.0|'5'|X'00'|'5';NULL|NULL|NULL|NULL|5.5", project.Rows("SELECT quote(a), quote(b), quote(c), quote(d), quote(e) FROM t"));
    }

    [Fact]
    public void A_text_key_of_a_rowid_is_a_constraint()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text)");
        project.Configure("t", new ModelOptions { Types = new Dictionary<string, string> { ["id"] = "text" } });
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": "x", "fields": {}}]""").Stage);
    }

    [Fact]
    public void Checks_and_triggers_speak_with_the_record()
    {
        using var project = new TestProject("""
            CREATE TABLE t (id integer PRIMARY KEY, a integer CHECK (a < 10));
            CREATE TRIGGER r BEFORE INSERT ON t WHEN new.a = 5 BEGIN SELECT RAISE(ABORT, 'five is taken'); END;
            """);
        FixtureException check = project.RefusedJson("[{\"model\": \"t\", \"pk\": 1, \"fields\": {\"a\": 1}},\n {\"model\": \"t\", \"pk\": 2, \"fields\": {\"a\": 10}}]");
        Assert.Equal((FixtureStage.Constraint, "2", 2, 42), (check.Stage, check.Errors[0].Key, check.Errors[0].Line, check.Errors[0].Column));
        Assert.Contains("a < 10", check.Message, StringComparison.Ordinal);

        FixtureException trigger = project.RefusedJson("""[{"model": "t", "pk": 3, "fields": {"a": 5}}]""");
        Assert.Equal((FixtureStage.Constraint, "3"), (trigger.Stage, trigger.Errors[0].Key));
        Assert.Contains("five is taken", trigger.Message, StringComparison.Ordinal);
        Assert.Equal("", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_temporary_table_of_the_same_name_is_left_alone()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text); CREATE TEMP TABLE t (id integer PRIMARY KEY, b text)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": "x"}}]""");
        Assert.Equal("1|x", project.Rows("SELECT * FROM main.t"));
        Assert.Equal("", project.Rows("SELECT * FROM temp.t"));
    }
}

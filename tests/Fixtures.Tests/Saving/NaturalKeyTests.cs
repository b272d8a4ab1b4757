namespace Fixtures.Tests.Saving;

/// <summary>Rows that are referred to, or found, by something other than their primary key.</summary>
public sealed class NaturalKeyTests
{
    private const string Library = """
        CREATE TABLE author (id integer PRIMARY KEY, name text UNIQUE);
        CREATE TABLE book (id integer PRIMARY KEY, title text, author_id integer REFERENCES author, reviewer_id integer NOT NULL DEFAULT 1 REFERENCES author, UNIQUE (title, author_id));
        CREATE TABLE copy (id integer PRIMARY KEY, book_id integer REFERENCES book, n integer);
        INSERT INTO author VALUES (1, 'ann'), (2, 'bob');
        INSERT INTO book VALUES (10, 'x', 1, 1), (11, 'x', 2, 1), (12, 'y', NULL, 1);
        """;

    [Fact]
    public void A_list_is_a_natural_key()
    {
        using var project = new TestProject(Library);
        project.LoadJson("""[{"model": "book", "pk": 1, "fields": {"title": "t", "author": ["bob"], "reviewer_id": ["ann"]}}]""");
        Assert.Equal("1|t|2|1", project.Rows("SELECT * FROM book WHERE id = 1"));
    }

    [Fact]
    public void A_natural_key_of_several_columns_may_hold_others_and_nulls()
    {
        using var project = new TestProject(Library);
        project.LoadJson("""
            [{"model": "copy", "pk": 1, "fields": {"book": ["x", 2]}}, {"model": "copy", "pk": 2, "fields": {"book": ["x", ["ann"]]}}, {"model": "copy", "pk": 3, "fields": {"book": ["y", null]}}]
            """);
        Assert.Equal("1|11;2|10;3|12", project.Rows("SELECT id, book_id FROM copy"));
    }

    [Fact]
    public void A_natural_key_may_walk_foreign_keys()
    {
        using var project = new TestProject(Library);
        project.Configure("book", new ModelOptions { NaturalKey = ["title", "author.name"] });
        project.LoadJson("""
            [{"model": "copy", "pk": 1, "fields": {"book": ["x", "bob"]}}, {"model": "copy", "pk": 2, "fields": {"book": ["x", "ann"]}}, {"model": "copy", "pk": 3, "fields": {"book": ["y", null]}}]
            """);
        Assert.Equal("1|11;2|10;3|12", project.Rows("SELECT id, book_id FROM copy"));
    }

    [Fact]
    public void A_natural_key_may_walk_two_foreign_keys()
    {
        using var project = new TestProject(Library + "CREATE TABLE loan (id integer PRIMARY KEY, copy_id integer REFERENCES copy); INSERT INTO copy VALUES (20, 11, 1), (21, 10, 1), (22, 10, 2);");
        project.Configure("copy", new ModelOptions { NaturalKey = ["book.title", "book.author.name", "n"] });
        project.LoadJson("""[{"model": "loan", "pk": 1, "fields": {"copy": ["x", "ann", 2]}}, {"model": "loan", "pk": 2, "fields": {"copy": ["x", "bob", 1]}}]""");
        Assert.Equal("1|22;2|20", project.Rows("SELECT * FROM loan"));
    }

    [Fact]
    public void Two_rows_with_a_natural_key_are_refused()
    {
        using var project = new TestProject(Library + "INSERT INTO book VALUES (13, 'y', NULL, 1)");
        FixtureException exception = project.RefusedJson("""[{"model": "copy", "pk": 1, "fields": {"book": ["y", null]}}]""");
        Assert.Equal((FixtureStage.Map, "book"), (exception.Stage, exception.Errors[0].Field));

        project.Configure("book", new ModelOptions { NaturalKey = ["title"] });
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "copy", "pk": 1, "fields": {"book": ["x"]}}]""").Stage);
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "book", "fields": {"title": "x"}}]""").Stage);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"x\"]")]
    [InlineData("[\"x\", 1, 2]")]
    [InlineData("[\"x\", \"ann\"]")]
    [InlineData("[\"x\", {}]")]
    public void A_natural_key_of_other_parts_is_refused(string key)
    {
        using var project = new TestProject(Library);
        FixtureException exception = project.RefusedJson($$$"""[{"model": "copy", "pk": 1, "fields": {"book": {{{key}}}}}]""");
        Assert.Equal((FixtureStage.Map, "book", "1"), (exception.Stage, exception.Errors[0].Field, exception.Errors[0].Key));
    }

    [Theory]
    [InlineData("CREATE TABLE p (id integer PRIMARY KEY, a text)")]
    [InlineData("CREATE TABLE p (id integer PRIMARY KEY, a text UNIQUE, b text UNIQUE)")]
    [InlineData("CREATE TABLE p (id integer PRIMARY KEY, a text); CREATE UNIQUE INDEX i ON p (a) WHERE a <> ''")]
    public void A_table_without_one_natural_key_is_refused(string schema)
    {
        using var project = new TestProject(schema + "; CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES p)");
        FixtureException exception = project.RefusedJson("""[{"model": "c", "pk": 1, "fields": {"p": ["x"]}}]""");
        Assert.Equal((FixtureStage.Map, "p"), (exception.Stage, exception.Errors[0].Field));
        Assert.Contains("naturalKey", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("title.name")]
    [InlineData("author.missing")]
    public void A_configured_natural_key_that_is_none_is_refused(string part)
    {
        using var project = new TestProject(Library);
        project.Configure("book", new ModelOptions { NaturalKey = [part] });
        FixtureException exception = project.RefusedJson("""[{"model": "copy", "pk": 1, "fields": {"book": ["x"]}}]""");
        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains($"'{part}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_key_is_found_by_its_natural_key()
    {
        using var project = new TestProject(Library);
        project.LoadJson("""[{"model": "author", "fields": {"name": "bob"}}, {"model": "author", "pk": null, "fields": {"name": "cy"}}, {"model": "book", "fields": {"title": "x", "author": ["bob"], "reviewer": 2}}]""");
        Assert.Equal("1|ann;2|bob;3|cy", project.Rows("SELECT * FROM author"));
        Assert.Equal("2", project.Rows("SELECT reviewer_id FROM book WHERE id = 11"));
        Assert.Equal(3L, project.Scalar("SELECT count(*) FROM book"));
    }

    [Fact]
    public void A_record_that_is_found_is_updated_whole()
    {
        using var project = new TestProject("CREATE TABLE t (id uuid PRIMARY KEY, a text UNIQUE, b text DEFAULT 'b', c text); INSERT INTO t VALUES ('K', 'x', 'old', 'old')");
        project.LoadJson("""[{"model": "t", "fields": {"a": "x"}}]""");
        Assert.Equal("K|x|b|NULL", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_record_is_found_by_a_configured_key_with_null_parts()
    {
        using var project = new TestProject(Library);
        project.Configure("book", new ModelOptions { NaturalKey = ["title", "author"] });
        project.LoadJson("""[{"model": "book", "fields": {"title": "y", "author": null, "reviewer": 2}}]""");
        Assert.Equal("12|2", project.Rows("SELECT id, reviewer_id FROM book WHERE title = 'y'"));
    }

    [Fact]
    public void A_record_without_its_natural_key_is_inserted()
    {
        using var project = new TestProject(Library);
        project.LoadJson("""[{"model": "book", "fields": {"title": "y"}}, {"model": "book", "fields": {}}]""");
        Assert.Equal(5L, project.Scalar("SELECT count(*) FROM book"));
    }

    [Fact]
    public void Null_in_a_unique_column_does_not_make_two_records_one()
    {
        // NULLs are distinct in a unique index: https://www.sqlite.org/lang_createtable.html#unique_constraints.
        using var project = new TestProject("CREATE TABLE users (id integer PRIMARY KEY, email text UNIQUE, name text); INSERT INTO users VALUES (1, NULL, 'old')");
        project.LoadJson("""[{"model": "users", "fields": {"email": null, "name": "ann"}}, {"model": "users", "fields": {"email": null, "name": "bob"}}]""");
        Assert.Equal("old;ann;bob", project.Rows("SELECT name FROM users"));
    }

    [Fact]
    public void A_reference_may_be_found_in_the_same_load()
    {
        using var project = new TestProject(Library);
        project.LoadJson("""[{"model": "author", "fields": {"name": "zoe"}}, {"model": "book", "pk": 1, "fields": {"author": ["zoe"], "reviewer": ["zoe"]}}]""");
        Assert.Equal("3|3", project.Rows("SELECT author_id, reviewer_id FROM book WHERE id = 1"));
    }

    [Fact]
    public void A_reference_may_be_to_a_unique_column_that_is_no_key()
    {
        using var project = new TestProject("CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE, n integer UNIQUE); CREATE TABLE c (id integer PRIMARY KEY, p_code text REFERENCES p(code)); INSERT INTO p VALUES (1, 'x', 5)");
        project.Configure("p", new ModelOptions { NaturalKey = ["n"] });
        project.LoadJson("""[{"model": "c", "pk": 1, "fields": {"p_code": [5]}}, {"model": "c", "pk": 2, "fields": {"p_code": "x"}}]""");
        Assert.Equal("x;x", project.Rows("SELECT p_code FROM c"));
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public void Text_keys_are_found_in_databases_of_any_encoding(string encoding)
    {
        using var project = new TestProject($"""
            PRAGMA encoding = '{encoding}';
            CREATE TABLE p (code text PRIMARY KEY, name text UNIQUE); CREATE TABLE c (id integer PRIMARY KEY, p_code text REFERENCES p);
            CREATE TABLE c_ps (c_id integer REFERENCES c, p_id text REFERENCES p, UNIQUE (c_id, p_id));
            """);
        const string records = """[{"model": "p", "pk": "cödé😀", "fields": {"name": "näme"}}, {"model": "c", "pk": 1, "fields": {"p_code": ["näme"], "ps": ["cödé😀"]}}, {"model": "p", "fields": {"name": "näme"}}]""";
        project.LoadJson(records);
        project.LoadJson(records);
        Assert.Equal("cödé😀|näme|1|cödé😀|cödé😀", project.Rows("SELECT * FROM p, c, (SELECT p_id FROM c_ps)"));
    }
}

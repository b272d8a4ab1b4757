using System.Globalization;

namespace Fixtures.Tests.Saving;

/// <summary>References to rows that come later in the same load.</summary>
public sealed class WaitingReferencesTests
{
    private const string Schema = """
        CREATE TABLE author (id integer PRIMARY KEY, name text UNIQUE, friend_id integer REFERENCES author);
        CREATE TABLE book (id integer PRIMARY KEY, title text, author_id integer REFERENCES author, editor_id integer REFERENCES author);
        CREATE TABLE strict_book (id integer PRIMARY KEY, author_id integer NOT NULL REFERENCES author);
        """;

    [Fact]
    public void A_key_may_come_later()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "book", "pk": 1, "fields": {"author": 7}}, {"model": "strict_book", "pk": 1, "fields": {"author": 7}}, {"model": "author", "pk": 7, "fields": {}}]""");
        Assert.Equal("7|7", project.Rows("SELECT b.author_id, s.author_id FROM book b, strict_book s"));
    }

    [Fact]
    public void A_natural_key_may_come_later()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", """[{"model": "book", "pk": 1, "fields": {"author": ["ann"], "title": "x", "editor": ["bob"]}}, {"model": "book", "fields": {"author": ["bob"]}}]""");
        project.Write("b.json", """[{"model": "author", "fields": {"name": "bob"}}, {"model": "author", "fields": {"name": "ann"}}]""");
        project.Load("a", "b");
        Assert.Equal("1|x|2|1;2|NULL|1|NULL", project.Rows("SELECT * FROM book"));
    }

    [Fact]
    public void Records_may_refer_to_each_other_and_to_themselves()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""
            [{"model": "author", "pk": 1, "fields": {"friend": 2}}, {"model": "author", "pk": 2, "fields": {"friend": 1}},
             {"model": "author", "fields": {"name": "ann", "friend": ["bob"]}}, {"model": "author", "fields": {"name": "bob", "friend": ["ann"]}}, {"model": "author", "fields": {"name": "me", "friend": ["me"]}}]
            """);
        Assert.Equal("1|2;2|1;3|4;4|3;5|5", project.Rows("SELECT id, friend_id FROM author"));
    }

    [Fact]
    public void A_column_that_must_not_be_null_cannot_wait()
    {
        using var project = new TestProject(Schema);
        FixtureException exception = project.RefusedJson("[\n{\"model\": \"strict_book\", \"pk\": 3, \"fields\": {\"author\": [\"ann\"]}}, {\"model\": \"author\", \"fields\": {\"name\": \"ann\"}}]");
        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal((FixtureStage.Map, "strict_book", "3", "author"), (exception.Stage, error.Model, error.Key, error.Field));
        Assert.Equal((2, 56), (error.Line, error.Column));
        Assert.StartsWith("'author' refers to author [\"ann\"], which no row has yet, and it cannot wait because 'strict_book.author_id' must not be NULL.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_XML_is_named_as_in_JSON()
    {
        using var project = new TestProject(Schema);
        project.Write("data.xml", """<django-objects version="1.0"><object model="strict_book" pk="3"><field name="author"><natural>ann "A"</natural></field></object></django-objects>""");
        Assert.StartsWith("'author' refers to author [\"ann \\\"A\\\"\"], which no row has yet", project.Refused("data").Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_list_the_element_that_no_row_provides_is_named()
    {
        using var project = new TestProject(Schema + "CREATE TABLE book_fans (id integer PRIMARY KEY, book_id integer REFERENCES book, author_id integer REFERENCES author);");
        FixtureException exception = project.RefusedJson("""[{"model": "author", "fields": {"name": "ann"}}, {"model": "book", "fields": {"fans": [["ann"], ["bob"], ["cy"]]}}]""");
        Assert.Equal("book (record 2): 'fans' refers to author [\"bob\"], which no row provides. Add it to a fixture that is loaded with this one.", (exception.Errors[0] with { File = null }).ToString());
    }

    [Fact]
    public void A_reference_that_no_row_provides_is_refused_with_its_place()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", "[\n {\"model\": \"book\", \"pk\": 3, \"fields\": {\"author\": [\"ann\"]}}]");
        project.Write("b.json", """[{"model": "author", "fields": {"name": "bob"}}]""");
        FixtureException exception = project.Refused("a", "b");
        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal((FixtureStage.Map, project.At("a.json"), "book", "3", "author"), (exception.Stage, error.File, error.Model, error.Key, error.Field));
        Assert.Equal((2, 50), (error.Line, error.Column));
        Assert.Contains("ann", error.Message, StringComparison.Ordinal);
        Assert.Equal("0|0", project.Rows("SELECT (SELECT count(*) FROM book), (SELECT count(*) FROM author)"));
    }

    [Fact]
    public void A_record_that_comes_again_counts_last()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""
            [{"model": "book", "pk": 1, "fields": {"author": ["ann"]}}, {"model": "book", "pk": 1, "fields": {"author": ["bob"]}},
             {"model": "author", "pk": 1, "fields": {"name": "ann"}}, {"model": "author", "pk": 2, "fields": {"name": "bob"}}]
            """);
        Assert.Equal("2", project.Rows("SELECT author_id FROM book"));
    }

    [Fact]
    public void A_part_of_a_natural_key_may_come_later()
    {
        using var project = new TestProject(Schema + "CREATE UNIQUE INDEX i ON book (title, author_id); CREATE TABLE copy (id integer PRIMARY KEY, book_id integer REFERENCES book);");
        project.LoadJson("""
            [{"model": "copy", "pk": 1, "fields": {"book": ["x", ["ann"]]}}, {"model": "book", "pk": 5, "fields": {"title": "x", "author": ["ann"]}}, {"model": "author", "fields": {"name": "ann"}}]
            """);
        Assert.Equal("5", project.Rows("SELECT book_id FROM copy"));
    }

    [Fact]
    public void References_may_wait_in_rows_of_any_key()
    {
        using var project = new TestProject("""
            CREATE TABLE p (id integer PRIMARY KEY, name text UNIQUE);
            CREATE TABLE a (x text, y real, z blob, p_id integer REFERENCES p, PRIMARY KEY (x, y, z)) WITHOUT ROWID;
            CREATE TABLE k (p_id integer REFERENCES p);
            """);
        project.LoadJson("""[{"model": "a", "pk": ["é", 1.5, "/w=="], "fields": {"p": ["ann"]}}, {"model": "a", "pk": ["é", 1.5, ""], "fields": {"p": ["bob"]}}, {"model": "p", "pk": 1, "fields": {"name": "ann"}}, {"model": "p", "pk": 2, "fields": {"name": "bob"}}]""");
        Assert.Equal("é|1.5||2;é|1.5|FF|1", project.Rows("SELECT x, y, hex(z), p_id FROM a ORDER BY z"));

        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "k", "fields": {"p": ["zoe"]}}, {"model": "p", "fields": {"name": "zoe"}}]""").Stage);
    }

    [Fact]
    public void Very_many_references_may_wait()
    {
        const int count = 60_000;
        using var project = new TestProject(Schema);
        // A long name each: past what is kept in memory.
        string name = new('ñ', 60);
        project.Write("a.jsonl", string.Join('\n', Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"model": "book", "pk": {{{i}}}, "fields": {"author": ["{{{name}}}{{{i % 997}}}"], "title": "{{{i % 997}}}"}}"""))));
        project.Write("b.jsonl", string.Join('\n', Enumerable.Range(0, 997).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""{"model": "author", "fields": {"name": "{{{name}}}{{{i}}}"}}"""))));
        project.Load("a", "b");
        Assert.Equal((long)count, project.Scalar($"SELECT count(*) FROM book JOIN author ON author.id = author_id WHERE name = '{name}' || title"));
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>One loader used again: on one connection whose schema changes, and on many threads.</summary>
public sealed class SharedLoaderTests
{
    [Fact]
    public void A_schema_that_changes_between_two_calls_is_noticed()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text)");
        var loader = new FixtureLoader(project.Options);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {"a": 5}}]""");
        loader.LoadInto(project.Connection, "a");
        project.Run("DROP TABLE t; CREATE TABLE posts (id integer PRIMARY KEY); CREATE TABLE t (a integer, b text DEFAULT 'b', id text PRIMARY KEY)");
        loader.LoadInto(project.Connection, "a");
        Assert.Equal("5|'b'|'1'", project.Rows("SELECT quote(a), quote(b), quote(id) FROM t"));

        project.Run("ALTER TABLE t RENAME TO u");
        Assert.Equal(FixtureStage.Map, Assert.Throws<FixtureException>(() => loader.LoadInto(project.Connection, "a")).Stage);
    }

    [Fact]
    public void A_schema_that_was_rolled_back_is_forgotten()
    {
        using var project = new TestProject("CREATE TABLE other (id integer PRIMARY KEY)");
        var loader = new FixtureLoader(project.Options);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {"a": 5}}]""");
        project.Run("BEGIN; CREATE TABLE t (id integer PRIMARY KEY, a text)");
        loader.LoadInto(project.Connection, "a");

        // The schema's version counts back and up again: it is the same number.
        project.Run("ROLLBACK; CREATE TABLE t (a_id integer, id text PRIMARY KEY)");
        loader.LoadInto(project.Connection, "a");
        Assert.Equal("5|'1'", project.Rows("SELECT quote(a_id), quote(id) FROM t"));
    }

    [Fact]
    public void A_schema_that_code_made_in_a_load_that_failed_is_forgotten()
    {
        using var project = new TestProject("CREATE TABLE other (id integer PRIMARY KEY)");
        project.Options = project.Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["code"] = connection => TestProject.Run(connection, "CREATE TABLE t (id integer PRIMARY KEY, a text)") } };
        var loader = new FixtureLoader(project.Options);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {"a": 5}}]""").Write("bad.json", "[5]");
        Assert.Throws<FixtureException>(() => loader.LoadInto(project.Connection, "code", "a", "bad"));

        project.Run("CREATE TABLE t (a_id integer, id text PRIMARY KEY)");
        loader.LoadInto(project.Connection, "a");
        Assert.Equal("5|'1'", project.Rows("SELECT quote(a_id), quote(id) FROM t"));
    }

    [Fact]
    public void A_connection_that_is_closed_and_opened_again_is_another_database()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text)");
        var loader = new FixtureLoader(project.Options);
        project.Write("a.json", """[{"model": "t", "pk": 1, "fields": {"a": 5}}]""");
        loader.LoadInto(project.Connection, "a");
        project.Connection.Close();
        project.Connection.Open();
        project.Run("CREATE TABLE t (a_id integer, id text PRIMARY KEY)");
        loader.LoadInto(project.Connection, "a");
        Assert.Equal("5|'1'", project.Rows("SELECT quote(a_id), quote(id) FROM t"));
    }

    [Fact]
    public async Task Sixteen_threads_share_a_loader_with_a_connection_each()
    {
        using var project = new TestProject();
        const string schema = """
            CREATE TABLE author (id integer PRIMARY KEY, name text UNIQUE); CREATE TABLE tag (id integer PRIMARY KEY, name text UNIQUE);
            CREATE TABLE book (id integer PRIMARY KEY, author_id integer REFERENCES author, n integer);
            CREATE TABLE book_tags (book_id integer REFERENCES book, tag_id integer REFERENCES tag);
            """;
        project.Configure("book", new ModelOptions { Defaults = new Dictionary<string, object?> { ["n"] = 7 } });
        project.Write("books.jsonl", string.Join('\n', Enumerable.Range(1, 300).Select(i => $$$"""{"model": "book", "pk": {{{i}}}, "fields": {"author": ["a{{{i % 50}}}"], "tags": [["t{{{i % 9}}}"], {{{i % 9 + 1}}}]}}""")));
        project.Write("people.yaml", string.Concat(Enumerable.Range(0, 50).Select(i => $"- model: author\n  fields: {{name: a{i}}}\n")));
        project.Write("tags.xml", $"<django-objects version=\"1.0\">{string.Concat(Enumerable.Range(0, 9).Select(i => $"<object model=\"tag\"><field name=\"name\">t{i}</field></object>"))}</django-objects>");
        var loader = new FixtureLoader(project.Options);

        string[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(thread => Task.Factory.StartNew(
            () =>
            {
                List<string> seen = [];
                for (int round = 0; round < 5; round++)
                {
                    using SqliteConnection connection = TestProject.Open("Data Source=:memory:");
                    TestProject.Run(connection, schema);
                    LoadReport report = loader.LoadInto(connection, "books", "people", "tags");
                    using SqliteCommand command = connection.CreateCommand();
                    command.CommandText = "SELECT (SELECT count(*) || ' ' || sum(n) FROM book) || ' ' || (SELECT count(*) FROM book_tags) || ' ' || (SELECT count(*) FROM book JOIN author ON author.id = author_id AND name = 'a' || (book.id % 50))";
                    seen.Add($"{report.Objects} {command.ExecuteScalar()}");
                    if (round == 2)
                        loader.Refresh();
                }
                return string.Join(';', seen.Distinct());
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(["359 300 2100 300 300"], results.Distinct());
    }
}

namespace Fixtures.Tests.Saving;

/// <summary>What a constraint's error says of the record, its column, and the other record that has the same value.</summary>
public sealed class RefusalTraceTests : IDisposable
{
    private readonly TestProject _project = new("""
        CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL COLLATE NOCASE UNIQUE, born integer CHECK (born > 1000), died integer, age integer CONSTRAINT "young enough" CHECK ((age) < (90)), CONSTRAINT alive CHECK (died > born));
        CREATE TABLE book (id integer PRIMARY KEY, title varchar(20), year integer, author_id integer REFERENCES author, UNIQUE (title, year));
        CREATE TABLE note (text text UNIQUE);
        """);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("name", 64, """[{"model": "author", "pk": 1, "fields": {"born": 1900, "name": null}}]""")]
    [InlineData("name", 2, """[{"model": "author", "pk": 1, "fields": {"born": 1900}}]""")]
    [InlineData("born", 50, """[{"model": "author", "pk": 1, "fields": {"born": 900, "name": "Ann"}}]""")]
    [InlineData("age", 64, """[{"model": "author", "pk": 1, "fields": {"name": "Ann", "age": 100}}]""")]
    [InlineData(null, 2, """[{"model": "author", "pk": 1, "fields": {"born": 1900, "died": 1800, "name": "Ann"}}]""")]
    public void The_place_is_that_of_the_column_where_there_is_one(string? field, int column, string json)
    {
        FixtureError error = Assert.Single(_project.RefusedJson(json).Errors);
        Assert.Equal((field, 1L, column), (error.Field, error.Line, error.Column));
        Assert.Contains("constraint failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_other_record_is_named()
    {
        _project.Write("a.yaml", "- {model: author, pk: 7, fields: {name: Ann}}\n- {model: author, pk: 8, fields: {name: Bob}}\n");
        _project.Write("b.json", """
            [{"model": "author", "pk": 9, "fields": {"born": 1900, "name": "BOB"}},
             {"model": "author", "pk": 10, "fields": {"name": "Bob"}}]
            """);

        FixtureError error = Assert.Single(_project.Refused("a", "b").Errors);

        Assert.Equal("b.json(1,64): author pk=9: ", (error with { File = Path.GetFileName(error.File), Message = "" }).ToString());
        Assert.Equal(
            $"Could not load the record: UNIQUE constraint failed: author.name. The value 'BOB' is also in {_project.At("a.yaml")}(2,41): author pk=8.",
            error.Message);
    }

    [Fact]
    public void It_is_named_for_rows_that_are_written_many_at_a_time()
    {
        string[] records = [.. Enumerable.Range(1, 3000).Select(id => $$"""{"model": "author", "pk": {{id}}, "fields": {"name": "{{(id == 2500 ? 1200 : id)}}"} }""")];
        FixtureError error = Assert.Single(_project.RefusedJson($"[{string.Join(",\n", records)}]").Errors);

        Assert.Equal((2500L, "2500", "name"), (error.Line, error.Key, error.Field));
        Assert.EndsWith("(1200,52): author pk=1200.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_a_batch_is_named_as_its_record_writes_it()
    {
        string[] records = [.. Enumerable.Range(1, 400).Select(id =>
            $$"""{"model": "author", "pk": "0{{id}}", "fields": {"name": "{{id}}", "born": 1900, "died": {{(id == 350 ? 1800 : 1950)}}} }""")];

        FixtureError error = Assert.Single(_project.RefusedJson($"[\n{string.Join(",\n", records)}\n]").Errors);

        Assert.Equal((351L, 1L, 350, "0350", null), (error.Line, error.Column, error.Record, error.Key, error.Field));
        Assert.Contains("CHECK constraint failed: alive", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text NOT NULL, r integer REFERENCES t)", "null", "NOT NULL constraint failed: t.c")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text NOT NULL, r integer); CREATE INDEX i ON t (c)", "null", "NOT NULL constraint failed: t.c")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text, r integer); CREATE UNIQUE INDEX i ON t (lower(c))", "\"[-3]\"", "UNIQUE constraint failed: index 'i'")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text, r integer); CREATE TABLE l (x UNIQUE); CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO l VALUES (NEW.c); END", "\"[-3]\"", "UNIQUE constraint failed: l.x")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text CHECK (json_extract(c, '$.a') IS NOT 5), r integer)", "\"bad\"", "malformed JSON")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text, r integer); CREATE INDEX i ON t (json_extract(c, '$.a'))", "\"bad\"", "malformed JSON")]
    [InlineData("CREATE TABLE t (id integer PRIMARY KEY, c text, r integer); CREATE TABLE l (x); CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO l VALUES (json_extract(NEW.c, '$.a')); END", "\"bad\"", "malformed JSON")]
    public void Whatever_the_schema_says_and_wherever_the_record_stands_it_has_its_place(string schema, string wrong, string message)
    {
        foreach (int at in (int[])[5, 250, 780, 1501, 2999, 9000])
        {
            using var project = new TestProject(schema);
            string[] records = [.. Enumerable.Range(1, 9000).Select(id => $$$"""{"model": "t", "pk": {{{id}}}, "fields": {"r": 1, "c": {{{(id == at ? wrong : $"\"[{id * 7919 % 9001}]\"")}}}}}""")];
            records[2] = """{"model": "t", "pk": 3, "fields": {"r": 1, "c": "[-3]"}}""";

            FixtureException exception = project.RefusedJson($"[{string.Join(",\n", records)}]");

            FixtureError error = Assert.Single(exception.Errors);
            Assert.Equal((at, at, $"{at}"), (error.Line, error.Record, error.Key));
            Assert.StartsWith($"Could not load the record: {message}", error.Message, StringComparison.Ordinal);
            Assert.Equal(0L, project.Scalar("SELECT count(*) FROM t"));
        }
    }

    [Theory]
    [InlineData(350)]
    [InlineData(3500)]
    public async Task A_pipe_is_not_read_again(int at)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        string[] records = [.. Enumerable.Range(1, at + 50).Select(id => $$"""{"model": "author", "pk": {{id}}, "fields": {"name": "{{(id == at ? 5 : id)}}"} }""")];
        _project.Write("records.txt", $"[\n{string.Join(",\n", records)}\n]");
        string pipe = _project.At("pipe.json");
        using var writing = System.Diagnostics.Process.Start("sh", ["-c", "mkfifo \"$1\"; cat \"$2\" > \"$1\"", "sh", pipe, _project.At("records.txt")]);
        while (!File.Exists(pipe))
            await Task.Delay(10, TestContext.Current.CancellationToken);

        FixtureException exception = await Task.Run(() => _project.Refused(pipe), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await writing.WaitForExitAsync(TestContext.Current.CancellationToken);

        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal((at + 1, 1L, at, $"{at}"), (error.Line, error.Column, error.Record, error.Key));
        Assert.EndsWith("The value '5' is also in row 5 of table 'author'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"model": "note", "fields": {"text": "a"}}, {"model": "note", "fields": {"text": "b"}}, {"model": "note", "fields": {"text": "a"}}]""", "The value 'a' is also in PATH(1,39): note (record 1).")]
    [InlineData("""[{"model": "book", "pk": 1, "fields": {"title": "t", "year": 1}}, {"model": "book", "pk": 2, "fields": {"year": 1, "title": "t"}}]""", "The values 't', '1' are also in PATH(1,49): book pk=1.")]
    public void Without_key_the_values_tell_which_record_it_is(string json, string expected)
    {
        FixtureError error = Assert.Single(_project.RefusedJson(json).Errors);
        Assert.EndsWith(expected.Replace("PATH", error.File, StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_before_is_named_by_its_key()
    {
        _project.LoadJson("""[{"model": "author", "pk": 7, "fields": {"name": "Ann"}}]""");
        FixtureException exception = _project.RefusedJson("""[{"model": "author", "pk": 8, "fields": {"name": "Ann"}}]""");
        Assert.EndsWith("The value 'Ann' is also in row 7 of table 'author'.", exception.Message, StringComparison.Ordinal);
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>What is wrong with fixtures is told at once: all of it, and nothing but it.</summary>
public sealed class AllErrorsTests : IDisposable
{
    private readonly TestProject _project = new("""
        CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL UNIQUE, born integer, died integer);
        CREATE TABLE book (id integer PRIMARY KEY, title text, author_id integer NOT NULL REFERENCES author, editor_id integer REFERENCES author);
        CREATE TABLE book_fans (id integer PRIMARY KEY, book_id integer NOT NULL REFERENCES book, author_id integer NOT NULL REFERENCES author);
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_record_of_every_file_is_looked_at()
    {
        _project.Write("a.json", """
            [{"model": "author", "pk": 1, "fields": {"name": "Ann", "born": "early"}},
             {"model": "author", "pk": 2, "fields": {"name": "Bob"}},
             {"pk": 3, "fields": {}},
             7,
             {"model": "author", "pk": 4, "fields": {"name": "\ud800"}},
             {"model": "author", "pk": "five", "fields": {"name": "Eve"}}]
            """);
        _project.Write("b.jsonl", """
            {"model": "author", "pk": 6, "fields": {"name": "Fay",}}
            {"model": "author", "pk": 7, "fields": {"name": "Gil"}}
            [1]
            {"model": "author", "pk": 8, "fields": {"name": "Hal", "died": 1.5}}
            """);
        _project.Write("c.yaml", """
            - model: author
              pk: 9
            - text
            - model: author
              pk: 10
              fields: {name: Jan, born: soon}
            """);
        _project.Write("d.xml", """
            <django-objects>
              <object pk="11"><field name="name">Kim</field></object>
              <object model="author" pk="12"><field>Liv</field><field name="born"><object pk="1"/></field></object>
              <object model="author" pk="13"><field name="name">Max</field><field name="born">x</field></object>
            </django-objects>
            """);

        FixtureException exception = _project.Refused("a", "b", "c", "d");

        Assert.Equal(
            [
                "a.json(1,65)", "a.json(3,2)", "a.json(4,2)", "a.json(5,50)", "a.json(6,28)", "b.jsonl(1,55)", "b.jsonl(3,1)", "b.jsonl(4,64)",
                "c.yaml(1,3)", "c.yaml(3,3)", "c.yaml(6,29)", "d.xml(2,3)", "d.xml(3,34)", "d.xml(4,64)",
            ],
            exception.Errors.Select(error => $"{Path.GetFileName(error.File)}({error.Line},{error.Column})"));
        Assert.Equal((FixtureStage.Map, 14), (exception.Stage, exception.ErrorCount));
        Assert.Equal("0", _project.Rows("SELECT count(*) FROM author"));
    }

    [Fact]
    public void Every_field_of_a_record_is_looked_at()
    {
        FixtureException exception = _project.RefusedJson("""[{"model": "author", "pk": [1, 2], "fields": {"nam": "Ann", "born": "early", "died": "late"}}]""");

        Assert.Equal(["nam", "born", "died"], exception.Errors.Select(error => error.Field));
        Assert.Contains("The columns that are not given are name.", exception.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", """[{"model": "author", "pk": 1, "fields": {"name": "Ann", "brn": {"brn": 1}}}]""", "\"brn")]
    [InlineData("jsonl", """{"model": "author", "pk": 1, "fields": {"name": "Ann", "\u0062rn": 1900}}""", "\"\\u0062rn")]
    [InlineData("yaml", "- {model: author, pk: 1, fields: {name: Ann, brn: 1900}}", "brn")]
    [InlineData("xml", """<r><object model="author" pk="1"><field name="name">Ann</field><field name="brn">1900</field></object></r>""", "<field name=\"brn")]
    public void A_field_that_is_not_known_is_told_where_its_name_stands(string format, string text, string name)
    {
        FixtureError error = Assert.Single(_project.Write($"a.{format}", text).Refused("a").Errors);
        Assert.Equal(("brn", 1L, text.IndexOf(name, StringComparison.Ordinal) + 1), (error.Field, error.Line, error.Column));
    }

    [Fact]
    public void Of_a_field_that_is_given_twice_the_last_one_is_looked_at()
    {
        FixtureException exception = _project.RefusedJson("""[{"model": "author", "pk": 1, "fields": {"born": "early", "died": "late", "born": 1}}]""");
        Assert.Equal("died", Assert.Single(exception.Errors).Field);
    }

    [Fact]
    public void Text_that_cannot_be_read_on_ends_its_file_and_no_other()
    {
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"born": "early"}}, {"model": "author" "pk": 2}, {"model": "nobody"}]""");
        _project.Write("b.json", """[{"model": "author", "pk": "x", "fields": {}}]""");

        FixtureException exception = _project.Refused("a", "b");

        Assert.Equal(["'born' must be", "Not valid JSON", "The pk must be"], exception.Errors.Select(error => error.Message[..14]));
    }

    [Fact]
    public void A_name_that_is_not_known_is_told_once_in_a_file_and_counted_each_time()
    {
        string[] records = [.. Enumerable.Range(1, 1200).Select(id => $$"""{"model": "{{(id % 2 == 0 ? "autor" : "author")}}", "pk": {{id}}, "fields": {"name": "{{id}}", "birth": 1} }""")];
        FixtureException exception = _project.RefusedJson($"[{string.Join(",\n", records)}]");

        Assert.Equal((1200, 2), (exception.ErrorCount, exception.Errors.Count));
        Assert.Equal((1L, 2L), (exception.Errors[0].Line, exception.Errors[1].Line));
    }

    [Fact]
    public void The_first_hundred_are_kept_and_all_are_counted()
    {
        string[] records = [.. Enumerable.Range(1, 3000).Select(id => $$"""{"model": "author", "pk": {{id}}, "fields": {"name": "{{id}}", "born": {{(id % 10 == 0 ? "\"x\"" : "1")}} } }""")];
        FixtureException exception = _project.RefusedJson($"[{string.Join(",\n", records)}]");

        Assert.Equal((300, 100), (exception.ErrorCount, exception.Errors.Count));
        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long?)(10 * number)), exception.Errors.Select(error => error.Line));
        Assert.EndsWith("... and 290 more.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "[", ",\n", "]", """{"model": "author", "pk": #, "fields": {"name": "#", "born": 1900}}""", """{"model": "author", "pk": #}""", "1900", "\"x\"")]
    [InlineData("jsonl", "", "\n", "", """{"model": "author", "pk": #, "fields": {"name": "#", "born": 1900}}""", """{"model": "author", "pk": #,}""", "1900", "\"x\"")]
    [InlineData("yaml", "", "\n", "\n", "- {model: author, pk: #, fields: {name: a#, born: 1900}}", "- {model: author, pk: #}", "1900", "x")]
    [InlineData("xml", "<r>", "\n", "</r>", """<object model="author" pk="#"><field name="name">#</field><field name="born">1900</field></object>""", """<object pk="#"><field name="name">#</field></object>""", "1900", "x")]
    public void Behind_a_malformed_record_the_next_ones_are_looked_at(string format, string begin, string between, string end, string record, string malformed, string born, string wrong)
    {
        string[] records = [.. Enumerable.Range(1, 2000).Select(id =>
            (id % 500 == 0 ? malformed : id % 300 == 0 ? record.Replace(born, wrong, StringComparison.Ordinal) : record).Replace("#", $"{id}", StringComparison.Ordinal))];
        _project.Write($"a.{format}", begin + string.Join(between, records) + end);

        FixtureException exception = _project.Refused("a");

        Assert.Equal([300L, 500, 600, 900, 1000, 1200, 1500, 1800, 2000], exception.Errors.Select(error => error.Line!.Value));
        Assert.Equal(9, exception.ErrorCount);
    }

    [Fact]
    public void A_file_of_malformed_records_is_not_read_to_its_end()
    {
        FixtureException exception = _project.Write("a.jsonl", string.Concat(Enumerable.Repeat("x\n", 5000))).Write("b.json", """[{"model": "autor", "fields": {}}]""").Refused("a", "b");

        Assert.Equal((1002, 100), (exception.ErrorCount, exception.Errors.Count));
    }

    [Fact]
    public void What_refers_to_a_record_that_is_refused_is_no_error_of_its_own()
    {
        FixtureException exception = _project.RefusedJson("""
            [{"model": "author", "pk": 1, "fields": {"name": "Ann", "born": "early"}},
             {"model": "book", "pk": 1, "fields": {"author": ["Ann"]}},
             {"model": "book", "pk": 2, "fields": {"author": 1, "editor": ["Ann"], "fans": [["Ann"]]}}]
            """);
        Assert.Equal("born", Assert.Single(exception.Errors).Field);
    }

    [Fact]
    public void Every_natural_key_that_no_row_has_is_told()
    {
        FixtureException exception = _project.RefusedJson("""
            [{"model": "author", "pk": 1, "fields": {"name": "Ann"}},
             {"model": "book", "pk": 1, "fields": {"author": 1, "editor": ["Bob"]}},
             {"model": "book", "pk": 2, "fields": {"author": 1, "fans": [["Ann"], ["Eve"]]}},
             {"model": "book", "pk": 3, "fields": {"author": 1, "editor": ["Ann"]}}]
            """);
        Assert.Equal([("1", "editor"), ("2", "fans")], exception.Errors.Select(error => (error.Key, error.Field)));
    }

    [Fact]
    public void What_ends_the_load_is_told_after_what_was_found_before()
    {
        FixtureException exception = _project.RefusedJson("""
            [{"model": "author", "pk": 1, "fields": {"name": "Ann", "born": "early"}},
             {"model": "author", "pk": 2, "fields": {"name": null}}]
            """);
        Assert.Equal(["1", "2"], exception.Errors.Select(error => error.Key));
        Assert.Equal((FixtureStage.Map, 2), (exception.Stage, exception.ErrorCount));
    }

    [Fact]
    public void Code_is_not_run_on_a_database_that_lacks_records()
    {
        bool hasRun = false;
        _project.Options = _project.Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["more"] = _ => hasRun = true } };
        _project.Write("more.json", """[{"model": "author", "pk": 1, "fields": {"name": "Ann", "born": "early"}}]""");

        Assert.Equal(FixtureStage.Map, _project.Refused("more").Stage);
        Assert.False(hasRun);
    }
}

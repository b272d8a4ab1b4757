namespace Fixtures.Tests.Saving;

/// <summary>A check without labels: every fixture there is, each label for itself.</summary>
public sealed class CheckAllTests : IDisposable
{
    private readonly TestProject _project = new("""
        CREATE TABLE author (id integer PRIMARY KEY, name varchar(6) NOT NULL UNIQUE, born integer);
        CREATE TABLE book (id integer PRIMARY KEY, title text, author_id integer NOT NULL REFERENCES author, editor_id integer REFERENCES author);
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Each_label_is_checked_with_all_its_files()
    {
        Directory.CreateDirectory(_project.At("app/fixtures/sub"));
        _project.Options = _project.Options with { Apps = [new FixtureApp("app", _project.At("app"))], FixtureDirectories = [_project.At("more"), _project.At("none")] };
        Directory.CreateDirectory(_project.At("more"));
        _project.Write("app/fixtures/sub/a.json", Author(1, "Ann", "born", "early"));
        _project.Write("app/fixtures/b.default.json", Author(2, "Bob"));
        _project.Write("app/fixtures/c.json.json", Author(3, "Cid"));
        _project.Write("more/b.json", Author(2, "Eve"));

        CheckReport report = Check();

        Assert.Equal([CheckRule.Map, CheckRule.DuplicateRecord], report.Problems.Select(problem => problem.Rule));
        Assert.Equal(["a.json", "b.default.json", "b.json", "c.json.json"], report.Files.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal));
        Assert.Equal("", _project.Rows("SELECT * FROM author"));
    }

    [Fact]
    public void What_one_refers_to_may_be_in_another()
    {
        _project.Write("books.json", """[{"model": "book", "pk": 1, "fields": {"author": ["Ann"], "editor": 7}}, {"model": "book", "pk": 2, "fields": {"author": 7, "editor": ["Ann"]}}]""");
        _project.Write("people.json", Author(7, "Ann"));

        CheckReport report = Check();

        Assert.Empty(report.Problems);
        Assert.Equal((3, 2), (report.Objects, report.Files.Count));
    }

    [Fact]
    public void What_none_of_them_has_is_told_where_it_is_referred_to()
    {
        _project.Write("books.json", """
            [{"model": "book", "pk": 1, "fields": {"author": ["Bob"]}},
             {"model": "book", "pk": 2, "fields": {"author": ["Ann"], "editor": 8}},
             {"model": "book", "pk": 3, "fields": {"author": 9, "editor": ["Eve"]}}]
            """);
        _project.Write("people.json", Author(7, "Ann"));

        CheckReport report = Check();

        Assert.Equal([(1L, 50L), (2L, 69L), (3L, 50L), (3L, 63L)], report.Problems.Select(problem => (problem.Error.Line!.Value, problem.Error.Column!.Value)));
        Assert.Equal(4, report.ErrorCount);
    }

    [Fact]
    public void A_key_of_several_columns_and_rows_of_triggers_refer_to_rows_too()
    {
        _project.Run("""
            CREATE TABLE place (x integer, y text, PRIMARY KEY (x, y)) WITHOUT ROWID;
            CREATE TABLE visit (id integer PRIMARY KEY, x, y, FOREIGN KEY (x, y) REFERENCES place);
            CREATE TABLE log (id integer PRIMARY KEY, author_id integer REFERENCES author);
            CREATE TRIGGER logs AFTER INSERT ON place BEGIN INSERT INTO log (author_id) VALUES (new.x); END;
            """);
        _project.Write("a.json", """
            [{"model": "visit", "pk": 1, "fields": {"x": 1, "y": "q"}},
             {"model": "visit", "pk": 2, "fields": {"x": 3, "y": "here"}},
             {"model": "place", "pk": [3, "here"], "fields": {}}]
            """);
        _project.Write("b.json", """[{"model": "place", "pk": [4, "there"], "fields": {}}]""");

        CheckReport report = Check();

        Assert.Equal(
            ["(,) log: 'author_id' refers to author 3 ", "(,) log: 'author_id' refers to author 4 ", "(1,54) visit: 'x, y' (visit.x, y) refers to place 1, q "],
            report.Problems.Select(problem => $"({problem.Error.Line},{problem.Error.Column}) {problem.Error.Model}: {problem.Error.Message.Split('(' + (problem.Error.Model == "visit" ? "x, y)," : "id)"))[0]}"));
    }

    [Fact]
    public void Records_without_key_are_told_one_by_one()
    {
        _project.Run("CREATE TABLE log (id integer PRIMARY KEY, author_id integer REFERENCES author); CREATE TABLE note (author_id integer REFERENCES author)");
        _project.Write("a.jsonl", """
            {"model": "log", "fields": {"author": 67}}
            {"model": "log", "fields": {"author": 67}}
            {"model": "note", "fields": {"author": 68}}
            {"model": "note", "fields": {"author": 68}}
            """);

        CheckReport report = Check();

        Assert.Equal([1L, 2, 3, 4], report.Problems.Select(problem => problem.Error.Line!.Value));
        Assert.Equal(4, report.ErrorCount);
    }

    [Fact]
    public void A_record_that_is_refused_hides_no_other()
    {
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"nam": "Ann"}}, {"model": "autor", "pk": 2, "fields": {}}, {"model": "book", "pk": 1, "fields": {"author": 9, "editor": 2}}]""");
        Assert.Equal([(CheckRule.Map, "nam"), (CheckRule.Map, null), (CheckRule.Constraint, "author")], Check().Problems.Select(problem => (problem.Rule, problem.Error.Field)));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_told_and_the_others_are_checked()
    {
        File.CreateSymbolicLink(_project.At("a.json"), _project.At("gone"));
        _project.Write("-.json", Author(1, "Ann", "born", "early"));
        Assert.Equal([(CheckRule.Map, "-.json"), (CheckRule.Resolve, "a.json")], Check().Problems.Select(problem => (problem.Rule, Path.GetFileName(problem.Error.File)!)));
    }

    [Fact]
    public void Alternatives_are_not_held_against_each_other()
    {
        _project.Write("a.json", $"{Author(1, "Ann").TrimEnd(']')}, {Author(2, "Bob").TrimStart('[')}");
        _project.Write("b.json", $"{Author(2, "Ann").TrimEnd(']')}, {Author(1, "Bob").TrimStart('[')}");
        _project.Write("c.json", """[{"model": "book", "pk": 1, "fields": {"author": ["Ann"]}}]""");

        Assert.Empty(Check().Problems);
    }

    [Fact]
    public void Two_files_of_one_directory_are_refused_and_the_others_are_checked()
    {
        _project.Write("a.json", "[]").Write("a.yaml", "[]").Write("b.json", Author(1, "Ann", "born", "early"));
        Assert.Equal([CheckRule.Resolve, CheckRule.Map], Check().Problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void Files_that_no_label_reaches_are_told_and_other_files_are_not()
    {
        _project.Write("a.JSON", "").Write("b.json.bak", "").Write("c.yaml~", "").Write("README.md", "").Write("photo.png", "").Write("json", "");
        CheckReport report = Check();
        Assert.Equal(["a.JSON", "b.json.bak", "c.yaml~"], report.Problems.Select(problem => Path.GetFileName(problem.Error.File)));
        Assert.All(report.Problems, problem => Assert.Equal(CheckRule.UnreachedFile, problem.Rule));
    }

    [Fact]
    public void Fixtures_of_another_database_are_left_out()
    {
        _project.Options = _project.Options with { Databases = new Dictionary<string, string> { ["default"] = "Data Source=:memory:", ["stock"] = "Data Source=:memory:" } };
        _project.Write("a.stock.json", """[{"model": "item", "pk": 1, "fields": {}}]""");
        Assert.Empty(Check().Files);
    }

    [Fact]
    public void A_fixture_without_records_is_told()
    {
        _project.Write("a.json", "[]").Write("b.json", "[");
        Assert.Equal([CheckRule.Empty, CheckRule.Decode], Check().Problems.Select(problem => problem.Rule));
    }

    private CheckReport Check() => new FixtureLoader(_project.Options).Check(_project.Connection);

    private static string Author(int id, string name, string? field = null, string? value = null)
    {
        string more = field is null ? "" : $", \"{field}\": \"{value}\"";
        return $$"""[{"model": "author", "pk": {{id}}, "fields": {"name": "{{name}}"{{more}} } }]""";
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>What a check finds, and that it leaves the database as it was.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TestProject _project = new("""
        CREATE TABLE author (id integer PRIMARY KEY, name varchar(6) NOT NULL UNIQUE, born integer, phone string, price decimal(10,2), score real, any_value);
        CREATE TABLE book (id integer PRIMARY KEY, title text, author_id integer NOT NULL REFERENCES author, editor_id integer REFERENCES author);
        CREATE TABLE note (text string, number numeric);
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Everything_that_a_load_is_refused_for_is_found()
    {
        _project.Write("a.json", """
            [{"model": "author", "pk": 1, "fields": {"name": "Ann", "born": "early"}},
             {"model": "author", "pk": 2, "fields": {"name": "Bob"}},
             {"model": "author", "pk": 3, "fields": {"name": "Bob"}},
             {"model": "author", "pk": 4, "fields": {"name": null}},
             {"model": "book", "pk": 1, "fields": {"author": 2, "editor": 77}},
             {"model": "book", "pk": 2},
             {"model": "note", "fields": {"txt": "x"}}]
            """);

        CheckReport report = Check("a");

        Assert.Equal(
            ["Map 1", "Constraint 3", "Constraint 4", "Constraint 5", "Decode 6", "Map 7"],
            report.Problems.Select(problem => $"{problem.Rule} {problem.Error.Line}"));
        Assert.Equal((6, 0, 7), (report.ErrorCount, report.WarningCount, report.Objects));
        Assert.Equal("Checked 7 object(s) in 1 fixture(s): 6 error(s), 0 warning(s)", report.ToString());
        Assert.All(report.Problems, problem => Assert.True(problem.IsError));
    }

    [Fact]
    public void Refusals_that_were_not_traced_come_behind_those_with_a_place()
    {
        _project.Write("a.jsonl", string.Join('\n', Enumerable.Range(1, 500).Select(id => $$"""{"model": "author", "pk": {{id}}, "fields": {"name": null} }""")));

        CheckReport report = Check("a");

        Assert.Equal(500, report.Problems.Count);
        int placed = report.Problems.Count(problem => problem.Error.Line is not null);
        Assert.InRange(placed, 100, 499);
        Assert.All(report.Problems.Take(placed), problem => Assert.NotNull(problem.Error.Line));
    }

    [Fact]
    public void Many_foreign_keys_are_told_with_their_places_and_all_are_counted()
    {
        string[] records = [.. Enumerable.Range(1, 500).Select(id => $$"""{"model": "book", "pk": {{id}}, "fields": {"author": {{id}} } }""")];
        _project.Write("a.json", $"[{string.Join(",\n", records)}]");

        CheckReport report = Check("a");

        Assert.Equal((500, 500), (report.ErrorCount, report.Problems.Count));
        Assert.Equal(Enumerable.Range(1, 500).Select(line => (long?)line), report.Problems.Select(problem => problem.Error.Line));
    }

    [Theory]
    [InlineData("TooLong", "name", """{"name": "Annabel"}""")]
    [InlineData("", "", """{"name": "Ännä\ud83d\ude00x"}""")]
    [InlineData("ChangedValue", "phone", """{"name": "Ann", "phone": "0041"}""")]
    [InlineData("", "", """{"name": "Ann", "phone": "41"}""")]
    [InlineData("ChangedValue", "phone", """{"name": "Ann", "phone": "1e3"}""")]
    [InlineData("", "", """{"name": "Ann", "price": "19.90"}""")]
    [InlineData("", "", """{"name": "Ann", "price": 1.99e1}""")]
    [InlineData("ChangedValue", "price", """{"name": "Ann", "price": "12345678901234567890.12"}""")]
    [InlineData("ChangedValue", "score", """{"name": "Ann", "score": 9007199254740993}""")]
    [InlineData("", "", """{"name": "Ann", "score": 0.1}""")]
    [InlineData("ChangedValue", "any_value", """{"name": "Ann", "any_value": 18446744073709551617}""")]
    [InlineData("", "", """{"name": "Ann", "any_value": "18446744073709551617"}""")]
    [InlineData("DuplicateKey", "name", """{"name": "Bob", "name": "Ann"}""")]
    [InlineData("DuplicateKey", "Name", """{"name": "Bob", "Name": "Ann"}""")]
    [InlineData("DuplicateKey", "id", """{"name": "Bob", "id": 1}""")]
    [InlineData("DuplicateKey", "a", """{"name": "Ann", "any_value": {"a": 1, "a": 2}}""")]
    public void What_is_hardly_meant_so_is_a_warning(string rule, string field, string fields)
    {
        _project.Write("a.json", $$"""[{"model": "author", "pk": 1, "fields": {{fields}} }]""");

        CheckReport report = Check("a");

        Assert.Equal(rule, string.Join(", ", report.Problems.Select(problem => problem.Rule)));
        Assert.Equal(field, string.Join(", ", report.Problems.Select(problem => problem.Error.Field)));
        Assert.Equal((0, rule.Length > 0 ? 1 : 0), (report.ErrorCount, report.WarningCount));
    }

    [Fact]
    public void A_row_without_key_is_read_back_too()
    {
        _project.Write("a.json", """[{"model": "note", "fields": {"text": "x", "number": 1}}, {"model": "note", "fields": {"text": "007", "number": "1.0"}}]""");
        Assert.Equal("text", Assert.Single(Check("a").Problems).Error.Field);
    }

    [Theory]
    [InlineData("a.json", """[{"model": "author", "pk": 9, "pk": 1, "comment": "x", "fields": {"name": "Ann"}}]""")]
    [InlineData("a.jsonl", """{"model": "author", "pk": 9, "pk": 1, "comment": "x", "fields": {"name": "Ann"}}""")]
    [InlineData("a.yaml", "- {model: author, pk: 9, pk: 1, comment: x, fields: {name: Ann}}")]
    public void Members_of_a_record_that_do_not_count_are_told(string file, string text)
    {
        CheckReport report = Check(_project.Write(file, text).At(file));
        Assert.Equal([CheckRule.DuplicateKey, CheckRule.UnknownMember], report.Problems.Select(problem => problem.Rule));
        Assert.True(report.Problems[0].Error.Column < report.Problems[1].Error.Column);
    }

    [Fact]
    public void An_element_of_XML_that_is_no_field_is_told()
    {
        _project.Write("a.xml", """<django-objects><object model="author" pk="1"><field name="name">Ann</field><fild name="born">1900</fild></object></django-objects>""");
        CheckProblem problem = Assert.Single(Check("a").Problems);
        Assert.Equal((CheckRule.UnknownMember, 77L), (problem.Rule, problem.Error.Column));
        Assert.StartsWith("'fild' is passed over", problem.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_row_twice_in_a_load_is_told_with_the_place_of_the_other()
    {
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"name": "Ann"}}]""");
        _project.Write("b.json", """[{"model": "author", "pk": 1, "fields": {"name": "Bob"}}]""");

        CheckProblem problem = Assert.Single(Check("a", "b").Problems);

        Assert.Equal((CheckRule.DuplicateRecord, "b.json"), (problem.Rule, Path.GetFileName(problem.Error.File)));
        Assert.Contains($"{_project.At("a.json")}(1,28)", problem.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_found_by_its_natural_key_is_the_same_row_too()
    {
        _project.Write("a.json", """[{"model": "author", "fields": {"name": "Ann"}}, {"model": "author", "fields": {"name": "Ann"}}, {"model": "author", "fields": {"name": "Bob"}}]""");
        Assert.Equal(CheckRule.DuplicateRecord, Assert.Single(Check("a").Problems).Rule);
    }

    [Fact]
    public void A_file_that_is_loaded_twice_is_no_row_twice()
    {
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"name": "Ann"}}]""");
        Assert.Empty(Check("a", "a").Problems);
    }

    [Fact]
    public void A_record_that_is_found_by_what_a_trigger_does_is_no_warning()
    {
        _project.Run("CREATE TRIGGER gone AFTER INSERT ON note BEGIN DELETE FROM note; END");
        _project.Write("a.json", """[{"model": "note", "fields": {"text": "007"}}]""");
        Assert.Empty(Check("a").Problems);
    }

    [Fact]
    public void The_database_is_as_it_was()
    {
        _project.LoadJson("""[{"model": "author", "pk": 1, "fields": {"name": "Ann"}}]""");
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"name": "Bob"}}, {"model": "author", "pk": 2, "fields": {"name": "Eve"}}]""");

        Assert.Equal(0, Check("a").ErrorCount);
        Assert.Equal("1|Ann", _project.Rows("SELECT id, name FROM author"));

        using SqliteTransaction transaction = _project.Connection.BeginTransaction();
        _project.Run("INSERT INTO author (id, name) VALUES (5, 'Fay')");
        Assert.Equal(0, Check("a").ErrorCount);
        transaction.Commit();
        Assert.Equal("1|Ann;5|Fay", _project.Rows("SELECT id, name FROM author"));
    }

    [Fact]
    public void Rows_of_the_database_count()
    {
        _project.LoadJson("""[{"model": "author", "pk": 7, "fields": {"name": "Ann"}}]""");
        _project.Write("a.json", """[{"model": "book", "pk": 1, "fields": {"author": ["Ann"], "editor": 7}}]""");
        Assert.Empty(Check("a").Problems);
    }

    [Fact]
    public void A_label_that_is_not_there_is_refused()
    {
        FixtureException exception = Assert.Throws<FixtureException>(() => Check("nothing"));
        Assert.Equal(FixtureStage.Resolve, exception.Stage);
    }

    [Fact]
    public void A_check_that_is_cancelled_keeps_nothing()
    {
        _project.Write("a.json", """[{"model": "author", "pk": 1, "fields": {"name": "Ann"}}]""");
        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(_project.Options).Check(_project.Connection, [_project.At("a")], new CancellationToken(canceled: true)));
        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        Assert.Equal("", _project.Rows("SELECT * FROM author"));
    }

    private CheckReport Check(params string[] labels) => new FixtureLoader(_project.Options).Check(_project.Connection, [.. labels.Select(_project.At)]);
}

using System.Globalization;

namespace Fixtures.Tests.Mapping;

/// <summary>What a field becomes that a record does not give.</summary>
public sealed class DefaultsTests
{
    [Fact]
    public void Configured_defaults_are_storage_values()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a, b, c, d, e, f, g, h DEFAULT 'h', i DEFAULT 'i')");
        project.Configure("t", Defaults(("a", "text"), ("b", 5L), ("c", 1.5), ("d", true), ("e", new byte[] { 0, 1 }), ("f", "$$now"), ("g", "$later"), ("h", null)));
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}]""");
        Assert.Equal("'text'|5|1.5|1|X'0001'|'$now'|'$later'|NULL|'i'", project.Rows("SELECT quote(a), quote(b), quote(c), quote(d), quote(e), quote(f), quote(g), quote(h), quote(i) FROM t"));
    }

    [Fact]
    public void A_field_that_is_given_counts_even_where_it_is_null()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text, author_id text)");
        project.Configure("t", Defaults(("a", "x"), ("author", "y")));
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": null, "author_id": "z"}}, {"model": "t", "pk": 2, "fields": {"A": "b"}}]""");
        Assert.Equal("1|NULL|z;2|b|y", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Now_is_one_time_for_the_call_in_the_columns_own_form()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a datetime, b date, c time, d datetimeoffset, e text)");
        project.Configure("t", Defaults(("a", "$now"), ("b", "$now"), ("c", "$now"), ("d", "$now"), ("e", "$now")));
        DateTime before = DateTime.UtcNow;
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}, {"model": "t", "pk": 2, "fields": {}}]""");
        DateTime after = DateTime.UtcNow;

        string[] row = project.Rows("SELECT DISTINCT a, b, c, d, e FROM t").Split('|');
        DateTime now = DateTime.Parse(row[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        Assert.InRange(now, before, after);
        Assert.Equal(now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row[1]);
        Assert.Equal(TimeOnly.FromDateTime(now), TimeOnly.Parse(row[2], CultureInfo.InvariantCulture));
        Assert.Equal(row[0] + "+00:00", row[3]);
        Assert.Equal(row[0], row[4]);
    }

    [Fact]
    public void Each_row_gets_a_UUID_of_its_own()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a uuid, b char(32))");
        project.Configure("t", Defaults(("a", "$uuid"), ("b", "$uuid")));
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}, {"model": "t", "pk": 2, "fields": {}}]""");

        string[] rows = project.Rows("SELECT a, b FROM t").Split('|', ';');
        Assert.Equal(4, rows.Select(Guid.Parse).Distinct().Count());
        Assert.Equal([Guid.Parse(rows[0]).ToString("D").ToUpperInvariant(), Guid.Parse(rows[1]).ToString("N")], rows[..2]);
    }

    [Fact]
    public void A_key_that_is_not_given_gets_its_default()
    {
        using var project = new TestProject("CREATE TABLE t (id uuid PRIMARY KEY, a text)");
        project.Configure("t", Defaults(("id", "$uuid")));
        project.LoadJson("""[{"model": "t", "fields": {"a": "x"}}, {"model": "t", "pk": null, "fields": {"a": "y"}}, {"model": "t", "pk": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "fields": {}}]""");
        Assert.Equal(3, project.Rows("SELECT id FROM t").Split(';').Select(Guid.Parse).Distinct().Count());
        Assert.Equal(1L, project.Scalar("SELECT count(*) FROM t WHERE id = '6BA7B810-9DAD-11D1-80B4-00C04FD430C8'"));
    }

    [Fact]
    public void Missing_text_speaks_through_the_constraint_unless_it_is_empty()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL)");
        foreach (string records in (string[])["""[{"model": "t", "pk": 1, "fields": {}}]""", """[{"model": "t", "pk": 1, "fields": {"a": null}}]"""])
        {
            FixtureException exception = project.RefusedJson(records);
            Assert.Equal(FixtureStage.Constraint, exception.Stage);
            Assert.Contains("t.a", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Missing_text_may_be_empty_in_text_columns_that_must_not_be_null()
    {
        using var project = new TestProject("""
            CREATE TABLE p (id text PRIMARY KEY);
            CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, b varchar(5) NOT NULL, c char(3) NOT NULL, d text, e text NOT NULL DEFAULT 'e');
            """);
        project.Options = project.Options with { MissingText = MissingText.Empty };
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {}}]""");
        Assert.Equal("1||||NULL|e", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_text_that_is_given_as_null_is_not_missing()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL)");
        project.Options = project.Options with { MissingText = MissingText.Empty };
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {"a": null}}]""").Stage);
    }

    [Theory]
    [InlineData("char(32)")]
    [InlineData("char(39)")]
    [InlineData("json")]
    [InlineData("text CHECK (json_valid(a))")]
    [InlineData("text REFERENCES p")]
    [InlineData("integer")]
    [InlineData("date")]
    [InlineData("blob")]
    public void Missing_text_is_not_empty_where_it_is_no_text(string column)
    {
        using var project = new TestProject($"CREATE TABLE p (id text PRIMARY KEY); INSERT INTO p VALUES (''); CREATE TABLE t (id integer PRIMARY KEY, a {column} NOT NULL)");
        project.Options = project.Options with { MissingText = MissingText.Empty };
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {}}]""").Stage);
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {"a": null}}]""").Stage);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("integer")]
    public void Missing_text_is_not_empty_where_the_configuration_says_another_type(string type)
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL)");
        project.Configure("t", new ModelOptions { Types = new Dictionary<string, string> { ["a"] = type } });
        project.Options = project.Options with { MissingText = MissingText.Empty };
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {"a": null}}]""").Stage);
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {}}]""").Stage);
    }

    [Fact]
    public void Missing_text_is_not_empty_in_a_configured_reference()
    {
        using var project = new TestProject("CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL)");
        project.Configure("t", new ModelOptions { References = new Dictionary<string, ReferenceOptions> { ["a"] = new("p") } });
        project.Options = project.Options with { MissingText = MissingText.Empty };
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {"a": null}}]""").Stage);
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson("""[{"model": "t", "pk": 1, "fields": {}}]""").Stage);
    }

    private static ModelOptions Defaults(params (string Field, object? Value)[] defaults) =>
        new() { Defaults = defaults.ToDictionary(entry => entry.Field, entry => entry.Value) };
}

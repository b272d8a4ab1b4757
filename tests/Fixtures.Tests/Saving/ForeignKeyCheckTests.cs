namespace Fixtures.Tests.Saving;

/// <summary>A load that leaves foreign keys broken is refused, and each broken one is named.</summary>
public sealed class ForeignKeyCheckTests
{
    private const string Schema = """
        CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE);
        CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES p, p_code text REFERENCES p(code));
        """;

    /// <summary>All ways in which a connection may stand when a load begins.</summary>
    public static TheoryData<string> Connections => new("", "PRAGMA foreign_keys = OFF", "BEGIN", "PRAGMA foreign_keys = OFF; BEGIN", "BEGIN; PRAGMA defer_foreign_keys = ON");

    [Theory]
    [MemberData(nameof(Connections))]
    public void Each_broken_foreign_key_is_named(string setUp)
    {
        using var project = new TestProject(Schema + "CREATE TABLE d (a text, b integer, p_id integer REFERENCES p, PRIMARY KEY (a, b)) WITHOUT ROWID; CREATE TABLE e (p_id integer REFERENCES p);");
        project.Run(setUp);
        FixtureException exception = project.RefusedJson("""
            [{"model": "p", "pk": 1, "fields": {"code": "x"}}, {"model": "c", "pk": 10, "fields": {"p": 1, "p_code": "x"}}, {"model": "c", "pk": 11, "fields": {"p": 77, "p_code": "nix"}}, {"model": "c", "pk": 12, "fields": {"p": null}},
             {"model": "d", "pk": ["k", 5], "fields": {"p": 78}}, {"model": "e", "fields": {"p": 79}}]
            """);

        Assert.Equal((FixtureStage.Constraint, 4), (exception.Stage, exception.ErrorCount));
        Assert.Equal(4, exception.Errors.Count);
        AssertNames(exception, "c", "11", "p_id", "77");
        AssertNames(exception, "c", "11", "p_code", "nix");
        AssertNames(exception, "d", "k", "p_id", "78");
        AssertNames(exception, "e", "", "p_id", "79");
        Assert.Equal("", project.Rows("SELECT id FROM p UNION ALL SELECT id FROM c"));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void One_that_was_broken_before_is_not_blamed(string setUp)
    {
        using var project = new TestProject(Schema);
        project.Run("PRAGMA foreign_keys = OFF; INSERT INTO c VALUES (1, 55, NULL); PRAGMA foreign_keys = ON").Run(setUp);
        project.LoadJson("""[{"model": "p", "pk": 1, "fields": {}}, {"model": "c", "pk": 2, "fields": {"p": 1}}]""");
        FixtureException exception = project.RefusedJson("""[{"model": "c", "pk": 3, "fields": {"p": 56}}]""");

        Assert.Equal(1, exception.ErrorCount);
        AssertNames(exception, "c", "3", "p_id", "56");
        Assert.Equal("1|55;2|1", project.Rows("SELECT id, p_id FROM c"));
    }

    [Fact]
    public void One_that_the_caller_has_broken_is_not_blamed()
    {
        using var project = new TestProject(Schema);
        project.Run("BEGIN; PRAGMA defer_foreign_keys = ON; INSERT INTO c VALUES (1, 55, NULL)");
        project.LoadJson("""[{"model": "p", "pk": 1, "fields": {}}]""");
        Assert.Equal(1, project.RefusedJson("""[{"model": "c", "pk": 3, "fields": {"p": 56}}]""").ErrorCount);
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => project.Run("COMMIT"));

        project.LoadJson("""[{"model": "p", "pk": 55, "fields": {}}]""");
        project.Run("COMMIT");
        Assert.Equal("1|55", project.Rows("SELECT id, p_id FROM c"));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void One_that_is_broken_again_is_refused(string setUp)
    {
        using var project = new TestProject(Schema + "INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (5, 1, 'x');");
        project.Run(setUp);
        FixtureException exception = project.RefusedJson("""[{"model": "p", "pk": 1, "fields": {"code": "y"}}]""");
        AssertNames(exception, "c", "5", "p_code", "x");
        Assert.Equal("1|x", project.Rows("SELECT * FROM p"));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public void A_key_of_several_columns_is_checked_whole(string setUp)
    {
        using var project = new TestProject("CREATE TABLE p (a integer, b text, PRIMARY KEY (a, b)); CREATE TABLE c (id integer PRIMARY KEY, y text, x integer, FOREIGN KEY (x, y) REFERENCES p);");
        project.Run(setUp);
        project.LoadJson("""[{"model": "c", "pk": 1, "fields": {"x": 1, "y": "k"}}, {"model": "c", "pk": 2, "fields": {"x": 9, "y": null}}, {"model": "p", "pk": [1, "k"], "fields": {}}]""");
        FixtureException exception = project.RefusedJson("""[{"model": "c", "pk": 3, "fields": {"x": 1, "y": "nix"}}]""");
        Assert.Equal(1, exception.ErrorCount);
        AssertNames(exception, "c", "3", "x, y", "nix");
    }

    [Theory]
    [InlineData("text", "integer", "\"01\"", "1")]
    [InlineData("text", "integer", "\"1.0\"", "1")]
    [InlineData("text COLLATE NOCASE", "text", "\"a\"", "\"A\"")]
    public void A_reference_is_compared_as_SQLite_compares_it(string key, string column, string parent, string child)
    {
        bool isEqual = parent.Equals(child, StringComparison.OrdinalIgnoreCase);
        foreach (string setUp in (string[])["", "PRAGMA foreign_keys = OFF; BEGIN", "BEGIN"])
        {
            using var project = new TestProject($"CREATE TABLE p (id {key} PRIMARY KEY); CREATE TABLE c (id integer PRIMARY KEY, p_id {column}, FOREIGN KEY (p_id) REFERENCES p)");
            project.Configure("c", new ModelOptions { Types = new Dictionary<string, string> { ["p"] = "text" } });
            project.Run(setUp);
            string records = $$$"""[{"model": "p", "pk": {{{parent}}}, "fields": {}}, {"model": "c", "pk": 1, "fields": {"p": {{{child}}}}}]""";
            if (isEqual)
                project.LoadJson(records);
            else
                AssertNames(project.RefusedJson(records), "c", "1", "p_id", "1");
        }
    }

    [Fact]
    public void A_table_that_is_not_there_is_an_error_not_a_crash()
    {
        using var project = new TestProject("PRAGMA foreign_keys = OFF; CREATE TABLE c (id integer PRIMARY KEY, p_id integer REFERENCES missing(id)); INSERT INTO c VALUES (1, 5); BEGIN");
        project.LoadJson("""[{"model": "c", "pk": 2, "fields": {}}]""");
        FixtureException exception = project.RefusedJson("""[{"model": "c", "pk": 3, "fields": {"p_id": 6}}]""");
        Assert.Equal(FixtureStage.Constraint, exception.Stage);
        AssertNames(exception, "c", "3", "p_id", "6");
    }

    [Fact]
    public void Very_many_broken_ones_are_counted()
    {
        using var project = new TestProject(Schema);
        FixtureException exception = project.RefusedJson($"[{string.Join(',', Enumerable.Range(1, 1000).Select(i => $$$"""{"model": "c", "pk": {{{i}}}, "fields": {"p": 5000}}"""))}]");
        Assert.Equal(1000, exception.ErrorCount);
        Assert.InRange(exception.Errors.Count, 10, 1000);
        AssertNames(exception, "c", "1", "p_id", "5000");
    }

    [Fact]
    public void Cascades_and_set_null_of_the_schema_do_their_work()
    {
        using var project = new TestProject("""
            CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE); CREATE TABLE c (id integer PRIMARY KEY, p_code text REFERENCES p(code) ON UPDATE CASCADE);
            INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (5, 'x');
            """);
        project.LoadJson("""[{"model": "p", "pk": 1, "fields": {"code": "y"}}]""");
        Assert.Equal("5|y", project.Rows("SELECT * FROM c"));
    }

    [Theory]
    [InlineData("""[{"model": "c", "pk": 1, "fields": {"p": 2}}, {"model": "p", "pk": 2, "fields": {}}]""")]
    [InlineData("""[{"model": "p", "pk": 2, "fields": {}}, {"model": "c", "pk": 1, "fields": {"p": 99}}, {"model": "c", "pk": 1, "fields": {"p": 2}}]""")]
    public void What_is_whole_in_the_end_is_accepted(string records)
    {
        using var project = new TestProject(Schema);
        project.LoadJson(records);
        Assert.Equal("1|2", project.Rows("SELECT id, p_id FROM c"));
    }

    private static void AssertNames(FixtureException exception, string table, string key, string column, string value) =>
        Assert.Contains(exception.Errors, error =>
            (error.Field == column || error.Line is not null) && (error.Key ?? "").Contains(key, StringComparison.Ordinal)
            && error.Model == table && error.Message.Contains(column, StringComparison.Ordinal) && error.Message.Contains(value, StringComparison.Ordinal));
}

namespace Fixtures.Tests.Mapping;

/// <summary>A foreign key takes the type of the column that it refers to.</summary>
public sealed class ReferenceTypeTests
{
    private const string Uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    [Theory]
    [InlineData("uuid", "text", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8")]
    [InlineData("char(32)", "text", "6ba7b8109dad11d180b400c04fd430c8")]
    [InlineData("text", "uuid", Uuid)]
    public void The_referenced_columns_type_counts(string key, string column, string stored)
    {
        using var project = new TestProject($"CREATE TABLE p (id {key} PRIMARY KEY); CREATE TABLE c (id integer PRIMARY KEY, p_id {column} REFERENCES p)");
        project.LoadJson($$$"""[{"model": "p", "pk": "{{{Uuid}}}", "fields": {}}, {"model": "c", "pk": 1, "fields": {"p": "{{{Uuid}}}"}}]""");
        Assert.Equal($"{stored}|{stored}", project.Rows("SELECT p.id, c.p_id FROM p, c"));
    }

    [Fact]
    public void A_chain_of_foreign_keys_has_the_type_of_its_end()
    {
        using var project = new TestProject("""
            CREATE TABLE a (id char(32) PRIMARY KEY);
            CREATE TABLE b (a_id text PRIMARY KEY REFERENCES a(id));
            CREATE TABLE c (id integer PRIMARY KEY, b_id text REFERENCES b);
            CREATE TABLE loop (id text PRIMARY KEY REFERENCES loop(id));
            """);
        project.LoadJson($$$"""
            [{"model": "c", "pk": 1, "fields": {"b": "{{{Uuid}}}"}}, {"model": "b", "pk": "{{{Uuid}}}", "fields": {}}, {"model": "a", "pk": "{{{Uuid}}}", "fields": {}},
             {"model": "loop", "pk": "x", "fields": {}}]
            """);
        Assert.Equal("6ba7b8109dad11d180b400c04fd430c8", project.Scalar("SELECT c.b_id FROM a JOIN b ON b.a_id = a.id JOIN c ON c.b_id = b.a_id"));
    }

    [Fact]
    public void The_referenced_models_configured_type_counts()
    {
        using var project = new TestProject("CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE c (id integer PRIMARY KEY, p_id text REFERENCES p)");
        project.Configure("p", new ModelOptions { Types = new Dictionary<string, string> { ["id"] = "uuid" } });
        project.LoadJson($$$"""[{"model": "p", "pk": "{{{Uuid}}}", "fields": {}}, {"model": "c", "pk": 1, "fields": {"p": "{{{Uuid}}}"}}]""");
        Assert.Equal(Uuid.ToUpperInvariant(), project.Scalar("SELECT p_id FROM c"));
    }

    [Fact]
    public void A_reference_without_constraint_is_configured()
    {
        using var project = new TestProject("CREATE TABLE users (id integer PRIMARY KEY, name text UNIQUE, code char(32)); CREATE TABLE c (id integer PRIMARY KEY, owner text, other text)");
        project.Configure("c", new ModelOptions
        {
            References = new Dictionary<string, ReferenceOptions> { ["owner"] = new("users", "id"), ["other"] = new("users", "code") },
        });
        project.LoadJson($$$"""[{"model": "users", "pk": 7, "fields": {"name": "ann", "code": "{{{Uuid}}}"}}, {"model": "c", "pk": 1, "fields": {"owner": ["ann"], "other": ["ann"]}}]""");
        Assert.Equal("7|6ba7b8109dad11d180b400c04fd430c8", project.Rows("SELECT owner, other FROM c"));
        Assert.Contains("integer", project.RefusedJson("""[{"model": "c", "pk": 1, "fields": {"owner": "x"}}]""").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", null)]
    [InlineData("users", "missing")]
    [InlineData("keyless", null)]
    public void A_configured_reference_to_nothing_is_refused(string table, string? column)
    {
        using var project = new TestProject("CREATE TABLE users (id integer PRIMARY KEY); CREATE TABLE keyless (x); CREATE TABLE c (id integer PRIMARY KEY, owner integer)");
        project.Configure("c", new ModelOptions { References = new Dictionary<string, ReferenceOptions> { ["owner"] = new(table, column) } });
        FixtureException exception = project.RefusedJson("""[{"model": "c", "pk": 1, "fields": {"owner": 1}}]""");
        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains($"'{column ?? table}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_is_not_known_is_refused()
    {
        using var project = new TestProject("CREATE TABLE c (id integer PRIMARY KEY, x text)");
        project.Configure("c", new ModelOptions { Types = new Dictionary<string, string> { ["x"] = "strin" } });
        Assert.Contains("'strin'", project.RefusedJson("""[{"model": "c", "pk": 1, "fields": {"x": 1}}]""").Message, StringComparison.Ordinal);
    }
}

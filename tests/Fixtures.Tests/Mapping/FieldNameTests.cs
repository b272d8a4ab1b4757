namespace Fixtures.Tests.Mapping;

/// <summary>Which column a field's name stands for.</summary>
public sealed class FieldNameTests
{
    [Theory]
    [InlineData("title", "title")]
    [InlineData("TITLE", "title")]
    [InlineData("pub_date", "PubDate")]
    [InlineData("pubdate", "pub_date")]
    [InlineData("PubDate", "pub_date")]
    [InlineData("author", "author_id")]
    [InlineData("author", "AuthorId")]
    [InlineData("Author", "author_ID")]
    [InlineData("author_id", "author_id")]
    [InlineData("author_id", "AuthorId")]
    [InlineData("my title", "my title")]
    [InlineData("título", "título")]
    public void A_field_is_found(string field, string column)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, \"{column}\" text, other text)");
        project.LoadJson($$$"""[{"model": "t", "pk": 1, "fields": {"{{{field}}}": "x"}}]""");
        Assert.Equal("x", project.Scalar($"SELECT \"{column}\" FROM t"));
    }

    [Theory]
    [InlineData("author", "author", "author_id")]
    [InlineData("author_id", "author_id", "author")]
    [InlineData("author", "author_id", "au_thor")]
    [InlineData("author", "au_thor", "authorid")]
    public void The_nearer_column_is_meant(string field, string meant, string other)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, {other} text, {meant} text)");
        project.LoadJson($$$"""[{"model": "t", "pk": 1, "fields": {"{{{field}}}": "x"}}]""");
        Assert.Equal("x|NULL", project.Rows($"SELECT {meant}, {other} FROM t"));
    }

    [Theory]
    [InlineData("pubdate", "pub_date", "p_ubdate")]
    [InlineData("author", "authorid", "au_thor_id")]
    public void Two_columns_are_refused_by_name(string field, string one, string two)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, {one} text, {two} text)");
        string records = $$$"""[{"model": "t", "pk": 1, "fields": {"{{{field}}}": "x"}}]""";
        FixtureException exception = project.RefusedJson(records);

        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Equal(field, exception.Errors[0].Field);
        Assert.Contains($"'{one}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{two}'", exception.Message, StringComparison.Ordinal);

        project.Configure("t", new ModelOptions { Columns = new Dictionary<string, string> { [field] = two } }).LoadJson(records);
        Assert.Equal("NULL|x", project.Rows($"SELECT {one}, {two} FROM t"));
    }

    [Fact]
    public void A_field_that_is_no_column_is_refused_with_its_place()
    {
        using var project = new TestProject("CREATE TABLE blog_post (id integer PRIMARY KEY, title text, slug text)");
        FixtureException exception = project.RefusedJson("[\n{\"model\": \"blog.post\", \"pk\": 7, \"fields\": {\"slug\": \"s\", \"titel\": \"x\"}}]");

        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal((FixtureStage.Map, "blog.post", "7", "titel"), (exception.Stage, error.Model, error.Key, error.Field));
        Assert.Equal((project.At("data.json"), 2, 57), (error.File, error.Line, error.Column));
        Assert.Contains("'titel'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'title'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_column_that_is_none_is_refused()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text)");
        project.Configure("t", new ModelOptions { Columns = new Dictionary<string, string> { ["a"] = "missing" } });
        Assert.Contains("'missing'", project.RefusedJson("""[{"model": "t", "fields": {"a": "x"}}]""").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VIRTUAL")]
    [InlineData("STORED")]
    public void A_generated_column_is_refused_unless_it_is_ignored(string kind)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, a integer, twice integer GENERATED ALWAYS AS (a * 2) {kind})");
        const string records = """[{"model": "t", "pk": 1, "fields": {"a": 2, "twice": 5}}]""";
        FixtureException exception = project.RefusedJson(records);
        Assert.Equal((FixtureStage.Map, "twice"), (exception.Stage, exception.Errors[0].Field));

        project.Configure("t", new ModelOptions { IgnoredFields = ["twice"] }).LoadJson(records);
        Assert.Equal("1|2|4", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void A_table_with_generated_columns_is_inserted_into_and_updated()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, v integer AS (a + 1), a integer, s integer AS (a + 2) STORED)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": 2}}]""");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": 5}}]""");
        Assert.Equal("1|6|5|7", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void An_ignored_field_is_not_stored_even_where_a_column_has_its_name()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a text, legacy_id integer)");
        project.Configure("t", new ModelOptions { IgnoredFields = ["legacy", "a"] });
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"legacy": 5, "a": {"no": ["text"]}}}]""");
        Assert.Equal("1|NULL|NULL", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void The_last_of_a_field_given_twice_counts()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, author_id integer)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"author": 1, "author_id": 2}}, {"model": "t", "pk": 2, "fields": {"author_id": 1, "author_id": 3, "author": 4}}]""");
        Assert.Equal("1|2;2|4", project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Records_of_many_shapes_keep_their_fields_apart()
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, {string.Join(", ", Enumerable.Range(0, 9).Select(i => $"c{i} integer"))})");
        IEnumerable<string> records = Enumerable.Range(0, 512).Concat(Enumerable.Range(0, 512)).Select(bits =>
            $$$"""{"model": "t", "pk": {{{bits}}}, "fields": { {{{string.Join(", ", Enumerable.Range(0, 9).Where(i => (bits >> i & 1) != 0).Select(i => $"\"c{i}\": {1 << i}"))}}} } }""");
        project.LoadJson($"[{string.Join(",\n", records)}]");
        Assert.Equal("512|0", project.Rows($"SELECT count(*), sum(id <> {string.Join(" + ", Enumerable.Range(0, 9).Select(i => $"ifnull(c{i}, 0)"))}) FROM t"));
    }
}

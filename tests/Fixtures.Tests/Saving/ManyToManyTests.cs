namespace Fixtures.Tests.Saving;

/// <summary>After a load the rows of a join table are exactly what the list says.</summary>
public sealed class ManyToManyTests
{
    private const string Schema = """
        CREATE TABLE tag (id integer PRIMARY KEY, name text UNIQUE);
        CREATE TABLE post (id integer PRIMARY KEY, title text UNIQUE);
        CREATE TABLE post_tags (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES post, tag_id integer NOT NULL REFERENCES tag, note text DEFAULT 'new', UNIQUE (post_id, tag_id));
        INSERT INTO tag VALUES (1, 'a'), (2, 'b'), (3, 'c');
        INSERT INTO post VALUES (1, 'one'), (2, 'two');
        INSERT INTO post_tags VALUES (100, 1, 1, 'kept'), (101, 1, 2, 'kept'), (102, 2, 1, 'kept');
        """;

    private const string Links = "SELECT id, post_id, tag_id, note FROM post_tags ORDER BY id";

    [Fact]
    public void Missing_rows_are_inserted_others_deleted_and_existing_ones_kept()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "post", "pk": 1, "fields": {"title": "one", "tags": [3, 2]}}]""");
        Assert.Equal("101|1|2|kept;102|2|1|kept;103|1|3|new", project.Rows(Links));
    }

    [Fact]
    public void An_empty_list_deletes_and_no_list_leaves_alone()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "post", "pk": 1, "fields": {"tags": []}}, {"model": "post", "pk": 2, "fields": {}}]""");
        Assert.Equal("102|2|1|kept", project.Rows(Links));
    }

    [Fact]
    public void A_list_may_name_one_twice()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "post", "pk": 1, "fields": {"tags": [1, 3, "3", ["c"], 1]}}]""");
        Assert.Equal("1;3", project.Rows("SELECT tag_id FROM post_tags WHERE post_id = 1 ORDER BY tag_id"));
    }

    [Fact]
    public void Elements_may_be_natural_keys_and_come_later()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""
            [{"model": "post", "pk": 1, "fields": {"tags": [["a"], 9, ["new"]]}}, {"model": "post", "fields": {"title": "three", "tags": [["new"]]}}, {"model": "post", "fields": {"title": "two", "tags": [["b"]]}},
             {"model": "tag", "pk": 8, "fields": {"name": "new"}}, {"model": "tag", "pk": 9, "fields": {}}]
            """);
        Assert.Equal("1|1;1|8;1|9;2|2;3|8", project.Rows("SELECT post_id, tag_id FROM post_tags ORDER BY 1, 2"));
        Assert.Equal("kept", project.Scalar("SELECT note FROM post_tags WHERE id = 100"));
    }

    [Fact]
    public void An_element_that_no_row_provides_is_refused()
    {
        using var project = new TestProject(Schema);
        FixtureException natural = project.RefusedJson("""[{"model": "post", "pk": 1, "fields": {"tags": [["a"], ["nix"]]}}]""");
        Assert.Equal((FixtureStage.Map, "post", "1", "tags"), (natural.Stage, natural.Errors[0].Model, natural.Errors[0].Key, natural.Errors[0].Field));
        Assert.Contains("nix", natural.Message, StringComparison.Ordinal);

        FixtureException key = project.RefusedJson("""[{"model": "post", "pk": 1, "fields": {"tags": [1, 77]}}]""");
        Assert.Equal(FixtureStage.Constraint, key.Stage);
        Assert.Contains("post_tags", key.Message, StringComparison.Ordinal);
        Assert.Contains("77", key.Message, StringComparison.Ordinal);
        Assert.Equal("100|1|1|kept;101|1|2|kept;102|2|1|kept", project.Rows(Links));
    }

    [Fact]
    public void A_null_in_a_list_is_no_row()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "tag", "pk": 1, "fields": {"name": "a"}}, {"model": "post", "pk": 1, "fields": {"tags": [null, 1]}}]""");
        Assert.Equal("1|1", project.Rows("SELECT post_id, tag_id FROM post_tags WHERE post_id = 1"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"1,2\"")]
    [InlineData("{}")]
    [InlineData("[\"x\"]")]
    [InlineData("[{}]")]
    [InlineData("[[1, 2]]")]
    public void What_is_no_list_of_keys_is_refused(string list)
    {
        using var project = new TestProject(Schema);
        FixtureException exception = project.RefusedJson($$$"""[{"model": "post", "pk": 1, "fields": {"tags": {{{list}}}}}]""");
        Assert.Equal((FixtureStage.Map, "tags"), (exception.Stage, exception.Errors[0].Field));
    }

    [Fact]
    public void Rows_that_SQLite_numbers_get_their_lists()
    {
        using var project = new TestProject(Schema);
        project.LoadJson("""[{"model": "post", "fields": {"tags": [1]}}, {"model": "post", "fields": {"id": null, "tags": [2]}}, {"model": "post", "fields": {"id": 9, "tags": [3]}}]""");
        Assert.Equal("3|1;4|2;9|3", project.Rows("SELECT post_id, tag_id FROM post_tags WHERE post_id > 2"));
    }

    [Fact]
    public void Of_two_keys_to_the_same_table_from_is_this_side()
    {
        using var project = new TestProject("""
            CREATE TABLE person (id integer PRIMARY KEY, name text UNIQUE);
            CREATE TABLE person_friends (to_person_id integer REFERENCES person, from_person_id integer REFERENCES person);
            """);
        project.LoadJson("""[{"model": "person", "pk": 1, "fields": {"friends": [2, 1]}}, {"model": "person", "pk": 2, "fields": {"name": "b", "friends": []}}, {"model": "person", "pk": 3, "fields": {"friends": [["d"]]}}, {"model": "person", "pk": 4, "fields": {"name": "d"}}]""");
        Assert.Equal("1|1;1|2;3|4", project.Rows("SELECT from_person_id, to_person_id FROM person_friends ORDER BY 1, 2"));
    }

    [Fact]
    public void A_symmetrical_list_is_written_both_ways()
    {
        using var project = new TestProject("""
            CREATE TABLE person (id integer PRIMARY KEY);
            CREATE TABLE friendship (a_id integer REFERENCES person, b_id integer REFERENCES person, since text, UNIQUE (a_id, b_id));
            INSERT INTO person VALUES (1), (2), (3), (4);
            INSERT INTO friendship VALUES (1, 2, 'old'), (2, 1, 'old'), (1, 3, 'old'), (3, 1, 'old'), (3, 4, 'old'), (4, 3, 'old');
            """);
        project.Configure("person", new ModelOptions { JoinTables = new Dictionary<string, JoinTableOptions> { ["friends"] = new("friendship", "a_id", "b_id", Symmetrical: true) } });
        project.LoadJson("""[{"model": "person", "pk": 1, "fields": {"friends": [2, 4, 1]}}]""");
        Assert.Equal("1|1|NULL;1|2|old;1|4|NULL;2|1|old;3|4|old;4|1|NULL;4|3|old", project.Rows("SELECT * FROM friendship ORDER BY 1, 2"));
    }

    [Fact]
    public void A_join_table_that_does_not_tell_its_sides_is_refused_unless_configured()
    {
        using var project = new TestProject("""
            CREATE TABLE person (id integer PRIMARY KEY);
            CREATE TABLE person_friends (a_id integer REFERENCES person, b_id integer REFERENCES person);
            """);
        const string records = """[{"model": "person", "pk": 1, "fields": {"friends": [1]}}]""";
        FixtureException exception = project.RefusedJson(records);
        Assert.Equal((FixtureStage.Map, "friends"), (exception.Stage, exception.Errors[0].Field));
        Assert.Contains("joinTables", exception.Message, StringComparison.Ordinal);

        project.Configure("person", new ModelOptions { JoinTables = new Dictionary<string, JoinTableOptions> { ["friends"] = new("person_friends", "b_id") } }).LoadJson(records);
        Assert.Equal("1|1", project.Rows("SELECT * FROM person_friends"));
    }

    [Theory]
    [InlineData("missing", null, null)]
    [InlineData("post_tags", "missing", null)]
    [InlineData("post_tags", null, "missing")]
    [InlineData("post_tags", null, "note")]
    public void A_configured_join_table_that_is_none_is_refused(string table, string? from, string? to)
    {
        using var project = new TestProject(Schema);
        project.Configure("post", new ModelOptions { JoinTables = new Dictionary<string, JoinTableOptions> { ["labels"] = new(table, from, to) } });
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "post", "pk": 1, "fields": {"labels": [1]}}]""").Stage);
    }

    [Theory]
    [InlineData("decimal(5,0)", "decimal(5,0)", "5", "5.0")]
    [InlineData("text", "integer", "\"7\"", "7")]
    [InlineData("text COLLATE NOCASE", "text COLLATE NOCASE", "\"abc\"", "\"ABC\"")]
    public void Rows_are_kept_however_their_key_is_written(string key, string column, string stored, string written)
    {
        using var project = new TestProject($"""
            CREATE TABLE tag (id {key} PRIMARY KEY); CREATE TABLE post (id integer PRIMARY KEY);
            CREATE TABLE post_tags (post_id integer REFERENCES post, tag_id {column} REFERENCES tag, note text);
            """);
        project.LoadJson($$$"""[{"model": "tag", "pk": {{{stored}}}, "fields": {}}, {"model": "post", "pk": 1, "fields": {"tags": [{{{stored}}}]}}]""");
        project.Run("UPDATE post_tags SET note = 'kept'");
        project.LoadJson($$$"""[{"model": "post", "pk": 1, "fields": {"tags": [{{{written}}}]}}]""");
        Assert.Equal("kept", project.Rows("SELECT note FROM post_tags"));
    }

    [Fact]
    public void A_list_of_very_many_is_written_whole()
    {
        using var project = new TestProject(Schema + "WITH RECURSIVE n(i) AS (VALUES (10) UNION ALL SELECT i + 1 FROM n WHERE i < 20009) INSERT INTO tag SELECT i, 't' || i FROM n;");
        project.LoadJson($$$"""[{"model": "post", "pk": 1, "fields": {"tags": [{{{string.Join(',', Enumerable.Range(10, 20_000))}}}]}}]""");
        project.LoadJson($$$"""[{"model": "post", "pk": 1, "fields": {"tags": [{{{string.Join(',', Enumerable.Range(10, 20_000).Where(i => i % 2 == 0).Select(i => $"[\"t{i}\"]"))}}}]}}]""");
        Assert.Equal("10000|0", project.Rows("SELECT count(*), sum(tag_id % 2) FROM post_tags WHERE post_id = 1"));
    }

    [Fact]
    public void Lists_of_XML_and_YAML_are_the_same()
    {
        using var project = new TestProject(Schema);
        project.Write("x.xml", """<django-objects version="1.0"><object model="post" pk="1"><field name="tags" rel="ManyToManyRel" to="tag"><object pk="3"></object><object><natural>b</natural></object></field></object></django-objects>""");
        project.Write("y.yaml", "- model: post\n  pk: 2\n  fields: {tags: [3, [b]]}\n");
        project.Load("x", "y");
        Assert.Equal("1|2;1|3;2|2;2|3", project.Rows("SELECT post_id, tag_id FROM post_tags ORDER BY 1, 2"));
    }
}

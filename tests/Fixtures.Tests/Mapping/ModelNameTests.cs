namespace Fixtures.Tests.Mapping;

/// <summary>Which table a model's name stands for.</summary>
public sealed class ModelNameTests
{
    [Theory]
    [InlineData("blog.post", "blog_post")]
    [InlineData("Blog.Post", "BLOG_POST")]
    [InlineData("blog.post", "post")]
    [InlineData("blog.post", "Posts")]
    [InlineData("blog.post", "BlogPosts")]
    [InlineData("blog.posts", "BlogPost")]
    [InlineData("blog.blogentry", "blog_blog_entry")]
    [InlineData("blog.blog_entry", "BlogEntry")]
    [InlineData("blog.address", "address")]
    [InlineData("post", "post")]
    [InlineData("post", "Posts")]
    [InlineData("blog_post", "blog_post")]
    [InlineData("a.b.c", "a_b_c")]
    [InlineData("a.b.c", "c")]
    [InlineData("my blog.my post", "my blog_my post")]
    public void A_model_is_found(string model, string table)
    {
        using var project = new TestProject($"CREATE TABLE \"{table}\" (id integer PRIMARY KEY); CREATE TABLE other (id integer PRIMARY KEY)");
        project.LoadJson($$$"""[{"model": "{{{model}}}", "pk": 1, "fields": {}}]""");
        Assert.Equal(1L, project.Scalar($"SELECT id FROM \"{table}\""));
    }

    [Theory]
    [InlineData("blog_post", "post")]
    [InlineData("blog_post", "blog_posts")]
    [InlineData("blog_post", "BlogPost")]
    [InlineData("post", "posts")]
    [InlineData("post", "blogpost")]
    public void The_nearer_table_is_meant(string meant, string other)
    {
        using var project = new TestProject($"CREATE TABLE \"{other}\" (id integer PRIMARY KEY); CREATE TABLE \"{meant}\" (id integer PRIMARY KEY)");
        project.LoadJson("""[{"model": "blog.post", "pk": 1, "fields": {}}]""");
        Assert.Equal("1|0", project.Rows($"SELECT (SELECT count(*) FROM \"{meant}\"), (SELECT count(*) FROM \"{other}\")"));
    }

    [Theory]
    [InlineData("blog.post", "BlogPost", "blog_posts")]
    [InlineData("post", "posts", "p_ost")]
    [InlineData("blog.post", "Posts", "P_ost")]
    public void Two_tables_are_refused_by_name(string model, string one, string two)
    {
        using var project = new TestProject($"CREATE TABLE \"{one}\" (id integer PRIMARY KEY); CREATE TABLE \"{two}\" (id integer PRIMARY KEY)");
        FixtureException exception = project.RefusedJson($$$"""[{"model": "{{{model}}}", "pk": 1, "fields": {}}]""");

        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains($"'{one}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{two}'", exception.Message, StringComparison.Ordinal);
        Assert.Equal((1, 12), (exception.Errors[0].Line, exception.Errors[0].Column));

        project.Configure(model, new ModelOptions { Table = two }).LoadJson($$$"""[{"model": "{{{model}}}", "pk": 1, "fields": {}}]""");
        Assert.Equal(1L, project.Scalar($"SELECT id FROM \"{two}\""));
    }

    [Theory]
    [InlineData("blog.boss", "blog_bo")]
    [InlineData("blog.pa", "blog_pass")]
    [InlineData("blog.post", "blog")]
    [InlineData("blog.post", "shop_post")]
    public void A_table_that_is_not_meant_is_not_taken(string model, string table)
    {
        using var project = new TestProject($"CREATE TABLE \"{table}\" (id integer PRIMARY KEY)");
        FixtureException exception = project.RefusedJson($$$"""[{"model": "{{{model}}}", "pk": 1, "fields": {}}]""");

        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Equal(model, exception.Errors[0].Model);
        Assert.Contains($"'{model}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(table, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blog_post")]
    [InlineData("post")]
    [InlineData("BlogPosts")]
    public void A_view_is_refused(string view)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY); CREATE VIEW {view} AS SELECT * FROM t");
        FixtureException exception = project.RefusedJson("""[{"model": "blog.post", "pk": 1, "fields": {}}]""");

        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains($"view '{view}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_are_configured_ignoring_case()
    {
        using var project = new TestProject("CREATE TABLE entries (id integer PRIMARY KEY)");
        project.Configure("Blog.POST", new ModelOptions { Table = "ENTRIES" }).LoadJson("""[{"model": "blog.Post", "pk": 1, "fields": {}}]""");
        Assert.Equal(1L, project.Scalar("SELECT id FROM entries"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a_view")]
    public void A_configured_table_that_is_none_is_refused(string table)
    {
        using var project = new TestProject("CREATE TABLE post (id integer PRIMARY KEY); CREATE VIEW a_view AS SELECT 1");
        FixtureException exception = project.Configure("post", new ModelOptions { Table = table }).RefusedJson("""[{"model": "post", "pk": 1, "fields": {}}]""");

        Assert.Equal(FixtureStage.Map, exception.Stage);
        Assert.Contains($"'{table}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_SQLite_itself_is_no_model()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT)");
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "sqlite.sequence", "fields": {"name": "t", "seq": 5}}]""").Stage);
    }
}

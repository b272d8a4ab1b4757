using Fixtures.Configuration;

namespace Fixtures.Tests.Configuration;

public sealed class PathExpansionTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apps_of_a_glob_are_its_folders_in_ordinal_order_in_its_place()
    {
        foreach (string name in new[] { "src/b", "src/a", "src/a-b", "src/Z", "src/.git" })
            _folder.Folder(name);
        _folder.Write("src/readme.txt", "");

        Assert.Equal(["first", "Z", "a", "a-b", "b", "last"], Labels("""["first", "src/*", "last"]"""));
    }

    [Fact]
    public void A_hidden_folder_is_found_where_the_glob_says_so()
    {
        _folder.Folder(".one");
        _folder.Folder("two");

        Assert.Equal([".one"], Labels("""[".*"]"""));
    }

    [Fact]
    public void An_app_that_is_listed_by_itself_keeps_its_label_and_place()
    {
        _folder.Folder("src/Blog");
        _folder.Folder("src/Shop");

        Assert.Equal(["Blog", "shop"], Labels("""["src/*", { "label": "shop", "path": "src/Shop/" }]"""));
    }

    [Fact]
    public void Two_globs_give_a_folder_once()
    {
        _folder.Folder("src/blog");

        Assert.Equal(["blog"], Labels("""["src/*", "src/b*"]"""));
    }

    [Fact]
    public void A_glob_may_stand_in_any_segment_and_match_nothing()
    {
        _folder.Folder("src/a/django");
        _folder.Folder("src/b/rails");
        _folder.Folder("lib/c/x1");

        Assert.Equal([_folder.At("lib/c/x1"), _folder.At("src/a/django")], Apps("""["l?b/*/x?", "src/*/django", "nowhere/*/a*"]""").Select(app => app.Path));
    }

    [Fact]
    public void Two_folders_of_one_name_are_refused_with_both_paths()
    {
        _folder.Folder("a/blog");
        _folder.Folder("b/Blog");

        FixtureError error = ConfigurationFolder.Refused(() => Apps("""["*/*"]"""));

        Assert.Contains($"'{_folder.At("a/blog")}' and '{_folder.At("b/Blog")}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["blog", "src/blog"]""", "Two apps have the label 'blog'.", 20)]
    [InlineData("""["blog", { "label": "Blog", "path": "x" }]""", "Two apps have the label 'Blog'.", 20)]
    [InlineData("""[{ "label": "a", "path": "src/*" }]""", "Write \"src/*\" alone", 36)]
    [InlineData("""[{ "label": "a" }]""", "An app has no 'path'.", 12)]
    [InlineData("""["/"]""", "Write {\"label\": \"...\", \"path\": \"/\"}.", 12)]
    [InlineData("""["src/**"]""", "'**' in 'src/**' is not supported.", 12)]
    public void Apps_that_cannot_be_told_apart_or_found_are_refused_with_their_place(string apps, string message, long column)
    {
        FixtureError error = _folder.Refused($$"""{ "apps": {{apps}} }""");

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
    }

    [Fact]
    public void An_app_in_code_counts_from_the_current_directory_and_need_not_exist()
    {
        FixtureApp app = Assert.Single(PathExpansion.ExpandApps(new FixtureOptions { Apps = [new("blog", "no-such-folder/blog")] }));

        Assert.Equal(new FixtureApp("blog", Path.GetFullPath("no-such-folder/blog")), app);
    }

    [Fact]
    public void Two_stars_in_code_are_refused() =>
        Assert.Contains("'**'", ConfigurationFolder.Refused(() => PathExpansion.ExpandScripts(new FixtureOptions { SchemaScripts = ["**/schema.sql"] })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_path_in_code_is_refused() =>
        Assert.Contains("empty", ConfigurationFolder.Refused(() => PathExpansion.ExpandApps(new FixtureOptions { Apps = [new("blog", "")] })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_whose_name_holds_a_star_stands_for_itself()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        _folder.Folder("w*/blog");
        _folder.Folder("work/blog");

        Assert.Equal([new("mine", _folder.At("w*/blog"))], Apps("""[{ "label": "mine", "path": "w*/blog" }]"""));
        Assert.Equal([_folder.At("w*/blog")], Apps("""["w*/b*"]""").Select(app => app.Path));
    }

    [Fact]
    public void Brackets_are_no_glob()
    {
        _folder.Folder("a[1]/x");
        _folder.Folder("a1/x");

        Assert.Equal([_folder.At("a[1]/x")], Apps("""["a[1]/*"]""").Select(app => app.Path));
    }

    [Fact]
    public void A_linked_folder_is_a_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.Folder("elsewhere/shop");
        _folder.Folder("src");
        Directory.CreateSymbolicLink(_folder.At("src/linked"), _folder.At("elsewhere/shop"));
        Directory.CreateSymbolicLink(_folder.At("src/broken"), _folder.At("gone"));

        Assert.Equal(["linked"], Labels("""["src/*"]"""));
    }

    [Fact]
    public void Scripts_of_a_glob_run_folder_by_folder_in_ordinal_order()
    {
        foreach (string name in new[] { "schema.sql", "shop/schema.sql", "blog-x/schema.sql", "blog/schema.sql", "empty/other.sql" })
            _folder.Write(name, "");

        Assert.Equal(["schema.sql", "blog/schema.sql", "blog-x/schema.sql", "shop/schema.sql"], Scripts("""["schema.sql", "*/schema.sql"]"""));
    }

    [Fact]
    public void A_script_that_is_listed_by_itself_runs_there_and_once()
    {
        foreach (string name in new[] { "a.sql", "b.sql", "z.sql" })
            _folder.Write(name, "");

        Assert.Equal(["z.sql", "a.sql", "b.sql"], Scripts("""["z.sql", "*.sql", "b.sql"]"""));
    }

    [Fact]
    public void A_missing_script_is_refused_by_name_and_a_glob_without_match_is_not()
    {
        Assert.Empty(Scripts("""["*/schema.sql"]"""));
        Assert.Contains($"'{_folder.At("schema.sql")}'", ConfigurationFolder.Refused(() => Scripts("""["schema.sql"]""")).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<FixtureApp> Apps(string apps) => PathExpansion.ExpandApps(_folder.Read($$"""{ "apps": {{apps}} }"""));

    private IEnumerable<string> Labels(string apps) => Apps(apps).Select(app => app.Label);

    private IEnumerable<string> Scripts(string scripts) =>
        PathExpansion.ExpandScripts(_folder.Read($$"""{ "schema": {{scripts}} }""")).Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/'));
}

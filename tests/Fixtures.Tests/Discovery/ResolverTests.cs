using Fixtures.Discovery;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Discovery;

public sealed class ResolverTests : IDisposable
{
    // The current directory is 'here'; paths in options are relative to it, as a user would write them.
    private readonly TemporaryFolder _folder = new();

    public ResolverTests() => Directory.CreateDirectory(_folder["here"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apps_then_fixture_directories_then_the_current_directory_are_loaded_in_order()
    {
        Lay("here/x.json", "common/x.yaml", "shop/fixtures/x.xml", "blog/fixtures/x.json");

        AssertFinds(Options, "x", "blog/fixtures/x.json", "shop/fixtures/x.xml", "common/x.yaml", "here/x.json");
        AssertFinds(Options with { SearchCurrentDirectory = false }, "x", "blog/fixtures/x.json", "shop/fixtures/x.xml", "common/x.yaml");
    }

    [Theory]
    [InlineData("blog/fixtures/sub/x.json", "sub/x")]
    [InlineData("blog/fixtures/sub/x.json.gz", "sub/x.json")]
    [InlineData("blog/v1.2/x.json", "../v1.2/x")]
    [InlineData("common/sub/x.json", "sub/../sub/x")]
    [InlineData("here/sub/x.json", "sub/x")]
    [InlineData("shared/x.json", "../shared/x")]
    public void A_directory_part_counts_from_each_directory(string file, string label)
    {
        Lay(file);

        AssertFinds(Options, label, file);
    }

    [Theory]
    [InlineData("sta*.json", "sta*")]
    [InlineData("with[special]chars.json", "with[special]chars")]
    [InlineData("two words.json", "two words")]
    [InlineData("Größe ✓.json", "Größe ✓")]
    [InlineData("it's {0} \"q\".json", "it's {0} \"q\"")]
    [InlineData(".hidden.json", ".hidden")]
    [InlineData("release.v2.json", "release.v2")]
    [InlineData("x.json.json", "x.json.json")]
    [InlineData("json.json", "json")]
    [InlineData("--.json", "--")]
    public void A_name_may_hold_any_character(string file, string label)
    {
        Lay("blog/fixtures/" + file, "blog/fixtures/star.json");

        AssertFinds(Options, label, "blog/fixtures/" + file);
    }

    [Theory]
    [InlineData("sta*")]
    [InlineData("sta?")]
    [InlineData("st[a]r")]
    [InlineData("Star")]
    [InlineData("sta")]
    public void A_name_is_no_pattern(string label)
    {
        Lay("blog/fixtures/star.json", "here/star.json");

        Assert.StartsWith($"No fixture named '{label}' found.", Refusal(Options, label), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_named_like_a_fixture_is_none()
    {
        Lay("blog/fixtures/x.json/readme.txt", "here/x.yaml/readme.txt", "common/x.xml");

        AssertFinds(Options, "x", "common/x.xml");
    }

    [Fact]
    public void A_fixture_of_the_database_in_use_is_found_and_one_of_another_is_not()
    {
        Lay("common/multidb.default.json", "shop/fixtures/multidb.other.json.gz");

        AssertFinds(Options, "multidb", "common/multidb.default.json");
        AssertFinds(Options with { Database = "other" }, "multidb", "shop/fixtures/multidb.other.json.gz");
        AssertFinds(Options with { Database = "other" }, "multidb.default.json", "common/multidb.default.json");
        Assert.Contains("No fixture named 'multidb'", Refusal(Options with { Database = "third" }, "multidb"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_absolute_label_is_looked_for_in_its_own_directory_only()
    {
        Lay("elsewhere/x.json", "blog/fixtures/x.json", "here/x.json");

        AssertFinds(Options, _folder["elsewhere/x"], "elsewhere/x.json");
        AssertFinds(Options, _folder["elsewhere/../here/x.json"], "here/x.json");
    }

    [Fact]
    public void App_leaves_only_that_app_among_the_apps()
    {
        Lay("blog/fixtures/x.json", "shop/fixtures/x.json", "common/x.json", "here/x.json");

        AssertFinds(Options with { App = "shop" }, "x", "shop/fixtures/x.json", "common/x.json", "here/x.json");
        AssertFinds(Options with { App = "nosuch" }, "x", "common/x.json", "here/x.json");
    }

    [Fact]
    public void A_dot_label_means_the_fixtures_of_the_app_alone()
    {
        Lay("blog/fixtures/x.json", "blog/fixtures/sub/y.json", "shop/fixtures/x.json", "common/x.json", "here/x.json");

        AssertFinds(Options with { App = "blog" }, "./x", "blog/fixtures/x.json");
        AssertFinds(Options with { App = "blog" }, "./sub/y", "blog/fixtures/sub/y.json");
    }

    [Fact]
    public void A_dot_label_without_app_is_refused()
    {
        Lay("blog/fixtures/x.json", "here/x.json");

        Assert.Contains("Set App", Refusal(Options, "./x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_several_apps_lead_to_is_searched_once()
    {
        Lay("here/fixtures/x.json", "here/y.json");
        FixtureOptions options = new()
        {
            Apps = [new("one", "."), new("two", "../here/"), new("three", _folder["here"])],
            SearchCurrentDirectory = false,
        };

        AssertFinds(options, "x", "here/fixtures/x.json");
        AssertFinds(options, "../y", "here/y.json");
    }

    [Fact]
    public void The_current_directory_is_searched_last_also_where_it_has_been_searched_before()
    {
        Lay("here/fixtures/x.json", "here/y.json");
        FixtureOptions options = new() { Apps = [new("one", ".")], FixtureDirectories = ["../here"] };

        AssertFinds(options, "y", "here/y.json", "here/y.json");
        AssertFinds(options, "../here/y", "here/y.json", "here/y.json");
        AssertFinds(options, "x", "here/fixtures/x.json");
        AssertFinds(options with { SearchCurrentDirectory = false }, "y", "here/y.json");
    }

    [Fact]
    public void A_missing_fixture_directory_is_passed_over()
    {
        Lay("common/x.json");

        AssertFinds(Options with { FixtureDirectories = ["../nosuch", "../common"] }, "x", "common/x.json");
    }

    [Fact]
    public void A_fixture_directory_that_is_listed_twice_is_refused()
    {
        Lay("common/x.json");

        FixtureOptions options = Options with { FixtureDirectories = ["../common", "../here/../common/"] };

        Assert.StartsWith("Fixture directory '../here/../common/' is listed twice.", Refusal(options, "x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    public void A_fixture_directory_that_is_an_apps_own_is_refused_whatever_App_is(string? app)
    {
        FixtureOptions options = Options with { FixtureDirectories = ["../blog/fixtures"], App = app };

        Assert.StartsWith(
            "'../blog/fixtures' is a default fixture directory of app 'blog' and must not be listed as a fixture directory.",
            Refusal(options, "x"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_with_a_nul_character_is_refused()
    {
        Assert.Contains(@"'a\0b' is no directory", Refusal(Options with { FixtureDirectories = ["a\0b"] }, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_names_code_may_have_no_file()
    {
        Lay("blog/fixtures/both.json", "blog/fixtures/twice.json", "blog/fixtures/twice.xml");
        Action<SqliteConnection> nothing = _ => { };
        FixtureOptions options = Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["code"] = nothing, ["both"] = nothing, ["twice"] = nothing } };

        AssertFinds(options, "code");
        AssertFinds(options, "both", "blog/fixtures/both.json");
        Assert.StartsWith("Multiple fixtures", Refusal(options, "twice"), StringComparison.Ordinal);
        Assert.True(Resolver(options).Explain("code").Code);
        Assert.False(Resolver(options).Explain("neither").Code);
    }

    [Fact]
    public void A_fixture_that_need_not_be_there_is_no_error()
    {
        Lay("blog/fixtures/x.json", "blog/fixtures/twice.json", "blog/fixtures/twice.xml");
        FixtureResolver resolver = Resolver(Options);

        Assert.Empty(resolver.FindIfAny("initial_data"));
        Assert.Single(resolver.FindIfAny("x"));
        Assert.Throws<FixtureException>(() => resolver.FindIfAny("twice"));
    }

    private FixtureOptions Options => new()
    {
        Apps = [new("blog", "../blog"), new("shop", _folder["shop"])],
        FixtureDirectories = ["../common"],
    };

    private void Lay(params string[] files) => Array.ForEach(files, _folder.Add);

    private FixtureResolver Resolver(FixtureOptions options) => new(options, () => _folder["here"]);

    private void AssertFinds(FixtureOptions options, string label, params string[] files) => AssertFinds(Resolver(options), label, files);

    private void AssertFinds(FixtureResolver resolver, string label, params string[] files) =>
        Assert.Equal(files.Select(file => _folder[file]), resolver.Find(label).Select(file => file.Path));

    private string Refusal(FixtureOptions options, string label)
    {
        var refused = Assert.Throws<FixtureException>(() => Resolver(options).Find(label));
        Assert.Equal(FixtureStage.Resolve, refused.Stage);
        SearchReport report = Resolver(options).Explain(label);
        Assert.Equal(refused.Message, report.Problem);
        Assert.Empty(report.Files);
        return refused.Message;
    }
}

namespace Fixtures.Tests.Configuration;

public sealed class ConfigurationSearchTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_file_upwards_is_taken()
    {
        _folder.Write("fixtures.config.json", """{ "fixtureDirs": ["outer"] }""");
        _folder.Write("a/b/fixtures.config.json", """{ "fixtureDirs": ["inner"] }""");

        Assert.Equal([_folder.At("a/b/inner")], Discover("a/b/c/d").FixtureDirectories);
        Assert.Equal([_folder.At("outer")], Discover("a").FixtureDirectories);
    }

    [Fact]
    public void A_folder_of_the_files_name_is_passed_over()
    {
        _folder.Write("fixtures.config.json", """{ "fixtureDirs": ["outer"] }""");
        _folder.Folder("a/fixtures.config.json");

        Assert.Equal([_folder.At("outer")], Discover("a").FixtureDirectories);
    }

    [Fact]
    public void Nothing_upwards_is_refused_with_where_it_looked_and_what_to_do()
    {
        FixtureError error = ConfigurationFolder.Refused(() => Discover("a"));

        Assert.Contains($"'{_folder.At("a")}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("FixtureOptions", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other/fixtures.config.json")]
    [InlineData("other")]
    public void The_environments_file_or_folder_comes_first(string named)
    {
        _folder.Write("fixtures.config.json", """{ "fixtureDirs": ["here"] }""");
        _folder.Write("other/fixtures.config.json", """{ "fixtureDirs": ["there"] }""");

        Assert.Equal([_folder.At("other/there")], Discover("", ("FIXTURES_CONFIG", _folder.At(named))).FixtureDirectories);
    }

    [Fact]
    public void An_environments_file_that_is_missing_is_refused_rather_than_passed_over()
    {
        _folder.Write("fixtures.config.json", "{}");

        FixtureError error = ConfigurationFolder.Refused(() => Discover("", ("FIXTURES_CONFIG", _folder.At("nowhere.json"))));

        Assert.StartsWith($"FIXTURES_CONFIG is '{_folder.At("nowhere.json")}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environments_database_is_the_one_of_the_alias_in_use()
    {
        _folder.Write("fixtures.config.json", """{ "databases": { "default": "Data Source=:memory:", "other": "" } }""");

        FixtureOptions options = Discover("", ("FIXTURES_DATABASE", "Data Source=ci.db"));

        Assert.Equal("Data Source=ci.db", options.GetConnectionString());
        Assert.Equal("Data Source=ci.db", (options with { Database = "other" }).GetConnectionString());
        Assert.Equal("Data Source=:memory:", options.Databases["default"]);
    }

    [Fact]
    public void Databases_set_in_code_beat_the_environment()
    {
        _folder.Write("fixtures.config.json", "{}");

        FixtureOptions options = Discover("", ("FIXTURES_DATABASE", "Data Source=ci.db")) with
        {
            Databases = new Dictionary<string, string> { ["default"] = "Data Source=code.db" },
        };

        Assert.Equal("Data Source=code.db", options.GetConnectionString());
        Assert.Null((options with { Database = "other" }).GetConnectionString());
    }

    [Fact]
    public void An_empty_variable_counts_as_none()
    {
        _folder.Write("fixtures.config.json", """{ "databases": { "default": "Data Source=:memory:" } }""");

        Assert.Equal("Data Source=:memory:", Discover("", ("FIXTURES_CONFIG", ""), ("FIXTURES_DATABASE", "")).GetConnectionString());
    }

    [Fact]
    public void An_environments_database_that_is_no_connection_string_is_refused_by_its_variable()
    {
        _folder.Write("fixtures.config.json", "{}");

        FixtureError error = ConfigurationFolder.Refused(() => Discover("", ("FIXTURES_DATABASE", "ci.db")));

        Assert.StartsWith("FIXTURES_DATABASE: 'ci.db' is not a connection string", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_options_does_not_show_a_password()
    {
        _folder.Write("fixtures.config.json", """{ "databases": { "default": "Data Source=:memory:;Password=tell-no-one" } }""");

        string text = Discover("", ("FIXTURES_DATABASE", "Data Source=ci.db;Password=tell-no-one")).ToString();

        Assert.DoesNotContain("tell-no-one", text, StringComparison.Ordinal);
    }

    private FixtureOptions Discover(string start, params (string Name, string Value)[] environment) =>
        FixtureOptions.Discover(_folder.At(start), name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}

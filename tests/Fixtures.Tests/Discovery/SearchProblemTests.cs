using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public sealed class SearchProblemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("a/fixtures/testdata.json", "b/two.json", "b/two.xml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_fixture_names_where_it_looked_and_what_is_near() => AssertProblem(
        "tesdata",
        $"No fixture named 'tesdata' found. Searched '{_folder["a/fixtures"]}', '{_folder["b"]}'. Did you mean 'testdata.json'?");

    [Fact]
    public void A_wrong_extension_is_put_right() => AssertProblem(
        "testdata.xml.gz",
        $"No fixture named 'testdata' found. Searched '{_folder["a/fixtures"]}', '{_folder["b"]}' for 'testdata.xml.gz'. Did you mean 'testdata.json'?");

    [Fact]
    public void An_unknown_extension_is_named_with_the_known_ones() => AssertProblem(
        "release.v2",
        "No fixture named 'release.v2' found. 'v2' is not a known serialization format; known are json, jsonl, yaml, yml, xml. "
            + $"Searched '{_folder["a/fixtures"]}', '{_folder["b"]}'.");

    [Fact]
    public void A_missing_directory_is_told_from_one_that_was_searched() => AssertProblem(
        "fixtures/tesdata",
        $"No fixture named 'tesdata' found. Not there: '{_folder["a/fixtures/fixtures"]}', '{_folder["b/fixtures"]}'.");

    [Fact]
    public void A_near_name_is_given_with_the_labels_directory() => AssertProblem(
        "../fixtures/TestData",
        $"No fixture named 'TestData' found. Searched '{_folder["a/fixtures"]}'. Not there: '{_folder["fixtures"]}'. "
            + "Did you mean '../fixtures/testdata.json'?");

    [Fact]
    public void A_fixture_of_another_database_is_near()
    {
        _folder.Add("b/solo.other.yaml.gz");

        Assert.EndsWith("Did you mean 'solo.other.yaml.gz'?", Problem(Options, "solo"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_fixture_is_not_near()
    {
        _folder.Add("b/notes.txt");

        Assert.DoesNotContain("Did you mean", Problem(Options, "notes"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_current_directory_is_looked_through_for_near_names_too()
    {
        _folder.Add("here/orders.json");

        Assert.EndsWith("Did you mean 'orders.json'?", Problem(Options with { SearchCurrentDirectory = true }, "order"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_that_is_not_configured_is_said_to_be()
    {
        Assert.Contains("App 'c' is not configured; the apps are 'a'.", Problem(Options with { App = "c" }, "x"), StringComparison.Ordinal);
        Assert.Contains("App 'c' is not configured; there are no apps.", Problem(Options with { App = "c", Apps = [] }, "./x"), StringComparison.Ordinal);
        Assert.DoesNotContain("App 'c'", Problem(Options with { App = "c" }, _folder["x"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_directories_ten_are_shown()
    {
        string[] directories = [.. Enumerable.Range(1, 12).Select(i => _folder[$"d{i}"])];
        Array.ForEach(directories, directory => Directory.CreateDirectory(directory));

        string problem = Problem(Options with { Apps = [], FixtureDirectories = directories }, "x");

        Assert.Contains("d10' and 2 more.", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("d11", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_formats_in_one_directory_are_refused() => AssertProblem(
        "two",
        $"Multiple fixtures named 'two' in '{_folder["b"]}': two.json, two.xml. Give the extension, as in 'two.json', or remove all but one.");

    [Fact]
    public void The_advice_names_a_label_that_works()
    {
        // 'x.json' would stand for both, too.
        _folder.Add("b/x.json");
        _folder.Add("b/x.json.gz");

        Assert.EndsWith("Give the extension, as in 'x.json.gz', or remove all but one.", Problem(Options, "x"), StringComparison.Ordinal);
        Assert.EndsWith("Give the extension, as in 'x.json.gz', or remove all but one.", Problem(Options, "x.json"), StringComparison.Ordinal);
        Assert.Single(new FixtureResolver(Options, () => _folder["here"]).Find("x.json.gz"));
    }

    [Fact]
    public void A_plain_fixture_and_one_of_the_alias_are_two()
    {
        _folder.Add("b/multi.json");
        _folder.Add("b/multi.default.json");

        Assert.Contains("multi.default.json, multi.json. Give the extension, as in 'multi.default.json'", Problem(Options, "multi"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_not_passed_over()
    {
        Directory.CreateSymbolicLink(_folder["loop"], _folder["loop"]);

        string problem = Problem(Options with { FixtureDirectories = [_folder["loop"]] }, "testdata");

        Assert.StartsWith($"Directory '{_folder["loop"]}' cannot be searched: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_current_directory_that_was_removed_is_refused()
    {
        var resolver = new FixtureResolver(new FixtureOptions(), () => throw new FileNotFoundException("Unable to find it."));

        Assert.StartsWith("The current directory cannot be told: Unable to find it.", resolver.Explain("x").Problem, StringComparison.Ordinal);
        Assert.Throws<FixtureException>(() => resolver.Find("x"));
    }

    private FixtureOptions Options => new()
    {
        Apps = [new("a", _folder["a"])],
        FixtureDirectories = [_folder["b"]],
        SearchCurrentDirectory = false,
    };

    private void AssertProblem(string label, string expected) => Assert.Equal(expected, Problem(Options, label));

    private string Problem(FixtureOptions options, string label) => new FixtureResolver(options, () => _folder["here"]).Explain(label).Problem!;
}

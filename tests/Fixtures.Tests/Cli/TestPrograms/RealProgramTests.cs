using System.Text.RegularExpressions;

namespace Fixtures.Tests.Cli.TestPrograms;

/// <summary>Programs as people build them.</summary>
public sealed partial class RealProgramTests : IDisposable
{
    private readonly TestProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_recipes_of_xunit_v3_and_nunit_pass_as_the_readme_shows()
    {
        CommandResult result = _folder.Run(TestProgramFolder.Built("Fixtures.Recipes/Xunit"), TestProgramFolder.Built("Fixtures.Recipes/NUnit"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        string[] shown = Assert.Single(Markdown.Blocks(Repository.ReadText("README.md")), block => block.Lines[0].StartsWith("Fixtures.Recipes.", StringComparison.Ordinal)).Lines;
        string[] lines = result.Output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(WithoutTimes(shown[..^1]).Order(), WithoutTimes(lines[..^1]).Order());
        Assert.Equal(WithoutTimes([shown[^1]]), WithoutTimes([lines[^1]]));
    }

    [Fact]
    public void A_test_that_fails_is_shown_with_its_place()
    {
        string output = _folder.Run(TestProgramFolder.Built("Fixtures.FakeTests")).Output.ReplaceLineEndings("\n");

        Assert.Matches(@"^Fixtures\.FakeTests: 2 test\(s\), 1 failure\(s\), 1 skipped, ", output);
        Assert.Matches(@"\nFixtures\.FakeTests: Fixtures\.FakeTests\.SampleTests\.Fails\n  Assert\.Equal\(\) Failure: Values differ\n  Expected: 1\n  Actual:   2\n  \S*SampleTests\.cs\(11\): ", output);
        Assert.EndsWith(", failures: 1, errors: 0\n", output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> WithoutTimes(string[] lines) => lines.Select(line => Time().Replace(line, "0s"));

    [GeneratedRegex(@"\d+\.\d{3}s")]
    private static partial Regex Time();
}

namespace Fixtures.Tests.Testing;

/// <summary>The recipes of the page on test databases: they are code that is compiled and run in tests/Fixtures.Recipes, and short.</summary>
public sealed class RecipeTests
{
    private const int MostLines = 12;

    private static readonly string[][] Blocks = [.. Markdown.Blocks(Repository.ReadText("src", "Fixtures", "Testing", "README.md")).Where(block => block.Language == "csharp").Select(block => block.Lines)];

    [Fact]
    public void Every_recipe_is_code_that_runs()
    {
        string[] sources = [.. Repository.Sources("tests", "Fixtures.Recipes").Select(source => WithoutIndent(source.Text.Split('\n')))];

        Assert.True(Blocks.Length >= 9);
        Assert.All(Blocks, block => Assert.Contains(sources, source => source.Contains(WithoutIndent(block), StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_recipe_is_a_dozen_lines_at_most() =>
        Assert.All(Blocks, block => Assert.InRange(block.Count(line => line.Trim().Length > 0), 1, MostLines));

    private static string WithoutIndent(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));
}

namespace Fixtures.Tests;

/// <summary>A Markdown page, as far as the tests read it.</summary>
internal static class Markdown
{
    private const string Fence = "```";

    /// <summary>The fenced blocks of a page, in order, with their language.</summary>
    public static IEnumerable<(string Language, string[] Lines)> Blocks(string page)
    {
        string? language = null;
        List<string> lines = [];
        foreach (string line in page.Split('\n'))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                lines.Add(line);
            }
            else if (language is null)
            {
                language = line[Fence.Length..].Trim();
                lines.Clear();
            }
            else
            {
                yield return (language, [.. lines]);
                language = null;
            }
        }
    }
}

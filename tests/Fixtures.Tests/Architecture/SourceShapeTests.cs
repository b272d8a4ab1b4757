using System.Text.RegularExpressions;

namespace Fixtures.Tests.Architecture;

/// <summary>How long a file may be, and which names say nothing.</summary>
public sealed partial class SourceShapeTests
{
    private const int MostLines = 350;

    [Fact]
    public void A_file_holds_one_idea() =>
        Offenders.AssertNone(Repository.Sources("src").Where(file => file.LineCount > MostLines).Select(file => $"{file.Path} has {file.LineCount} lines: split it by topic."));

    [Fact]
    public void Names_say_what_a_thing_does()
    {
        Offenders.AssertNone(Repository.Sources("src").Where(file => SaysNothing().IsMatch(Path.GetFileName(file.Path))).Select(file => $"{file.Path}: name it for what it does."));
        Offenders.AssertNone(Repository.Sources("src").SelectMany(file => file.Find(TypeThatSaysNothing())).Select(found => $"{found.Place}: '{found.Match.Value}': name it for what it does."));
    }

    [GeneratedRegex("Helper|Util|Manager")]
    private static partial Regex SaysNothing();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+\w*(?:Helper|Util|Manager)\w*")]
    private static partial Regex TypeThatSaysNothing();
}

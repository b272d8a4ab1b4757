using System.Text.RegularExpressions;

namespace Fixtures.Tests;

/// <summary>A C# file, as text and as code: without comments and the contents of strings, line for line the same.</summary>
/// <param name="path">Relative to the repository, with slashes.</param>
/// <param name="text">Its text.</param>
internal sealed partial class SourceFile(string path, string text)
{
    public string Path => path;

    public string Text => text;

    public string FolderBelow(string root) =>
        path[(root.Length + 1)..] is var rest && rest.Contains('/', StringComparison.Ordinal) ? rest[..rest.IndexOf('/', StringComparison.Ordinal)] : "";

    public int LineCount => text.AsSpan().Count('\n');

    public string Code { get; } = CommentOrString().Replace(text, match => new string('\n', match.Value.AsSpan().Count('\n')));

    /// <summary>Each match in the code, with the place in front: <c>src/Fixtures/X.cs(12): what</c>.</summary>
    public IEnumerable<(Match Match, string Place)> Find(Regex pattern) =>
        pattern.Matches(Code).Select(match => (match, $"{path}({Code.AsSpan(0, match.Index).Count('\n') + 1})"));

    // Code inside an interpolated string is taken for text, too. The compiler sees it; these tests need not.
    [GeneratedRegex("""""
        //[^\n]* | /\*.*?\*/ | ("""+).*?\1 | \$?@\$?"(?:""|[^"])*" | "(?:\\.|[^"\\\n])*" | '(?:\\.[^']*|[^'\\\n])'
        """"", RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrString();
}

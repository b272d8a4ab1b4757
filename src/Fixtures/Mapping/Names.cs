namespace Fixtures.Mapping;

/// <summary>How names of fixtures and names of the schema are compared when they are not the same.</summary>
internal static class Names
{
    /// <summary>A name without case and underscores: <c>pub_date</c> and <c>PubDate</c> become <c>pubdate</c>.</summary>
    public static string Fold(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The same, without a plural s: <c>BlogPosts</c> becomes <c>blogpost</c>. One s: a class is no cla.</summary>
    public static string FoldPlural(string name) => Fold(name) is [.. { Length: > 0 } singular, 's'] ? singular : Fold(name);

    /// <summary>The candidates that are equal to a name after both went through <paramref name="fold"/>.</summary>
    public static List<string> Matching(string name, IEnumerable<string> candidates, Func<string, string> fold)
    {
        string folded = fold(name);
        return [.. candidates.Where(candidate => fold(candidate) == folded)];
    }
}

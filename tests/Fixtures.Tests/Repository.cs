namespace Fixtures.Tests;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    private static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true };

    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] segments) => Path.Combine([Root, .. segments]);

    public static string ReadText(params string[] segments) => File.ReadAllText(PathOf(segments));

    /// <summary>The C# files below a folder, without what a build puts there, in ordinal order.</summary>
    public static IReadOnlyList<SourceFile> Sources(params string[] segments) =>
    [
        .. Directory.EnumerateFiles(PathOf(segments), "*.cs", Recursive)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(segment => segment is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, ReadText(path))),
    ];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fixtures.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Fixtures.sln from '{AppContext.BaseDirectory}' upwards. Run the tests where they were built.");
    }
}

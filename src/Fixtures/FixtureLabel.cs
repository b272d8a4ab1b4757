using System.Runtime.CompilerServices;

namespace Fixtures;

/// <summary>Makes labels.</summary>
public static class FixtureLabel
{
    /// <summary>
    /// Gives the absolute label of a fixture that lies beside the calling source file: <c>FixtureLabel.Beside("orders.json")</c>.
    /// Whether the fixture is there is seen when the label is loaded.
    /// </summary>
    /// <param name="name">A label relative to the source file's folder: <c>orders</c>, <c>orders.json</c>, <c>data/orders</c>.</param>
    /// <param name="sourceFile">The calling source file. The compiler fills it in.</param>
    /// <returns>An absolute label, which is looked for in that one folder only.</returns>
    /// <exception cref="FixtureException">
    /// The folder is not there, because a deterministic build has rewritten the path or the assembly was built elsewhere,
    /// or <paramref name="name"/> is empty or absolute (stage Resolve).
    /// </exception>
    public static string Beside(string name, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sourceFile);
        if (name.Length == 0 || Path.IsPathRooted(name))
            throw Refused($"'{name}' cannot lie beside a source file. Give a name relative to its folder, such as 'orders.json'.");
        string? folder = Path.GetDirectoryName(sourceFile);
        if (Path.IsPathRooted(sourceFile) && Directory.Exists(folder))
            return Path.Combine(folder, name);

        // The .NET SDK maps source roots to '/_/', '/_1/' and so on; a map to nothing leaves a relative path.
        bool rewritten = !Path.IsPathRooted(sourceFile) || sourceFile.StartsWith("/_", StringComparison.Ordinal);
        throw Refused($"'{name}' cannot be found beside '{sourceFile}': " + (rewritten
            ? "a deterministic build has rewritten the source file's path. "
                + "Set <DeterministicSourcePaths>false</DeterministicSourcePaths> in this project, or put the fixture into a fixture directory."
            : $"'{folder}' is not on this machine, so the assembly was built elsewhere. Put the fixture into a fixture directory."));
    }

    private static FixtureException Refused(string message) => new(FixtureStage.Resolve, new FixtureError(message));
}

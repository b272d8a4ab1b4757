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
        // A path map gives '/_/' (the .NET SDK's) or, if it maps to nothing, a relative path.
        if (!Path.IsPathRooted(sourceFile) || sourceFile.StartsWith("/_", StringComparison.Ordinal))
        {
            throw Refused($"'{name}' cannot be found beside '{sourceFile}': a deterministic build has rewritten the source file's path. "
                + "Set <DeterministicSourcePaths>false</DeterministicSourcePaths> in this project, or put the fixture into a fixture directory.");
        }
        string folder = Path.GetDirectoryName(sourceFile) ?? sourceFile;
        if (!Directory.Exists(folder))
        {
            throw Refused($"'{name}' cannot be found beside '{sourceFile}': '{folder}' is not on this machine, so the assembly was built elsewhere. "
                + "Put the fixture into a fixture directory that is deployed with the assembly.");
        }
        return Path.Combine(folder, name);
    }

    private static FixtureException Refused(string message) => new(FixtureStage.Resolve, new FixtureError(message));
}

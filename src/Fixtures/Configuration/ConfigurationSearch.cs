namespace Fixtures.Configuration;

/// <summary>Finds the configuration and lets the environment speak.</summary>
internal static class ConfigurationSearch
{
    private const string ConfigVariable = "FIXTURES_CONFIG";
    private const string DatabaseVariable = "FIXTURES_DATABASE";

    /// <summary>The full path of a configuration that is given as a file or as the folder that holds it.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <param name="source">Who gave it, as the message names it.</param>
    public static string Locate(string path, string source = "The path of the configuration")
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string file = Directory.Exists(full) ? Path.Combine(full, ConfigurationFile.Name) : full;
        return File.Exists(file) ? file : throw Refuse($"{source} is '{path}', but there is no file '{file}'. Create it, or name another file or folder.");
    }

    /// <summary>The options of the file that the environment names, else of the first one from a folder upwards, with the environment's database.</summary>
    /// <param name="startDirectory">The folder.</param>
    /// <param name="environment">Gives the value of an environment variable, or null. An empty value counts as none.</param>
    public static FixtureOptions Discover(string startDirectory, Func<string, string?> environment)
    {
        string? config = environment(ConfigVariable);
        FixtureOptions options = ConfigurationFile.Read(string.IsNullOrEmpty(config) ? FindUpwards(startDirectory) : Locate(config, ConfigVariable));

        string? database = environment(DatabaseVariable);
        if (string.IsNullOrEmpty(database))
            return options;
        if (!ConnectionStrings.TryRead(database, out _, out string? problem))
            throw Refuse($"{DatabaseVariable}: {problem}");
        return options with { EnvironmentConnectionString = database };
    }

    private static string FindUpwards(string startDirectory)
    {
        string start = Path.GetFullPath(startDirectory);
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, ConfigurationFile.Name);
            if (File.Exists(file))
                return file;
        }

        throw Refuse($"No '{ConfigurationFile.Name}' was found in '{start}' or above it. Create one there, name it in {ConfigVariable}, or pass FixtureOptions to the loader.");
    }

    private static FixtureException Refuse(string message) => new(FixtureStage.Config, new FixtureError(message));
}

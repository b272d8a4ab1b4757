using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Fixtures.Cli;

/// <summary>The configuration and the database that the command line, the environment and the configuration file give together.</summary>
internal static class Project
{
    private const string ConfigFile = "fixtures.config.json";
    /// <summary>The environment variable that names the configuration.</summary>
    public const string ConfigVariable = "FIXTURES_CONFIG";
    private const string DatabaseVariable = "FIXTURES_DATABASE";

    private const string FileWord = "Data Source";

    // One of these before an equals sign makes a connection string of a value; anything else is a file.
    private static readonly string[] ConnectionWords = [FileWord, "DataSource", "Filename"];

    /// <summary>The options, with the app and the database of the command line.</summary>
    /// <exception cref="FixtureException">There is no configuration, it is refused, or the database's alias is not known (stage Config).</exception>
    public static FixtureOptions Read(CommonValues common)
    {
        FixtureOptions options = ReadConfiguration(common) with { App = common.App };
        if (common.Database is not { } alias)
            return options;
        if (common.Connection is null && !options.Databases.ContainsKey(alias))
            throw Refused($"There is no database '{alias}' in the configuration.{ErrorText.DidYouMean(alias, options.Databases.Keys)} {Known(options)}");
        return options with { Database = alias };
    }

    /// <summary>The database in use.</summary>
    /// <exception cref="FixtureException">There is none, or its connection string cannot be read (stage Config).</exception>
    public static DatabasePlace ReadDatabase(CommonValues common, FixtureOptions options)
    {
        if (common.Connection is { } given)
            return IsConnectionString(given) ? Read("--connection", given) : DatabasePlace.Of(given);
        if (Variable(DatabaseVariable) is { } fromEnvironment)
            return Read(DatabaseVariable, fromEnvironment);
        return options.Databases.TryGetValue(options.Database, out string? configured)
            ? Read($"databases.{options.Database}", configured)
            : throw Refused($"There is no database '{options.Database}' in the configuration. {Known(options)}");
    }

    private static FixtureOptions ReadConfiguration(CommonValues common)
    {
        if (common.Config is { } given)
            return FixtureOptions.FromFile(given);

        string here = CurrentDirectory();
        if (Variable(ConfigVariable) is not null || IsAtOrAbove(here))
            return FixtureOptions.Discover(here);
        return common.Connection is not null
            ? new FixtureOptions()
            : throw Refused($"No '{ConfigFile}' was found in '{here}' or above it. Create one, name it with --config or {ConfigVariable}, or name a database with --connection.");
    }

    private static string CurrentDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException exception)
        {
            throw new FixtureException(FixtureStage.Config, new FixtureError("The current directory is not there any more. Change into one that is."), exception);
        }
    }

    private static bool IsAtOrAbove(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, ConfigFile)))
                return true;
        }
        return false;
    }

    private static bool IsConnectionString(string value) => ConnectionWords.Any(word => IsBeforeEqualsSign(word, value));

    private static bool IsBeforeEqualsSign(string word, string value)
    {
        int at = value.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && value.AsSpan(at + word.Length).TrimStart().StartsWith('=');
    }

    private static DatabasePlace Read(string source, string text) =>
        FileAlone(text) is { } file ? DatabasePlace.Of(file) : DatabasePlace.Of(Parse(source, text));

    // Most name a file and nothing else. The grammar of the others is that of ADO.NET.
    private static string? FileAlone(string text)
    {
        if (!text.StartsWith(FileWord, StringComparison.OrdinalIgnoreCase))
            return null;
        ReadOnlySpan<char> behind = text.AsSpan(FileWord.Length).TrimStart();
        if (!behind.StartsWith('='))
            return null;
        ReadOnlySpan<char> file = behind[1..].Trim();
        return file.IsEmpty || file.ContainsAny(";=\"'") ? null : file.ToString();
    }

    // By itself, so that its callers do not load what a connection string needs (benchmarks: start_up).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteConnectionStringBuilder Parse(string source, string text)
    {
        try
        {
            return new SqliteConnectionStringBuilder(text) { Pooling = false };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new FixtureException(
                FixtureStage.Config,
                new FixtureError($"{source}: '{text}' is not a connection string: {exception.Message.ReplaceLineEndings(" ")} Write one such as 'Data Source=app.db'."),
                exception);
        }
    }

    private static string Known(FixtureOptions options) => options.Databases.Count == 0
        ? "It has none: add \"databases\": { \"default\": \"Data Source=app.db\" }, or name a database with --connection."
        : $"Known are {string.Join(", ", options.Databases.Keys.Order(StringComparer.Ordinal).Select(alias => $"'{alias}'"))}. Name one with --database, or a file with --connection.";

    // An empty variable counts as not set, as in the library.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static FixtureException Refused(string message) => new(FixtureStage.Config, new FixtureError(message));
}

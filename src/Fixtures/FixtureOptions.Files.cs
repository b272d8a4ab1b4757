using Fixtures.Configuration;

namespace Fixtures;

public sealed partial record FixtureOptions
{
    /// <summary>What <c>FIXTURES_DATABASE</c> held when the options were discovered; gone once code sets <see cref="Databases"/>.</summary>
    internal string? EnvironmentConnectionString { get; init; }

    /// <summary>Reads options from a configuration file. The environment is not asked.</summary>
    /// <param name="path">The file, or the folder that holds <c>fixtures.config.json</c>.</param>
    /// <remarks>
    /// The file is JSON; comments and trailing commas are allowed, every key may be left out, and relative paths count from the file's folder:
    /// <code>
    /// {
    ///   "databases": { "default": "Data Source=app.db" },            // connection strings by alias
    ///   "schema": ["schema.sql", "*/schema.sql"],                    // scripts that make a new database
    ///   "apps": ["blog", { "label": "shop", "path": "src/Shop" }],   // a glob such as "src/*" takes the folders' names as labels
    ///   "fixtureDirs": ["common"],
    ///   "missingText": "error",                                      // or "empty"
    ///   "models": {
    ///     "blog.post": {                                             // ignoring case; see ModelOptions
    ///       "table": "posts",
    ///       "columns": { "author": "writer_id" },
    ///       "naturalKey": ["slug"],
    ///       "joinTables": { "tags": { "table": "post_tags", "from": "post_id", "to": "tag_id", "symmetrical": false } },
    ///       "references": { "owner": { "table": "users", "column": "id" } },
    ///       "ignoredFields": ["legacy"],
    ///       "types": { "price": "decimal(10,2)" },
    ///       "defaults": { "status": "draft", "created": "$now", "token": "$uuid", "data": { "$base64": "AA==" } }
    ///     }
    ///   }
    /// }
    /// </code>
    /// Globs (<c>*</c> and <c>?</c>, in any segment) stay as they are: a loader expands them when it is first used.
    /// </remarks>
    /// <exception cref="FixtureException">
    /// The file is missing or is not JSON, or a key or value in it is not known, is of the wrong kind or stands twice
    /// (<see cref="FixtureStage.Config"/>, with file, line and column).
    /// </exception>
    public static FixtureOptions FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ConfigurationFile.Read(ConfigurationSearch.Locate(path));
    }

    /// <summary>
    /// Reads options from the file or folder that the environment variable <c>FIXTURES_CONFIG</c> names, else from the first
    /// <c>fixtures.config.json</c> from a folder upwards. <c>FIXTURES_DATABASE</c> is then the connection string of the alias in use
    /// (<see cref="GetConnectionString"/>). Relative paths in these variables count from the current directory; empty ones count as not set.
    /// </summary>
    /// <param name="startDirectory">The folder; null: the one that the program runs from (<see cref="AppContext.BaseDirectory"/>).</param>
    /// <exception cref="FixtureException">No file is found, <c>FIXTURES_CONFIG</c> names none, or the file is refused (<see cref="FixtureStage.Config"/>; see <see cref="FromFile"/>).</exception>
    public static FixtureOptions Discover(string? startDirectory = null) =>
        Discover(startDirectory ?? AppContext.BaseDirectory, Environment.GetEnvironmentVariable);

    /// <summary>
    /// The connection string of the alias in use (<see cref="Database"/>): the environment's, unless code has set <see cref="Databases"/>
    /// since the options were discovered; else the one of <see cref="Databases"/>; null if there is none.
    /// A method, because a record's text shows its properties, and a connection string may hold a password.
    /// </summary>
    public string? GetConnectionString() => EnvironmentConnectionString ?? Databases.GetValueOrDefault(Database);

    /// <summary>Discovers with an environment of the caller's.</summary>
    internal static FixtureOptions Discover(string startDirectory, Func<string, string?> environment) =>
        ConfigurationSearch.Discover(startDirectory, environment);
}

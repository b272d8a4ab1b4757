using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Fixtures;

/// <summary>
/// What a loader needs to know. Immutable: derive another one with <c>with</c>.
/// Usually read from <c>fixtures.config.json</c> by <c>Discover</c>.
/// </summary>
public sealed partial record FixtureOptions
{
    internal const long DefaultMaxUnpackedBytes = 2L << 30;

    // Null unless set: a load without code and connection does not load what SqliteConnection needs.
    private readonly IReadOnlyDictionary<string, Action<SqliteConnection>>? _code;

    /// <summary>The apps, in the order in which their <c>fixtures/</c> folders are searched. A path may be a glob: <c>src/*</c>.</summary>
    public IReadOnlyList<FixtureApp> Apps { get; init; } = [];

    /// <summary>Directories that are searched after the apps'. One that is missing is passed over.</summary>
    public IReadOnlyList<string> FixtureDirectories { get; init; } = [];

    /// <summary>Whether the current directory is searched, last.</summary>
    public bool SearchCurrentDirectory { get; init; } = true;

    /// <summary>Leaves only this app among <see cref="Apps"/>. Null: all of them.</summary>
    public string? App { get; init; }

    /// <summary>Connection strings by alias. Setting them in code beats the environment's <c>FIXTURES_DATABASE</c>; see <see cref="GetConnectionString"/>.</summary>
    public IReadOnlyDictionary<string, string> Databases
    {
        get;
        init
        {
            field = value;
            EnvironmentConnectionString = null;
        }
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The alias of the database in use. Fixtures named <c>name.ALIAS.json</c> are loaded into that database only.</summary>
    public string Database { get; init; } = "default";

    /// <summary>SQL scripts that make the schema of a new database, run in order, in autocommit. Globs such as <c>*/schema.sql</c> are allowed and give
    /// the files in ordinal order (the order of <see cref="Apps"/> does not matter); a script that is also listed by itself runs where it is listed, once.</summary>
    public IReadOnlyList<string> SchemaScripts { get; init; } = [];

    /// <summary>Code that makes the schema of a new database, run after <see cref="SchemaScripts"/>.</summary>
    public Action<SqliteConnection>? CreateSchema { get; init; }

    /// <summary>What the schema cannot tell, by model name (<c>blog.post</c>, ignoring case).</summary>
    public IReadOnlyDictionary<string, ModelOptions> Models { get; init; } = ReadOnlyDictionary<string, ModelOptions>.Empty;

    /// <summary>What a NOT NULL text column becomes that a record does not give.</summary>
    public MissingText MissingText { get; init; }

    /// <summary>Test data in code, by label. It runs after the files of that label, inside the load's transaction, and must not open one of its own.</summary>
    public IReadOnlyDictionary<string, Action<SqliteConnection>> Code
    {
        get => _code ?? ReadOnlyDictionary<string, Action<SqliteConnection>>.Empty;
        init => _code = value;
    }

    /// <summary>Apps (<c>blog</c>) and models (<c>blog.post</c>) whose records are checked but not saved.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether records of unknown models and unknown fields are passed over.</summary>
    public bool IgnoreNonexistent { get; init; }

    /// <summary>What the label <c>-</c> reads. Read once, never closed.</summary>
    public Stream? Input { get; init; }

    /// <summary>The format of <see cref="Input"/>, one of <see cref="FixtureFile.Formats"/>.</summary>
    public string? InputFormat { get; init; }

    /// <summary>How many bytes a compressed fixture may unpack to. 2 GiB unless set.</summary>
    public long MaxUnpackedBytes { get; init; } = DefaultMaxUnpackedBytes;

    /// <summary>Told how far a load is, on the loading thread.</summary>
    public IProgress<LoadProgress>? Progress { get; init; }

    /// <summary>The code of a label; null if it names none.</summary>
    internal Action<SqliteConnection>? FindCode(string label) => _code is null ? null : FindCode(_code, label);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Action<SqliteConnection>? FindCode(IReadOnlyDictionary<string, Action<SqliteConnection>> code, string label) => code.GetValueOrDefault(label);
}

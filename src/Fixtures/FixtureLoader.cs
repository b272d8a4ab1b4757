using Fixtures.Configuration;
using Fixtures.Discovery;
using Fixtures.Mapping;
using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures;

/// <summary>
/// Loads fixtures, found by label, into SQLite. Thread-safe; a connection belongs to one thread at a time.
/// What was found of labels and schemas is kept, and looked at again when directories or schemas change.
/// </summary>
public sealed partial class FixtureLoader
{
    private readonly SchemaCache _schemas;
    private volatile Expansion? _expansion;

    /// <summary>Creates a loader.</summary>
    /// <param name="options">The options; null: <see cref="FixtureOptions.Discover(string)"/>.</param>
    /// <exception cref="FixtureException">No configuration was found, or it is not valid (stage Config).</exception>
    public FixtureLoader(FixtureOptions? options = null)
    {
        Options = options ?? FixtureOptions.Discover();
        _schemas = new SchemaCache(Options);
    }

    /// <summary>What the loader was made with.</summary>
    public FixtureOptions Options { get; }

    private Expansion Current => _expansion ??= new Expansion(Options);

    /// <summary>Loads fixtures into an open connection: all of them or, on an error, none. Joins the connection's transaction if one is active.</summary>
    /// <param name="connection">Stays open.</param>
    /// <param name="labels">The labels, loaded in order.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="FixtureException">Something is wrong; the database is as it was.</exception>
    public LoadReport LoadInto(SqliteConnection connection, params string[] labels) => LoadInto(connection, labels, CancellationToken.None);

    /// <inheritdoc cref="LoadInto(SqliteConnection, string[])"/>
    /// <param name="connection">Stays open.</param>
    /// <param name="labels">The labels, loaded in order.</param>
    /// <param name="cancellationToken">Looked at between records; a load that is cancelled throws with stage Cancelled and leaves the database as it was.</param>
    public LoadReport LoadInto(SqliteConnection connection, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(labels);
        return new LoadRun(this, LoadTarget.Of(connection), cancellationToken).Load(labels);
    }

    /// <summary>Loads fixtures into a database that was opened through SQLitePCLRaw, such as <c>SQLiteConnection.Handle</c> of sqlite-net: all of them or, on an error, none. Joins its transaction if one is active.</summary>
    /// <param name="database">Stays open. How long it waits for locks is as it is set: <c>raw.sqlite3_busy_timeout</c>.</param>
    /// <param name="labels">The labels, loaded in order. None of them may name code (<see cref="FixtureOptions.Code"/>), which needs a <see cref="SqliteConnection"/>.</param>
    /// <param name="cancellationToken">Looked at between records; a load that is cancelled throws with stage Cancelled and leaves the database as it was.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="FixtureException">Something is wrong; the database is as it was.</exception>
    /// <remarks>All that <see cref="LoadInto(SqliteConnection, IReadOnlyList{string}, CancellationToken)"/> does but for code, without the start-up of Microsoft.Data.Sqlite.</remarks>
    public LoadReport LoadInto(sqlite3 database, IReadOnlyList<string> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(labels);
        return new LoadRun(this, LoadTarget.Of(database), cancellationToken).Load(labels);
    }

    /// <summary>The files that a label stands for, in the order in which they are loaded; empty for a label that names code alone.</summary>
    /// <exception cref="FixtureException">There is no such fixture, or it is not clear which one is meant (stage Resolve).</exception>
    public IReadOnlyList<FixtureFile> Find(string label) => Current.Resolver.Find(label);

    /// <summary>Where a label is looked for and what is found there. A label that cannot be loaded is reported, not thrown.</summary>
    public SearchReport Explain(string label) => Current.Resolver.Explain(label);

    /// <summary>Makes the schema of a new database: runs the configured scripts in order, in autocommit, and then <see cref="FixtureOptions.CreateSchema"/>.</summary>
    /// <param name="connection">Open, without transaction. Stays open.</param>
    /// <exception cref="FixtureException">A script or the code fails (stage Config); what came before it is kept.</exception>
    public void ApplySchema(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        SchemaScripts.Run(connection, Current.SchemaScripts, Options.CreateSchema);
    }

    /// <summary>Forgets what was found of labels, and expands the globs of apps and schema scripts again.</summary>
    public void Refresh() => _expansion = null;

    /// <summary>What the options' globs stand for, and what was found with them.</summary>
    private sealed class Expansion
    {
        private readonly FixtureOptions _options;
        private IReadOnlyList<string>? _schemaScripts;

        public Expansion(FixtureOptions options)
        {
            _options = options;
            Apps = PathExpansion.ExpandApps(options);
            Resolver = new FixtureResolver(options with { Apps = Apps });
        }

        public IReadOnlyList<FixtureApp> Apps { get; }

        public IReadOnlyList<string> SchemaScripts => _schemaScripts ??= PathExpansion.ExpandScripts(_options);

        public FixtureResolver Resolver { get; }
    }
}

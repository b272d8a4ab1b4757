using Fixtures.Configuration;
using Fixtures.Discovery;
using Fixtures.Mapping;
using Microsoft.Data.Sqlite;

namespace Fixtures;

/// <summary>
/// Loads fixtures, found by label, into SQLite. Thread-safe; a connection belongs to one thread at a time.
/// What was found of labels and schemas is kept, and looked at again when directories or schemas change.
/// </summary>
public sealed partial class FixtureLoader
{
    private readonly SchemaCache _schemas;

    /// <summary>Creates a loader.</summary>
    /// <param name="options">The options; null: <see cref="FixtureOptions.Discover"/>.</param>
    /// <exception cref="FixtureException">No configuration was found, or it is not valid (stage Config).</exception>
    public FixtureLoader(FixtureOptions? options = null)
    {
        Options = options ?? FixtureOptions.Discover();
        _schemas = new SchemaCache(Options);
    }

    /// <summary>What the loader was made with.</summary>
    public FixtureOptions Options { get; }

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
        return new LoadRun(this, connection, cancellationToken).Load(labels);
    }
}

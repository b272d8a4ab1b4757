using Fixtures.Configuration;
using Fixtures.Discovery;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private readonly SnapshotCache _snapshots = new();

    /// <summary>Makes a database of your own in memory with <see cref="Default"/>: the schema, and these fixtures in it. See <see cref="CreateDatabase(string[])"/>.</summary>
    /// <param name="labels">The labels, loaded in order. None: the schema alone.</param>
    /// <returns>The database; dispose it.</returns>
    /// <exception cref="FixtureException">Something is wrong; there is no database then, and the next call tries again.</exception>
    public static TestDatabase Load(params string[] labels) => Default.CreateDatabase(labels);

    /// <summary>
    /// Makes a database of your own in memory: the schema, and these fixtures in it. The first call loads them and keeps a snapshot; every later one copies it,
    /// as long as no script and no fixture has been edited, added or removed. Thread-safe: calls that come while a snapshot is built wait for it.
    /// </summary>
    /// <param name="labels">The labels, loaded in order. None: the schema alone.</param>
    /// <returns>The database; dispose it.</returns>
    /// <exception cref="FixtureException">Something is wrong; there is no database then, and the next call tries again.</exception>
    /// <remarks>
    /// <c>$now</c> and <c>$uuid</c>, and what code gives, are those of the first call. With <c>FIXTURES_KEEP=1</c> in the environment the database is a file that is
    /// kept, in the folder <c>fixtures-kept</c> of the temporary files; any other value names a folder. <see cref="TestDatabase.Path"/> and a warning of the report name the file.
    /// </remarks>
    public TestDatabase CreateDatabase(params string[] labels) => CreateDatabase(TestDatabaseOptions.InMemory, labels);

    /// <inheritdoc cref="CreateDatabase(string[])"/>
    /// <param name="options">Where the database is. Their path beats that of <c>FIXTURES_KEEP</c>.</param>
    /// <param name="labels">The labels, loaded in order. None: the schema alone.</param>
    /// <param name="cancellationToken">Looked at while a snapshot is built or waited for; throws with stage Cancelled.</param>
    public TestDatabase CreateDatabase(TestDatabaseOptions options, IReadOnlyList<string> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(labels);
        (LoadedSnapshot loaded, SnapshotUse use) = GetSnapshot(labels, cancellationToken);
        TestDatabaseOptions place = KeptDatabases.Place(options, labels, Environment.GetEnvironmentVariable);
        ClonedDatabase database = loaded.Snapshot.Open(place);
        LoadReport report = place.Keep ? loaded.Report with { Warnings = [.. loaded.Report.Warnings, $"The database is kept as '{database.Path}'."] } : loaded.Report;
        return new TestDatabase(database, report, use);
    }

    /// <summary>The snapshot that test databases with these labels are cloned from.</summary>
    internal (LoadedSnapshot Loaded, SnapshotUse Use) GetSnapshot(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        _snapshots.Get(labels, () => SourcesOf(labels), () => BuildSnapshot(labels, cancellationToken), cancellationToken);

    private List<string> SourcesOf(IReadOnlyList<string> labels)
    {
        Expansion current = Current;
        List<string> sources = [.. current.SchemaScripts];
        DirectoryLook look = DirectoryLook.For(labels.Count);
        foreach (string label in labels)
        {
            if (label == StandardInput)
                continue;
            foreach (FixtureFile file in current.Resolver.Find(label, ref look))
                sources.Add(file.Path);
        }
        return sources;
    }

    private LoadedSnapshot BuildSnapshot(IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        if (Current.SchemaScripts.Count == 0 && Options.CreateSchema is null)
            throw new FixtureException(FixtureStage.Config, new FixtureError($"A test database needs a schema, and none is configured. Name its scripts in 'schema' of {ConfigurationFile.Name}, or set FixtureOptions.SchemaScripts or CreateSchema."));

        MemoryStatistics.SwitchOff();
        // Under a name, because a schema's code may want to open connections of its own.
        using var connection = new SqliteConnection(MemoryDatabase.ConnectionString($"fixtures-build-{Guid.NewGuid():N}", enforcesForeignKeys: false));
        connection.Open();
        ApplySchema(connection);
        LoadReport report = labels.Count == 0 ? new LoadReport() : LoadInto(connection, labels, cancellationToken);
        return new LoadedSnapshot(Fixtures.Testing.Snapshot.Take(connection), report);
    }
}

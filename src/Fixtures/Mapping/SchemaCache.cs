using System.Runtime.CompilerServices;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Keeps what was read of a schema for as long as the database is open and its schema version the same.</summary>
internal sealed class SchemaCache(FixtureOptions options)
{
    private readonly ConditionalWeakTable<sqlite3, Entry> _entries = [];

    /// <param name="database">Open.</param>
    /// <param name="isCommitted">
    /// Whether the schema cannot be rolled back. Where it can, the version may come again with another schema (BEGIN, CREATE, ROLLBACK, CREATE),
    /// so the schema's text is compared too.
    /// </param>
    public SchemaMap Get(sqlite3 database, bool isCommitted)
    {
        long version = Schema.VersionOf(database);
        if (_entries.TryGetValue(database, out Entry? entry) && entry.Version == version
            && (entry.UncommittedText is null || entry.UncommittedText == Schema.TextOf(database)))
        {
            return entry.Map;
        }

        entry = new Entry(version, isCommitted ? null : Schema.TextOf(database), new SchemaMap(new Schema(database), options));
        _entries.AddOrUpdate(database, entry);
        return entry.Map;
    }

    private sealed record Entry(long Version, string? UncommittedText, SchemaMap Map);
}

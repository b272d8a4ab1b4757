using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Keeps what was read of a schema for as long as the connection is open and its schema version the same.</summary>
internal sealed class SchemaCache(FixtureOptions options)
{
    private readonly ConditionalWeakTable<SqliteConnection, Entry> _entries = [];

    /// <param name="connection">Open.</param>
    /// <param name="isCommitted">
    /// Whether the schema cannot be rolled back. Where it can, the version may come again with another schema (BEGIN, CREATE, ROLLBACK, CREATE),
    /// so the schema's text is compared too.
    /// </param>
    public SchemaMap Get(SqliteConnection connection, bool isCommitted)
    {
        sqlite3 database = connection.Handle!;
        long version = Schema.VersionOf(database);
        if (_entries.TryGetValue(connection, out Entry? entry) && entry.Database == database && entry.Version == version
            && (entry.UncommittedText is null || entry.UncommittedText == Schema.TextOf(database)))
        {
            return entry.Map;
        }

        entry = new Entry(database, version, isCommitted ? null : Schema.TextOf(database), new SchemaMap(new Schema(database), options));
        _entries.AddOrUpdate(connection, entry);
        return entry.Map;
    }

    private sealed record Entry(sqlite3 Database, long Version, string? UncommittedText, SchemaMap Map);
}

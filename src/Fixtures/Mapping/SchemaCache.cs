using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Keeps what was read of a schema for as long as the connection is open and its schema version the same.</summary>
internal sealed class SchemaCache(FixtureOptions options)
{
    private readonly ConditionalWeakTable<SqliteConnection, Entry> _entries = [];

    public SchemaMap Get(SqliteConnection connection)
    {
        sqlite3 database = connection.Handle!;
        long version = Schema.VersionOf(database);
        if (_entries.TryGetValue(connection, out Entry? entry) && entry.Database == database && entry.Version == version)
            return entry.Map;

        entry = new Entry(database, version, new SchemaMap(new Schema(database), options));
        _entries.AddOrUpdate(connection, entry);
        return entry.Map;
    }

    private sealed record Entry(sqlite3 Database, long Version, SchemaMap Map);
}

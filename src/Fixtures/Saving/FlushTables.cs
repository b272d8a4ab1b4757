using System.Text.RegularExpressions;
using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>A full-text index of rows that are elsewhere or nowhere, and the command that empties it.</summary>
internal sealed record FullTextIndex(string Name, string EmptyCommand);

/// <summary>What a flush empties: the tables of the database's own schema that hold rows, and the full-text indexes of such rows.</summary>
internal sealed partial class FlushTables
{
    // What their tools would do over again, or refuse to do, if it were gone.
    private static readonly HashSet<string> Histories = new(StringComparer.OrdinalIgnoreCase)
    {
        "django_migrations",
        "__EFMigrationsHistory",
        "__EFMigrationsLock",
        "SchemaVersions",
        "VersionInfo",
    };

    private readonly sqlite3 _database;

    private FlushTables(sqlite3 database, List<string> names, List<string> kept, List<FullTextIndex> indexes)
    {
        _database = database;
        Names = names;
        Kept = kept;
        Indexes = indexes;
    }

    /// <summary>The tables to empty, by name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The tables that keep their rows.</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>The indexes to empty when the tables are.</summary>
    public IReadOnlyList<FullTextIndex> Indexes { get; }

    /// <exception cref="FixtureException">The module of a virtual table is not there (stage Database).</exception>
    public static FlushTables Read(sqlite3 database)
    {
        List<string> names = [];
        List<string> kept = [];
        List<FullTextIndex> indexes = [];
        using var statement = new Statement(
            database,
            """
            SELECT list.name, list.type, made.sql FROM pragma_table_list AS list JOIN main.sqlite_schema AS made ON made.name = list.name AND made.type = 'table'
            WHERE list.schema = 'main' AND list.type IN ('table', 'virtual') AND list.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY list.name
            """);
        while (statement.Step())
        {
            string name = statement.Text(0)!;
            string sql = statement.Text(2) ?? "";
            bool isVirtual = statement.Text(1) == "virtual";
            if (Histories.Contains(name))
                kept.Add(name);
            else if (isVirtual && IndexElsewhere().Match(sql) is { Success: true } index)
                indexes.Add(new FullTextIndex(name, index.Groups["version"].Value == "5" ? "delete-all" : "rebuild"));
            else if (!isVirtual || CanBeWritten(database, name))
                names.Add(name);
        }
        return new FlushTables(database, names, kept, indexes);
    }

    public List<TableRows> CountRows()
    {
        List<TableRows> rows = [];
        foreach (string name in Names)
        {
            using var statement = new Statement(_database, $"SELECT count(*) FROM {Table.Qualify(name)}");
            statement.Step();
            rows.Add(new TableRows(name, statement.Integer(0)));
        }
        return rows;
    }

    public List<string> FindNotEmpty()
    {
        List<string> found = [];
        foreach (string name in Names)
        {
            using var statement = new Statement(_database, $"SELECT 1 FROM {Table.Qualify(name)} LIMIT 1");
            if (statement.Step())
                found.Add(name);
        }
        return found;
    }

    // One that cannot, such as fts5vocab and dbstat, shows what is elsewhere.
    private static bool CanBeWritten(sqlite3 database, string name)
    {
        try
        {
            using var statement = new Statement(database, $"DELETE FROM {Table.Qualify(name)}");
            return true;
        }
        catch (SqliteException exception) when (exception.Message.Contains("may not be modified", StringComparison.Ordinal))
        {
            return false;
        }
        catch (SqliteException exception)
        {
            throw new FixtureException(FixtureStage.Database, new FixtureError($"The virtual table '{name}' cannot be emptied: {SqliteErrors.Words(exception)}. Load the extension that it belongs to, or drop it."), exception);
        }
    }

    // Contentless and external content: https://www.sqlite.org/fts5.html#external_content_and_contentless_tables, https://www.sqlite.org/fts3.html#_external_content_fts4_tables_.
    [GeneratedRegex("""\busing\s+\W?fts(?<version>[45])\b.*?\bcontent\s*=""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex IndexElsewhere();
}

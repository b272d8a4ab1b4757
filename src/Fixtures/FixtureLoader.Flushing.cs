using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private const string InitialData = "initial_data";

    /// <summary>
    /// Empties all tables of an open connection's database and then loads the label <c>initial_data</c>, where it is found: all of it or, on an error, nothing.
    /// Joins the connection's transaction if one is active.
    /// </summary>
    /// <param name="connection">Stays open.</param>
    /// <returns>What was loaded of <c>initial_data</c>, and how many rows there were before.</returns>
    /// <exception cref="FixtureException">Something is wrong; the database is as it was.</exception>
    /// <remarks>
    /// <para>
    /// Afterwards ids start at 1 again. Not touched are views, SQLite's own tables, attached databases, temporary tables, virtual tables that cannot be written, and the
    /// tables in which migrations keep their history: <c>django_migrations</c>, <c>__EFMigrationsHistory</c>, <c>__EFMigrationsLock</c>, <c>SchemaVersions</c> (DbUp) and
    /// <c>VersionInfo</c> (FluentMigrator).
    /// </para>
    /// <para>
    /// The schema's triggers do not run while the tables are emptied: no audit table fills up, and one that forbids deleting does not stop it. They run for
    /// <c>initial_data</c>. Foreign keys do not depend on the order in which the tables are emptied, and are checked at the end.
    /// </para>
    /// <para>
    /// That there is no <c>initial_data</c> is found out once; from then on a flush does not ask the file system, until <see cref="Refresh"/>, a look for this label by
    /// name, or another current directory.
    /// </para>
    /// </remarks>
    public LoadReport Flush(SqliteConnection connection) => Flush(connection, loadInitialData: true, CancellationToken.None);

    /// <inheritdoc cref="Flush(SqliteConnection)"/>
    /// <param name="connection">Stays open.</param>
    /// <param name="loadInitialData">Whether <c>initial_data</c> is loaded.</param>
    /// <param name="cancellationToken">Looked at between tables and between records; a flush that is cancelled throws with stage Cancelled and leaves the database as it was.</param>
    public LoadReport Flush(SqliteConnection connection, bool loadInitialData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new LoadRun(this, LoadTarget.Of(connection), cancellationToken).Flush(loadInitialData);
    }

    /// <summary>Counts the rows that <see cref="Flush(SqliteConnection)"/> would delete.</summary>
    /// <param name="connection">Open; nothing is written.</param>
    /// <returns>Each table that would be emptied, by name. Full-text indexes of other tables' rows are none.</returns>
    /// <exception cref="FixtureException">The database cannot be read, or holds a table that cannot be emptied.</exception>
    public static IReadOnlyList<TableRows> CountRows(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection is not open. Call Open() before counting its rows.");
        try
        {
            return FlushTables.Read(database).CountRows();
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.At(exception, new FixtureError(""), "The rows cannot be counted");
        }
    }

    private sealed partial class LoadRun
    {
        public LoadReport Flush(bool loadInitialData) =>
            Run(loadInitialData ? [.. Steps(InitialData, loader.Current.Resolver.FindIfAny(InitialData))] : [], isFlush: true);
    }
}

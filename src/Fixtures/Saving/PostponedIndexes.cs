using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// Drops the secondary indexes of a table that many rows in a row are written to, and creates them again after the last of these: sorting all keys at once is several times
/// as fast as finding the place of each (benchmarks: indexes). At most one table is without its indexes, and meanwhile nothing is written but its own rows and those of its
/// join tables. Afterwards they have the text that they had, and stand behind the others in sqlite_schema.
/// </summary>
/// <param name="database">The connection, in a transaction: whatever fails is rolled back, and the schema with it.</param>
/// <param name="throwIfCancelled">Called before each index is created.</param>
internal sealed class PostponedIndexes(sqlite3 database, Action throwIfCancelled)
{
    // Loads up to some thousand rows gain nothing, and pay for nothing: not for one more statement.
    private const int RowsBeforeDrop = 2000;

    // Those that are there by then are sorted in vain: 10 to 19 % were lost where the load ended soon, nothing was lost where twice as many follow.
    private const int LeastTimesToCome = 2;

    private const long Never = long.MaxValue;

    private readonly HashSet<Table> _lookedUp = [];
    private readonly List<DroppableIndex> _dropped = [];
    private Func<long> _estimateRowsLeft = () => 0;
    private Table? _table;
    private long _rowsInARow;
    private long _rowsToDecide = Never;

    /// <summary>Says that rows of another fixture come now.</summary>
    /// <param name="estimateRowsLeft">About how many of them are still to come, whenever it is asked.</param>
    public void BeginFixture(Func<long> estimateRowsLeft)
    {
        _estimateRowsLeft = estimateRowsLeft;
        _rowsToDecide = _dropped.Count > 0 ? Never : _rowsInARow + RowsBeforeDrop;
    }

    /// <summary>To be called before rows are written.</summary>
    /// <exception cref="FixtureException">An index cannot be dropped, or not be created again.</exception>
    public void BeforeWrite(Table table, int rows)
    {
        if (table != _table)
        {
            CreateAgain();
            _table = table;
            _rowsInARow = 0;
            _rowsToDecide = RowsBeforeDrop;
        }
        _rowsInARow += rows;
        if (_rowsInARow < _rowsToDecide)
            return;
        _rowsToDecide = Never;
        if (!_lookedUp.Contains(table) && _estimateRowsLeft() >= _rowsInARow * LeastTimesToCome)
            Drop(table);
    }

    /// <summary>To be called before rows of a table are looked for: from now on it keeps its indexes.</summary>
    /// <exception cref="FixtureException">An index cannot be created again.</exception>
    public void BeforeLookup(Table table)
    {
        _lookedUp.Add(table);
        if (table == _table)
            CreateAgain();
    }

    /// <summary>Creates the indexes that were dropped, in the order in which they were made first.</summary>
    /// <exception cref="FixtureException">An index cannot be created, or the call was cancelled.</exception>
    public void CreateAgain()
    {
        foreach (DroppableIndex index in _dropped)
        {
            throwIfCancelled();
            try
            {
                Execute(index.CreateSql);
            }
            catch (SqliteException exception)
            {
                throw Failed(index, "created again after the rows of its table", exception);
            }
        }
        _dropped.Clear();
    }

    private void Drop(Table table)
    {
        IReadOnlyList<DroppableIndex> indexes = DroppableIndex.Find(database, table);
        if (indexes.Count == 0 || HadRowsBefore(table))
            return;
        foreach (DroppableIndex index in indexes)
        {
            try
            {
                Execute(index.DropSql);
            }
            // A statement is open, or somebody shares the cache (https://www.sqlite.org/rescode.html#locked), or an authorizer forbids it: then it just stays.
            catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_LOCKED or raw.SQLITE_AUTH)
            {
                return;
            }
            catch (SqliteException exception)
            {
                throw Failed(index, "dropped while the rows of its table are written", exception);
            }
            _dropped.Add(index);
        }
    }

    // All of them would be sorted for the sake of the new ones.
    private bool HadRowsBefore(Table table)
    {
        using var count = new Statement(database, $"SELECT count(*) FROM (SELECT 1 FROM {table.QuotedName} LIMIT ?)");
        count.Bind(1, _rowsInARow + 1);
        count.Step();
        return count.Integer(0) > _rowsInARow;
    }

    private void Execute(string sql)
    {
        using var statement = new Statement(database, sql);
        statement.Execute();
    }

    private static FixtureException Failed(DroppableIndex index, string what, SqliteException exception) => new(
        FixtureStage.Database,
        new FixtureError($"Index '{index.Name}' cannot be {what}: {SqliteErrors.Words(exception)}. Look for room on the disk, and in the folder of SQLite's temporary files (SQLITE_TMPDIR)."),
        exception);
}

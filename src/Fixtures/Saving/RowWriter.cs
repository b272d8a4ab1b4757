using Fixtures.Formats;
using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// Writes rows: an upsert where the key is known, else an insert. Rows of one shape are written many at a time; on an error they are written
/// again one by one, to name the record.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    // Fixtures whose records all differ in their fields would otherwise prepare without end.
    private const int MostShapes = 256;

    // Preparing a statement of 50 rows costs as much as writing about as many: small fixtures are done before it pays.
    private const int RowsBeforeBatches = 200;

    private readonly sqlite3 _database;
    private readonly NativeStatements? _native;
    private readonly Dictionary<RowShape, ShapeStatements> _withKey = [];
    private readonly Dictionary<RowShape, ShapeStatements> _withoutKey = [];
    private RowBatch? _batch;
    private int? _mostParameters;
    private ShapeStatements? _last;
    private bool _isReadOnce;

    public RowWriter(sqlite3 database)
        : this(database, NativeStatements.TryFind())
    {
    }

    /// <param name="database">The connection.</param>
    /// <param name="native">How statements are called: see <see cref="Statement"/>.</param>
    public RowWriter(sqlite3 database, NativeStatements? native)
    {
        _database = database;
        _native = native;
    }

    /// <summary>How many parameters a statement may have: whoever opened the connection may have lowered it.</summary>
    public int MostParameters => _mostParameters ??= raw.sqlite3_limit(_database, raw.SQLITE_LIMIT_VARIABLE_NUMBER, -1);

    private RowBatch Batch => _batch ??= new RowBatch(MostParameters);

    /// <summary>Says that records of another fixture come now.</summary>
    /// <param name="isReadOnce">Whether it cannot be read again, to find the place of a record that SQLite refuses.</param>
    public void BeginFixture(bool isReadOnce) => _isReadOnce = isReadOnce;

    /// <summary>Writes a row, now or together with the next ones.</summary>
    /// <param name="record">The record whose bytes the row slices.</param>
    /// <param name="row">The row; where its key was not known and <paramref name="needsKey"/> says so, it is afterwards.</param>
    /// <param name="needsKey">Whether the row must be there, and its key be known, when this returns.</param>
    /// <exception cref="FixtureException">SQLite does not take the row, or one of before; the error names its record.</exception>
    public void Write(Record record, Row row, bool needsKey)
    {
        ShapeStatements statements = StatementsFor(row.Shape, row.HasKey);
        if (needsKey || !row.Shape.Model.Table.FailsAsAWhole || statements.RowCount++ < RowsBeforeBatches)
        {
            Flush();
            WriteOne(statements, record, row, needsKey && !row.HasKey && row.Shape.Model.Key.Length > 0);
            return;
        }
        if (Batch.TryAdd(record, row, _isReadOnce))
            return;

        Flush();
        if (!Batch.TryAdd(record, row, _isReadOnce))
            WriteOne(statements, record, row, returnsKey: false);
    }

    /// <summary>Writes the rows that are still to be written.</summary>
    /// <exception cref="FixtureException">SQLite does not take one; the error names its record.</exception>
    public void Flush()
    {
        if (_batch is not { Count: > 0 })
            return;
        try
        {
            Write(_batch);
        }
        finally
        {
            _batch.Clear();
        }
    }

    /// <summary>Writes the rows of a batch. It stays as it is.</summary>
    /// <exception cref="FixtureException">SQLite does not take one; the error names its record.</exception>
    public void Write(RowBatch batch)
    {
        ShapeStatements statements = StatementsFor(batch.Shape!, batch.HasKey);
        SqliteException? refusal = null;
        if (batch.IsFull && batch.Shape!.Model.Table.FailsAsAWhole && TryWriteMany(statements, batch, out refusal))
            return;
        WriteEach(statements, batch);
        // A constraint that fails leaves nothing behind, an expression may.
        if (refusal is not null && SqliteErrors.StageOf(refusal) != FixtureStage.Constraint)
            throw OfBatch(refusal, batch);
    }

    public void Dispose()
    {
        DropStatements();
        _batch?.Dispose();
    }

    private void DropStatements()
    {
        foreach (ShapeStatements statements in _withKey.Values)
            statements.Dispose();
        foreach (ShapeStatements statements in _withoutKey.Values)
            statements.Dispose();
        _withKey.Clear();
        _withoutKey.Clear();
        _last = null;
    }

    private void WriteOne(ShapeStatements statements, Record record, Row row, bool returnsKey)
    {
        int first = row.HasKey ? 0 : row.Shape.Model.Key.Length;
        int width = row.Shape.Slots.Length - first;
        int start = 0;
        try
        {
            if (returnsKey)
                WriteOneReturningKey(statements.OneReturningKey, record, row, first, width);
            else
                statements.One.Execute(row.Values, first, width, new ReadOnlySpan<int>(in start), record.Arena);
        }
        catch (SqliteException exception)
        {
            throw RefusedRowException.Of(_database, exception, RecordText.Error(record, -1, null, ""), row.Shape, row.Values.AsSpan(first, width), record.Arena);
        }
    }

    private static void WriteOneReturningKey(Statement statement, Record record, Row row, int first, int width)
    {
        for (int i = 0; i < width; i++)
            statement.Bind(i + 1, row.Values[first + i], record.Arena);
        statement.Step();
        for (int part = 0; part < row.Shape.Model.Key.Length; part++)
            row.Values[part] = statement.Value(part, record);
        row.HasKey = true;
        statement.Execute();
    }

    /// <returns>False if SQLite does not take one of the rows.</returns>
    private bool TryWriteMany(ShapeStatements statements, RowBatch batch, out SqliteException? refusal)
    {
        refusal = null;
        try
        {
            statements.Many(batch).Execute(batch.Values, 0, batch.Width, batch.Starts, batch.Bytes);
            return true;
        }
        catch (SqliteException exception)
        {
            if (!SqliteErrors.IsOfRow(exception) || raw.sqlite3_get_autocommit(_database) != 0)
                throw OfBatch(exception, batch);
            refusal = exception;
            return false;
        }
    }

    private static FixtureException OfBatch(SqliteException exception, RowBatch batch) =>
        SqliteErrors.At(exception, new FixtureError("") { File = batch.Path, Model = batch.Shape!.Model.Model });

    private void WriteEach(ShapeStatements statements, RowBatch batch)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            int first = row * batch.Width;
            try
            {
                statements.One.Execute(batch.Values, first, batch.Width, batch.Starts.Slice(row, 1), batch.Bytes);
            }
            catch (SqliteException exception)
            {
                throw RefusedRowException.Of(_database, exception, batch.PlaceOf(row), batch.Shape!, batch.Values.AsSpan(first, batch.Width), batch.Bytes[batch.Starts[row]..]);
            }
        }
    }

    private ShapeStatements StatementsFor(RowShape shape, bool hasKey)
    {
        if (_last is not null && _last.Shape == shape && _last.HasKey == hasKey)
            return _last;

        Dictionary<RowShape, ShapeStatements> known = hasKey ? _withKey : _withoutKey;
        if (!known.TryGetValue(shape, out ShapeStatements? statements))
        {
            if (_withKey.Count + _withoutKey.Count >= MostShapes)
            {
                Flush();
                DropStatements();
            }
            known.Add(shape, statements = new ShapeStatements(_database, shape, hasKey, _native));
        }
        return _last = statements;
    }
}

using Microsoft.Data.Sqlite;

namespace Fixtures.Testing;

/// <summary>
/// Test databases in memory that are lent and come back: <c>using TestDatabase db = pool.Rent();</c>. One is as good as a fresh one, for the price of a reset.
/// Thread-safe; each database belongs to one renter at a time.
/// </summary>
/// <remarks>
/// What a renter leaves behind is gone for the next one: rows, changed schemas, other connections. A database that comes back with an open transaction or reader,
/// with temporary tables, attached databases or foreign keys switched off is replaced by a new one. Functions, collations and other settings of a connection stay.
/// </remarks>
public sealed class TestDatabasePool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _available;
    private readonly CancellationTokenSource _closing = new();
    private readonly Stack<ClonedDatabase> _idle = [];
    private readonly Snapshot _snapshot;
    private readonly LoadReport _report;
    private bool _isDisposed;

    /// <summary>Makes a pool of databases with fixtures in them, all of them ready.</summary>
    /// <param name="loader">Gives the snapshot, as it is now; a fixture that is edited later is not noticed.</param>
    /// <param name="labels">The labels, loaded in order. None: the schema alone.</param>
    /// <param name="size">How many databases; 0: one for each core.</param>
    /// <exception cref="FixtureException">The snapshot cannot be built.</exception>
    public TestDatabasePool(FixtureLoader loader, IReadOnlyList<string> labels, int size = 0)
        : this((loader ?? throw new ArgumentNullException(nameof(loader))).GetSnapshot(labels ?? throw new ArgumentNullException(nameof(labels)), CancellationToken.None).Loaded, size)
    {
    }

    /// <summary>Makes a pool of databases, all of them ready.</summary>
    /// <param name="snapshot">What each database is when it is rented.</param>
    /// <param name="size">How many databases; 0: one for each core.</param>
    public TestDatabasePool(Snapshot snapshot, int size = 0)
        : this(new LoadedSnapshot(snapshot ?? throw new ArgumentNullException(nameof(snapshot)), new LoadReport()), size)
    {
    }

    private TestDatabasePool(LoadedSnapshot loaded, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size == 0 ? Environment.ProcessorCount : size;
        _snapshot = loaded.Snapshot;
        _report = loaded.Report;
        _available = new SemaphoreSlim(Size);
        for (int i = 0; i < Size; i++)
            _idle.Push(MemoryDatabase.Clone(_snapshot));
    }

    /// <summary>How many databases can be rented at the same time.</summary>
    public int Size { get; }

    /// <summary>Lends a database, as the snapshot has it. Waits until one is there.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The database; dispose it to give it back.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed.</exception>
    public TestDatabase Rent(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Wait(cancellationToken);
        try
        {
            SnapshotUse use = new(IsBuilt: false, "rented from a pool");
            return new TestDatabase(Ready(TakeIdle()), _report, use, GiveBack);
        }
        catch
        {
            _available.Release();
            throw;
        }
    }

    /// <summary>Closes the databases that are there; one that is rented is closed when it comes back.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        lock (_gate)
        {
            _isDisposed = true;
            while (_idle.TryPop(out ClonedDatabase? database))
                database.Dispose();
        }
    }

    private void Wait(CancellationToken cancellationToken)
    {
        if (_available.Wait(0, cancellationToken))
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            _available.Wait(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(TestDatabasePool));
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private ClonedDatabase? TakeIdle()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _idle.TryPop(out ClonedDatabase? database) ? database : null;
        }
    }

    private ClonedDatabase Ready(ClonedDatabase? database)
    {
        if (database is not null && TryReset(database))
            return database;
        database?.Dispose();
        return MemoryDatabase.Clone(_snapshot);
    }

    private static bool TryReset(ClonedDatabase database)
    {
        try
        {
            if (database.Connection.Handle is null || !database.IsClean())
                return false;
            database.Reset();
            return true;
        }
        // In use by its last renter, or damaged by it: another one takes its place.
        catch (Exception exception) when (exception is InvalidOperationException or SqliteException)
        {
            return false;
        }
    }

    private void GiveBack(ClonedDatabase database)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                database.Dispose();
                return;
            }
            database.CloseOthers();
            _idle.Push(database);
        }
        _available.Release();
    }
}

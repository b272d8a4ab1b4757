namespace Fixtures.Saving;

/// <summary>
/// Batches on their way from a thread that fills them to the one that owns the connection and writes them. A ring, so that the same few batches go round.
/// </summary>
/// <param name="mostParameters">How many parameters a statement may have.</param>
internal sealed class BatchQueue(int mostParameters) : IDisposable
{
    private const int Count = 16;

    private readonly Lock _gate = new();
    private readonly RowBatch[] _ring = [.. Enumerable.Range(0, Count).Select(_ => new RowBatch(mostParameters))];
    private readonly ManualResetEventSlim _mayFill = new(initialState: true);
    private readonly ManualResetEventSlim _mayWrite = new(initialState: false);
    private int _first;
    private int _full;
    private bool _isComplete;
    private bool _isStopped;

    /// <summary>The batch to fill next: empty. Waits until one is there.</summary>
    /// <returns>Null if no more are wanted.</returns>
    public RowBatch? NextToFill()
    {
        _mayFill.Wait();
        lock (_gate)
            return _isStopped ? null : _ring[(_first + _full) % Count];
    }

    /// <summary>Hands over the batch that was filled.</summary>
    public void Filled()
    {
        lock (_gate)
        {
            _full++;
            if (_full == Count && !_isStopped)
                _mayFill.Reset();
            _mayWrite.Set();
        }
    }

    /// <summary>Says that no more come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _mayWrite.Set();
        }
    }

    /// <summary>The batch to write next. Waits until one is there.</summary>
    /// <returns>Null if no more come.</returns>
    public RowBatch? NextToWrite()
    {
        _mayWrite.Wait();
        lock (_gate)
            return _full > 0 ? _ring[_first] : null;
    }

    /// <summary>Gives back the batch that was written.</summary>
    public void Written()
    {
        lock (_gate)
        {
            _ring[_first].Clear();
            _first = (_first + 1) % Count;
            _full--;
            if (_full == 0 && !_isComplete)
                _mayWrite.Reset();
            // Whoever waits for one is not woken for each: waking costs as much as writing some rows.
            if (_full <= Count / 2)
                _mayFill.Set();
        }
    }

    /// <summary>Says that no more are wanted.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _mayFill.Set();
        }
    }

    /// <summary>To be called when both threads are done with it.</summary>
    public void Dispose()
    {
        Array.ForEach(_ring, batch => batch.Dispose());
        _mayFill.Dispose();
        _mayWrite.Dispose();
    }
}

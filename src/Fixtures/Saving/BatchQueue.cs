namespace Fixtures.Saving;

/// <summary>
/// Batches on their way from a thread that fills them to the one that owns the connection and writes them. A ring, so that the same few batches go round.
/// </summary>
/// <param name="mostParameters">How many parameters a statement may have.</param>
internal sealed class BatchQueue(int mostParameters) : IDisposable
{
    private const int Count = 16;

    // Whoever waits for a batch is not woken for each: waking costs as much as writing some rows.
    private const int EnoughToFill = Count / 2;
    private const int EnoughToWrite = Count / 4;

    private readonly Lock _gate = new();
    private readonly RowBatch[] _ring = [.. Enumerable.Range(0, Count).Select(_ => new RowBatch(mostParameters))];
    private readonly ManualResetEventSlim _mayFill = new(initialState: true);
    private readonly ManualResetEventSlim _mayWrite = new(initialState: false);
    private int _first;
    private int _full;

    // The first batch is written at once. Where writing has caught up with filling, some are waited for.
    private int _enoughToWrite = 1;
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
            if (_full >= _enoughToWrite)
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
            {
                _mayWrite.Reset();
                _enoughToWrite = EnoughToWrite;
            }
            if (_full <= Count - EnoughToFill)
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

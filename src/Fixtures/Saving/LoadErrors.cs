using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>
/// What is wrong with the fixtures of a call: the first errors, and how many there were. A table that lacks a record because of one is incomplete,
/// and what refers to it in vain is no error of its own.
/// </summary>
internal sealed class LoadErrors
{
    private const int MostKept = 100;

    private readonly List<FixtureError> _errors = [];
    private readonly HashSet<Table> _incomplete = [];
    private readonly HashSet<(string?, string?, string)> _repeated = [];
    private FixtureStage _stage;
    private Exception? _cause;
    private bool _isAnyIncomplete;

    public int Count { get; private set; }

    public bool Any => Count > 0;

    /// <summary>Adds what a fixture is refused for.</summary>
    public void Add(FixtureException exception)
    {
        _isAnyIncomplete = true;
        Add(exception.Stage, exception.Errors, exception.ErrorCount, exception.InnerException);
    }

    /// <summary>Adds what a record is refused for.</summary>
    /// <param name="error">What is wrong, and where.</param>
    /// <param name="cause">The same without the place.</param>
    /// <param name="table">The table that lacks the record; null: not known.</param>
    public void Add(FixtureError error, MappingError cause, Table? table)
    {
        if (cause.Missing is { } missing && IsIncomplete(missing))
            return;
        if (table is null)
            _isAnyIncomplete = true;
        else
            _incomplete.Add(table);

        // A name that the schema does not know is told once in a file, and counted as often as it stands there.
        if (cause.IsAboutName && !_repeated.Add((error.File, error.Model, error.Message)))
            Count++;
        else
            Add(FixtureStage.Map, [error], 1, cause);
    }

    /// <summary>Whether a row that is not there may be one that an error has kept away.</summary>
    public bool IsIncomplete(Table table) => _isAnyIncomplete || _incomplete.Contains(table);

    /// <summary>Forgets the last errors: they were of a file that is damaged.</summary>
    public void ForgetAfter(int count)
    {
        if (_errors.Count > count)
            _errors.RemoveRange(count, _errors.Count - count);
        Count = count;
    }

    /// <summary>All errors as one exception.</summary>
    /// <param name="last">What has ended the call, if it is not these.</param>
    public FixtureException ToException(FixtureException? last = null)
    {
        if (last is not null)
            Add(last);
        return new FixtureException(_stage, _errors, Count, _cause);
    }

    private void Add(FixtureStage stage, IReadOnlyList<FixtureError> errors, int errorCount, Exception? cause)
    {
        if (Count == 0)
            (_stage, _cause) = (stage, cause);
        _errors.AddRange(errors.Take(MostKept - _errors.Count));
        Count += errorCount;
    }
}

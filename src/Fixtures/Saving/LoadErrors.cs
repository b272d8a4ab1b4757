using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>
/// What is wrong with the fixtures of a call: the first errors, and how many there were. A table that lacks a record because of one is incomplete,
/// and what refers to it in vain is no error of its own.
/// </summary>
/// <param name="mostKept">How many errors are kept.</param>
internal sealed class LoadErrors(int mostKept)
{
    private readonly List<LoadProblem> _problems = [];
    // The records that were refused; null where their table or key is not known.
    private HashSet<(Table? Table, string? Key)>? _missing;
    private readonly HashSet<Table> _incomplete = [];
    private HashSet<(string?, string?, string)>? _repeated;
    private Exception? _cause;
    private bool _isAnyIncomplete;

    public int Count { get; private set; }

    public bool Any => Count > 0;

    /// <summary>The first errors.</summary>
    public IReadOnlyList<LoadProblem> Problems => _problems;

    /// <summary>Adds what a fixture is refused for.</summary>
    public void Add(FixtureException exception)
    {
        Lack(null, null);
        AddAll(exception);
    }

    /// <summary>Adds what SQLite refuses a row for.</summary>
    /// <param name="exception">What is wrong.</param>
    /// <param name="table">The table that lacks the row.</param>
    public void Add(FixtureException exception, Table table)
    {
        Lack(table, exception.Errors[0].Key);
        AddAll(exception);
    }

    /// <summary>Adds what a record is refused for.</summary>
    /// <param name="error">What is wrong, and where.</param>
    /// <param name="cause">The same without the place.</param>
    /// <param name="table">The table that lacks the record; null: not known.</param>
    public void Add(FixtureError error, MappingError cause, Table? table)
    {
        if (cause.Missing is { } missing && IsIncomplete(missing))
            return;
        Lack(table, error.Key);

        // A name that the schema does not know is told once in a file, and counted as often as it stands there.
        if (cause.IsAboutName && !(_repeated ??= []).Add((error.File, error.Model, error.Message)))
            Count++;
        else
            Add(new LoadProblem(FixtureStage.Map, error, cause.Missing is not null, cause.IsAboutName), cause);
    }

    /// <summary>Adds a foreign key of a row that refers to no row.</summary>
    public void Add(FixtureError error, BrokenForeignKey broken) => Add(new LoadProblem(FixtureStage.Constraint, error, IsMissing: true, Broken: broken), null);

    /// <summary>Counts errors that are not kept.</summary>
    public void CountMore(int count) => Count += count;

    /// <summary>Whether a row that is not there may be one that an error has kept away: one of the table's.</summary>
    public bool IsIncomplete(Table table) => _isAnyIncomplete || _incomplete.Contains(table);

    /// <summary>Whether a row that is not there may be one that an error has kept away: that with the key, or one whose key is not known.</summary>
    public bool IsMissing(Table table, string key) => _missing?.Overlaps([(table, key), (table, null), (null, key), (null, null)]) ?? false;

    /// <summary>Forgets the last errors: they were of a file that is damaged.</summary>
    public void ForgetAfter(int count)
    {
        if (_problems.Count > count)
            _problems.RemoveRange(count, _problems.Count - count);
        Count = count;
    }

    /// <summary>Puts errors into the place of others.</summary>
    public void Replace(IReadOnlyDictionary<LoadProblem, LoadProblem> replacements)
    {
        for (int i = 0; i < _problems.Count; i++)
            _problems[i] = replacements.GetValueOrDefault(_problems[i], _problems[i]);
    }

    /// <summary>All errors as one exception.</summary>
    /// <param name="last">What has ended the call, if it is not these.</param>
    public FixtureException ToException(FixtureException? last = null)
    {
        if (last is not null)
            AddAll(last);
        return new FixtureException(_problems[0].Stage, [.. _problems.Select(problem => problem.Error)], Count, _cause);
    }

    private void Lack(Table? table, string? key)
    {
        (_missing ??= []).Add((table, key));
        if (table is null)
            _isAnyIncomplete = true;
        else
            _incomplete.Add(table);
    }

    private void AddAll(FixtureException exception)
    {
        foreach (FixtureError error in exception.Errors)
            Add(new LoadProblem(exception.Stage, error), exception.InnerException);
        Count += exception.ErrorCount - exception.Errors.Count;
    }

    private void Add(LoadProblem problem, Exception? cause)
    {
        if (Count++ == 0)
            _cause = cause;
        if (_problems.Count < mostKept)
            _problems.Add(problem);
    }
}

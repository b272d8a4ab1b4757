using System.Collections.ObjectModel;

namespace Fixtures.Testing;

/// <summary>How suites are run. Immutable: derive another one with <c>with</c>.</summary>
public sealed record SuiteOptions
{
    /// <summary>Gives the databases; null: <see cref="FixtureLoader.Default"/>.</summary>
    public FixtureLoader? Loader { get; init; }

    /// <summary>The fixtures in each worker's database, loaded in order. None: the schema alone.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How many suites run at the same time; 0: one for each core.</summary>
    public int Workers { get; init; }

    /// <summary>
    /// How long suites took before, by label, as <see cref="SuiteReport.Times"/> gives it: the longest begins first, so that none is left at the end that others
    /// could have run beside. A suite that is not in it begins before those.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> FormerTimes { get; init; } = ReadOnlyDictionary<string, TimeSpan>.Empty;

    /// <summary>Told of each suite that has ended, on the thread that ran it, never two at once.</summary>
    public IProgress<SuiteProgress>? Progress { get; init; }

    /// <summary>Looked at between suites; those that are running end first.</summary>
    public CancellationToken CancellationToken { get; init; }
}

using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Fixtures.Testing;

/// <summary>A snapshot and what was loaded into it.</summary>
internal sealed record LoadedSnapshot(Snapshot Snapshot, LoadReport Report);

/// <summary>
/// The snapshots of one loader, one for each list of labels: built when it is first asked for, and again when a file that it was made of is another.
/// Thread-safe: whoever comes while one is built waits for it, and shares its failure.
/// </summary>
internal sealed class SnapshotCache
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <param name="labels">The labels.</param>
    /// <param name="findSources">Gives the files that the snapshot is made of.</param>
    /// <param name="build">Makes the snapshot. What it throws, all who wait for it get, and the next one tries again.</param>
    /// <param name="cancellationToken">Ends the wait for another one's build.</param>
    public (LoadedSnapshot Loaded, SnapshotUse Use) Get(IReadOnlyList<string> labels, Func<IReadOnlyList<string>> findSources, Func<LoadedSnapshot> build, CancellationToken cancellationToken) =>
        _slots.GetOrAdd(string.Join('\0', labels), _ => new Slot(labels)).Get(findSources, build, cancellationToken);

    private sealed class Slot(IReadOnlyList<string> labels)
    {
        // Often enough for whoever cancels, too seldom to cost anything.
        private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

        private readonly Lock _gate = new();
        private volatile Built? _built;
        private volatile Exception? _failure;
        private volatile int _builds;
        private volatile int _builder;

        public (LoadedSnapshot Loaded, SnapshotUse Use) Get(Func<IReadOnlyList<string>> findSources, Func<LoadedSnapshot> build, CancellationToken cancellationToken)
        {
            int buildsBefore = _builds;
            SourceStamps sources = SourceStamps.Take(findSources());
            if (ReasonToBuild(sources) is null)
                return Cloned(_built!);

            if (_builder == Environment.CurrentManagedThreadId)
                throw new InvalidOperationException($"The test database of {Described()} is asked for while it is built, by its own schema or code. Use the connection that is given to that code.");
            Enter(cancellationToken);
            try
            {
                bool someoneElseFailed = _builds != buildsBefore && _failure is not null and not FixtureException { Stage: FixtureStage.Cancelled };
                if (someoneElseFailed)
                    ExceptionDispatchInfo.Throw(_failure!);
                if (ReasonToBuild(sources) is not { } reason)
                    return Cloned(_built!);
                return (Build(sources, build), new SnapshotUse(IsBuilt: true, reason));
            }
            finally
            {
                _gate.Exit();
            }
        }

        private LoadedSnapshot Build(SourceStamps sources, Func<LoadedSnapshot> build)
        {
            _builder = Environment.CurrentManagedThreadId;
            try
            {
                LoadedSnapshot loaded = build();
                _failure = null;
                _built = new Built(sources, loaded);
                return loaded;
            }
            // Whatever the schema's or a label's own code throws is for those to see who wait.
            catch (Exception failure)
            {
                _failure = failure;
                throw;
            }
            finally
            {
                _builder = 0;
                _builds++;
            }
        }

        private string? ReasonToBuild(SourceStamps sources) => _built is { } built ? sources.ChangeSince(built.Sources) : $"first use of {Described()}";

        private static (LoadedSnapshot, SnapshotUse) Cloned(Built built) => (built.Loaded, new SnapshotUse(IsBuilt: false, "nothing has changed"));

        private string Described() => labels.Count == 0 ? "the schema" : string.Join(", ", labels);

        private void Enter(CancellationToken cancellationToken)
        {
            while (!_gate.TryEnter(BetweenLooks))
            {
                if (cancellationToken.IsCancellationRequested)
                    throw new FixtureException(FixtureStage.Cancelled, new FixtureError($"The wait for the test database of {Described()} was cancelled."), new OperationCanceledException(cancellationToken));
            }
        }

        private sealed record Built(SourceStamps Sources, LoadedSnapshot Loaded);
    }
}

using System.Diagnostics;

namespace Fixtures.Testing;

/// <summary>
/// Runs suites of tests on every core: workers take them from one queue, each with a database in memory to itself.
/// The idea is that of "A Faster Django Test Suite" (2008), with threads where that had processes.
/// </summary>
public static class SuiteRunner
{
    /// <summary>Runs suites. The databases are made ready first, then the clock starts.</summary>
    /// <param name="suites">The suites.</param>
    /// <param name="options">How they are run; null: on every core, with <see cref="FixtureLoader.Default"/> and the schema alone.</param>
    /// <returns>The results, in the order of the suites. An exception in a suite is an error of that suite.</returns>
    /// <exception cref="FixtureException">The databases cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the suites that were running have ended.</exception>
    public static SuiteReport Run(IEnumerable<Suite> suites, SuiteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(suites);
        return new SuiteRun([.. suites], options ?? new SuiteOptions()).Run();
    }

    private sealed class SuiteRun
    {
        private readonly Suite[] _suites;
        private readonly SuiteOptions _options;
        private readonly SuiteResult[] _results;
        private readonly int[] _order;
        private readonly Lock _progressGate = new();
        private int _begun;
        private int _done;
        private volatile Exception? _failure;

        public SuiteRun(Suite[] suites, SuiteOptions options)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(options.Workers, $"{nameof(SuiteOptions)}.{nameof(SuiteOptions.Workers)}");
            _suites = suites;
            _options = options;
            _results = new SuiteResult[suites.Length];
            // Stable: what is equally long runs in the order in which it was given.
            _order = [.. Enumerable.Range(0, suites.Length).OrderByDescending(suite => options.FormerTimes.TryGetValue(suites[suite].Label, out TimeSpan time) ? time : TimeSpan.MaxValue)];
        }

        public SuiteReport Run()
        {
            int workers = Math.Max(1, Math.Min(_options.Workers == 0 ? Environment.ProcessorCount : _options.Workers, _suites.Length));
            using var pool = new TestDatabasePool(_options.Loader ?? FixtureLoader.Default, _options.Labels, workers);
            Thread[] others = [.. Enumerable.Range(1, workers - 1).Select(worker => new Thread(() => Work(worker, pool)) { IsBackground = true, Name = $"suites {worker}" })];

            long started = Stopwatch.GetTimestamp();
            Array.ForEach(others, thread => thread.Start());
            Work(0, pool);
            Array.ForEach(others, thread => thread.Join());
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);

            if (_failure is not null)
                throw new InvalidOperationException("SuiteOptions.Progress has thrown, and the run was ended.", _failure);
            if (_done < _suites.Length)
                throw new OperationCanceledException($"The run was cancelled after {_done} of {_suites.Length} suites.", _options.CancellationToken);
            return new SuiteReport { Results = _results, Elapsed = elapsed, Workers = workers };
        }

        private void Work(int worker, TestDatabasePool pool)
        {
            while (_failure is null && !_options.CancellationToken.IsCancellationRequested)
            {
                int turn = Interlocked.Increment(ref _begun) - 1;
                if (turn >= _order.Length)
                    return;
                int suite = _order[turn];
                long started = Stopwatch.GetTimestamp();
                SuiteResult result = Run(_suites[suite], pool);
                _results[suite] = result with { Label = _suites[suite].Label, Worker = worker, Elapsed = Stopwatch.GetElapsedTime(started) };
                Report(_results[suite]);
            }
        }

        private static SuiteResult Run(Suite suite, TestDatabasePool pool)
        {
            try
            {
                using TestDatabase database = pool.Rent();
                return suite.Run(database) ?? throw new InvalidOperationException($"Suite '{suite.Label}' has given no result.");
            }
            // Whatever a suite throws is its result; the others go on.
            catch (Exception exception)
            {
                return new SuiteResult(0, 0, 1) { Exception = exception };
            }
        }

        private void Report(SuiteResult result)
        {
            lock (_progressGate)
            {
                _done++;
                try
                {
                    _options.Progress?.Report(new SuiteProgress(result, _done, _suites.Length));
                }
                // On a thread of ours it would end the process.
                catch (Exception exception)
                {
                    _failure ??= exception;
                }
            }
        }
    }
}

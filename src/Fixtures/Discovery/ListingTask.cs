using System.Runtime.ExceptionServices;

namespace Fixtures.Discovery;

/// <summary>Lists directories. Listings are the system's work: for many, a second thread takes its share of them.</summary>
/// <param name="paths">Full paths.</param>
/// <param name="wanted">Which of them to list.</param>
/// <param name="listings">Takes the listings, each where its path stands.</param>
internal sealed class ListingTask(string[] paths, List<int> wanted, DirectoryListing[] listings)
{
    // Not Parallel: a process that lists 100 directories, and compiles it first, took 6 ms longer.
    private const int FewestForTwo = 40;

    private int _taken;
    private int _calls;
    private ExceptionDispatchInfo? _failure;

    /// <param name="calls">Counts the system calls.</param>
    public void Run(ref int calls)
    {
        Thread? second = wanted.Count >= FewestForTwo && Environment.ProcessorCount > 1 ? new Thread(Take) { IsBackground = true, Name = "fixtures: listing directories" } : null;
        second?.Start();
        Take();
        second?.Join();
        _failure?.Throw();
        calls += _calls;
    }

    private void Take()
    {
        int calls = 0;
        try
        {
            for (int next = Interlocked.Increment(ref _taken); next <= wanted.Count; next = Interlocked.Increment(ref _taken))
            {
                int i = wanted[next - 1];
                listings[i] = DirectoryListing.Read(paths[i], only: null, ref calls);
            }
        }
        // For whoever waits for the listings.
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        Interlocked.Add(ref _calls, calls);
    }
}

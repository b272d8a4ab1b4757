namespace Fixtures.Cli.TestPrograms;

/// <summary>
/// Runs test programs as processes, so many at a time: who is ready takes the next one. What took longest before begins first, so that none is left at the end
/// that others could have run beside; what is new begins before those.
/// </summary>
/// <param name="programs">The programs.</param>
/// <param name="formerTimes">How long programs took before, by assembly.</param>
internal sealed class ProgramQueue(IReadOnlyList<TestProgram> programs, IReadOnlyDictionary<string, TimeSpan> formerTimes)
{
    // Stable: what is equally long runs in the order in which it was given.
    private readonly int[] _order = [.. Enumerable.Range(0, programs.Count).OrderByDescending(index => formerTimes.TryGetValue(programs[index].Assembly, out TimeSpan time) ? time : TimeSpan.MaxValue)];

    /// <summary>Runs all.</summary>
    /// <param name="workers">How many run at a time.</param>
    /// <param name="run">Runs one.</param>
    /// <param name="cancellation">Ends those that run.</param>
    /// <returns>The results, in the order of the programs.</returns>
    public async Task<IReadOnlyList<ProgramResult>> RunAsync(int workers, Func<TestProgram, CancellationToken, Task<ProgramResult>> run, CancellationToken cancellation)
    {
        var results = new ProgramResult[programs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        await Parallel.ForEachAsync(_order, options, async (index, stop) => results[index] = await run(programs[index], stop).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }
}

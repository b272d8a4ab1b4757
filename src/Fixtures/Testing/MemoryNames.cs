using System.Collections.Concurrent;

namespace Fixtures.Testing;

/// <summary>
/// Names of databases in memory, which all connections of a process share. Used again, because the driver keeps something for each connection
/// string that it has seen. Thread-safe.
/// </summary>
internal sealed class MemoryNames
{
    private readonly string _prefix = $"fixtures-{Guid.NewGuid():N}";
    private readonly ConcurrentBag<string> _free = [];
    private int _count;

    public string Take() => _free.TryTake(out string? name) ? name : $"{_prefix}-{Interlocked.Increment(ref _count)}";

    public void GiveBack(string name) => _free.Add(name);
}

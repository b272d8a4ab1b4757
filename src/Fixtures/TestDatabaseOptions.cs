namespace Fixtures;

/// <summary>Where a test database is.</summary>
public sealed record TestDatabaseOptions
{
    /// <summary>In memory: the fastest, gone when it is disposed.</summary>
    public static TestDatabaseOptions InMemory { get; } = new();

    /// <summary>In a file, in WAL mode: readers and a writer do not block each other, and other processes can open it.</summary>
    public bool IsFile { get; init; }

    /// <summary>The file, such as <c>out/orders.db</c>; it must not exist yet, and its folder is made. Null: a new file in the folder for temporary files.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the database is in a file that stays when it is disposed.</summary>
    public bool Keep { get; init; }
}

namespace Fixtures.Tests.Conformance;

/// <summary>What a load came to, whether the library or the command did it.</summary>
internal sealed record ConformanceOutcome
{
    public int Objects { get; init; }

    public int ObjectsInFixtures { get; init; }

    public int Fixtures { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where the load was refused, in lower case; null: it was not.</summary>
    public string? Stage { get; init; }

    /// <summary>Why it was refused: what a user reads.</summary>
    public string Message { get; init; } = "";

    /// <summary>What happened that must never happen, such as another exception; null: nothing.</summary>
    public string? Defect { get; init; }
}

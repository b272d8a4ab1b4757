namespace Fixtures;

/// <summary>How a test database came about.</summary>
/// <param name="IsBuilt">Whether the schema and the fixtures were loaded for it; else it is a copy of a snapshot that was there.</param>
/// <param name="Reason">Why, such as <c>'blog/fixtures/posts.json' has changed</c>.</param>
public sealed record SnapshotUse(bool IsBuilt, string Reason)
{
    /// <summary>The use as one line: <c>built: first use of testdata</c>.</summary>
    public override string ToString() => $"{(IsBuilt ? "built" : "cloned")}: {Reason}";
}

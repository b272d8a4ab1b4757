namespace Fixtures;

/// <summary>One thing that a check has found.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Error">What is wrong, and where.</param>
public sealed record CheckProblem(CheckRule Rule, FixtureError Error)
{
    /// <summary>Whether a load is refused for it; else it is loaded, but hardly meant so.</summary>
    public bool IsError => Rule <= CheckRule.Constraint;
}

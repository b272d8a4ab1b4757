namespace Fixtures.Tests.Conformance;

/// <summary>Cases whose outcome differs on purpose: set, case, and the rule or reason. One that no longer differs fails the test.</summary>
internal static class Deviations
{
    public static IReadOnlyDictionary<string, Dictionary<string, string>> BySet { get; } = new Dictionary<string, Dictionary<string, string>>
    {
    };
}

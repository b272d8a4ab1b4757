namespace Fixtures.Testing;

/// <summary>How far a run is.</summary>
/// <param name="Result">What came of the suite that has just ended.</param>
/// <param name="Done">How many suites have ended, this one included.</param>
/// <param name="Count">How many suites there are.</param>
public readonly record struct SuiteProgress(SuiteResult Result, int Done, int Count);

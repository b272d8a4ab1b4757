namespace Fixtures.Testing;

/// <summary>Tests that run one after the other on one database: an app, a test class.</summary>
/// <param name="Label">What the suite is called; times are remembered by it.</param>
/// <param name="Run">Runs the tests. It is given a database as the snapshot has it, which it may change and must not dispose.</param>
public sealed record Suite(string Label, Func<TestDatabase, SuiteResult> Run);

namespace Fixtures;

/// <summary>What one call loaded from one fixture.</summary>
/// <param name="File">The fixture; for standard input its path is <c>-</c>.</param>
/// <param name="Objects">How many of its records were saved.</param>
/// <param name="ObjectsInFixture">How many records it holds.</param>
/// <param name="Elapsed">How long reading and saving them took.</param>
public sealed record FileReport(FixtureFile File, int Objects, int ObjectsInFixture, TimeSpan Elapsed);

namespace Fixtures.Saving;

/// <summary>One error of a call.</summary>
/// <param name="Stage">Where it arose.</param>
/// <param name="Error">What is wrong, and where.</param>
/// <param name="IsMissing">Whether it is a row that is missing, which another fixture may provide.</param>
/// <param name="IsAboutName">Whether it is the name of a model or field that is wrong.</param>
/// <param name="Broken">The foreign key that refers to it, where the row that refers was saved.</param>
internal sealed record LoadProblem(FixtureStage Stage, FixtureError Error, bool IsMissing = false, bool IsAboutName = false, BrokenForeignKey? Broken = null);

namespace Fixtures.Formats;

/// <summary>One record is malformed, and not the text around it: the next <see cref="FixtureReader.Read"/> gives the next record.</summary>
internal sealed class RecordException(FixtureException malformed) : FixtureException(malformed.Stage, malformed.Errors[0], malformed.InnerException);

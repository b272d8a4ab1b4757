namespace Fixtures.Formats;

/// <summary>Reads the records of one fixture, one at a time. Forward only.</summary>
internal abstract class FixtureReader(string path) : IDisposable
{
    /// <summary>The fixture's path as messages show it, <c>-</c> for standard input.</summary>
    public string Path { get; } = path;

    /// <summary>Replaces the record by the next one.</summary>
    /// <returns>False at the end of the fixture.</returns>
    /// <exception cref="FixtureException">The bytes are no fixture of this format (stage Decode).</exception>
    public abstract bool Read(Record record);

    /// <summary>
    /// Turns a position of the current record into its line and column, from 1.
    /// Valid until the next <see cref="Read"/>: a position that must outlive its record is located first.
    /// </summary>
    public abstract (long Line, long Column) Locate(long position);

    public abstract void Dispose();

    /// <summary>An error in the fixture's bytes or structure.</summary>
    protected FixtureException Malformed(string message, long? line, long? column, Exception? cause = null) =>
        new(FixtureStage.Decode, new FixtureError(message) { File = Path, Line = line, Column = column }, cause);
}

namespace Fixtures.Formats;

/// <summary>Reads the records of one fixture, one at a time. Forward only.</summary>
internal abstract class FixtureReader(string path) : IDisposable
{
    /// <summary>The fixture's path as messages show it, <c>-</c> for standard input.</summary>
    public string Path { get; } = path;

    /// <summary>Replaces the record by the next one.</summary>
    /// <returns>False at the end of the fixture.</returns>
    /// <exception cref="RecordException">A record is malformed; the next call gives the next one.</exception>
    /// <exception cref="FixtureException">The bytes are no fixture of this format (stage Decode).</exception>
    public abstract bool Read(Record record);

    /// <summary>
    /// Turns a position of the current record into its line and column, from 1.
    /// Valid until the next <see cref="Read"/>: a position that must outlive its record is located first.
    /// </summary>
    public abstract (long Line, long Column) Locate(long position);

    public abstract void Dispose();

    /// <summary>Refuses a record without what every record has: a model, and a map of fields. It has been read to its end.</summary>
    /// <exception cref="RecordException">It lacks something.</exception>
    protected void RequireStructure(Record record)
    {
        if (record.Model < 0)
            throw Incomplete($"Record {record.Number} has no 'model'. Name it, such as 'blog.post'.", record.Position);
        if (record[record.Model].Kind != ValueKind.Text || record[record.Model].Length == 0)
            throw Incomplete($"The model of record {record.Number} is a text such as 'blog.post', not {(record[record.Model].Kind == ValueKind.Text ? "an empty one" : record[record.Model].Kind.Describe())}.", record[record.Model].Position);
        if (record.Key >= 0 && record[record.Key].Kind == ValueKind.Map)
            throw Incomplete($"The pk of record {record.Number} is a value or a list of values, not {ValueKind.Map.Describe()}.", record[record.Key].Position);
        if (record.Fields < 0)
            throw Incomplete($"Record {record.Number} has no 'fields'. Where no field is given, they are empty: {{}}.", record.Position);
        if (record[record.Fields].Kind != ValueKind.Map)
            throw Incomplete($"The fields of record {record.Number} are a map of names to values, not {record[record.Fields].Kind.Describe()}.", record[record.Fields].Position);

        RecordException Incomplete(string message, long position) => new(Malformed(message, position));
    }

    /// <summary>An error at a position that <see cref="Locate"/> understands.</summary>
    protected FixtureException Malformed(string message, long position, Exception? cause = null)
    {
        (long line, long column) = Locate(position);
        return Malformed(message, line, column, cause);
    }

    /// <summary>An error in the fixture's bytes or structure.</summary>
    protected FixtureException Malformed(string message, long? line, long? column, Exception? cause = null) =>
        new(FixtureStage.Decode, new FixtureError(message) { File = Path, Line = line, Column = column }, cause);
}

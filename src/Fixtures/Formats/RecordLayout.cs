namespace Fixtures.Formats;

/// <summary>The bytes of a record around its values, to read records by that repeat them.</summary>
internal abstract class RecordLayout
{
    /// <summary>Reads a record that has this layout.</summary>
    /// <param name="bytes">Valid UTF-8, from the end of the record before on.</param>
    /// <param name="origin">The position of the first of the bytes.</param>
    /// <param name="record">Begun here.</param>
    /// <param name="source">The reader of the record.</param>
    /// <param name="number">The record's number.</param>
    /// <returns>How many bytes were read; 0 if the record has another layout, goes on beyond the bytes, or is not what it should be.</returns>
    public abstract int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number);
}

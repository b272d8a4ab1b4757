namespace Fixtures.Formats;

/// <summary>One value of a record. The elements of a list and the members of a map follow it, up to <see cref="End"/>.</summary>
internal struct RecordNode
{
    /// <summary>A member's name in the record's bytes, or in those of its template; empty for elements.</summary>
    public int NameStart, NameLength;

    /// <summary>A scalar's UTF-8 in the record's bytes, unescaped.</summary>
    public int Start, Length;

    /// <summary>The index after the last node of this value.</summary>
    public int End;

    public ValueKind Kind;

    /// <summary>Where the value stands, in terms of the reader that gave it (<see cref="FixtureReader.Locate"/>).</summary>
    public long Position;
}

namespace Fixtures.Formats;

/// <summary>The layouts of the last records of a fixture, to read the next ones by.</summary>
internal sealed class RecordLayouts(RecordLayouts.Taker take)
{
    private const int Most = 4;

    // Records that all differ would be compared in vain: after so many more failures than hits nothing is compared any more.
    private const int MostFailures = 32;

    // Small fixtures end before the code for this would be compiled. And the first record of a list has no comma before it, so that its layout is no other's.
    private const int RecordsBefore = 50;

    private readonly List<RecordLayout> _layouts = [];
    private int _last;
    private int _failures;

    /// <summary>Takes the layout of a record that was parsed.</summary>
    /// <param name="bytes">The bytes from the end of the record before to the end of this one.</param>
    /// <param name="origin">The position of the first of them.</param>
    /// <param name="record">The record.</param>
    /// <returns>Null if other records cannot be read by it.</returns>
    public delegate RecordLayout? Taker(ReadOnlySpan<byte> bytes, long origin, Record record);

    /// <inheritdoc cref="RecordLayout.TryRead"/>
    public int TryRead(ReadOnlySpan<byte> bytes, long origin, Record record, FixtureReader source, int number)
    {
        // A layout has no names to tell.
        if (_failures > MostFailures || record.Members is not null || record.NamePositions is not null)
            return 0;
        for (int i = 0; i < _layouts.Count; i++)
        {
            int layout = (_last + i) % _layouts.Count;
            int length = _layouts[layout].TryRead(bytes, origin, record, source, number);
            if (length == 0)
                continue;
            _last = layout;
            _failures = Math.Max(0, _failures - 1);
            return length;
        }
        return 0;
    }

    /// <summary>Whether it is worth while to <see cref="Add"/> the layout of a record.</summary>
    public bool Takes(int number) => number >= RecordsBefore && _failures <= MostFailures;

    /// <summary>Remembers the layout of a record that had to be parsed.</summary>
    /// <inheritdoc cref="Taker"/>
    public void Add(ReadOnlySpan<byte> bytes, long origin, Record record)
    {
        if (!Takes(record.Number) || ++_failures > MostFailures || take(bytes, origin, record) is not { } layout)
            return;
        _last = _layouts.Count == Most ? (_last + 1) % Most : _layouts.Count;
        if (_layouts.Count == Most)
            _layouts[_last] = layout;
        else
            _layouts.Add(layout);
    }
}

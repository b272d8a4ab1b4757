using System.Buffers;
using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>Where a row came from, for the message if SQLite does not take it.</summary>
/// <param name="Number">The record's number.</param>
/// <param name="Line">Its line; 0 where it can be found by its number.</param>
/// <param name="Column">Its column, likewise.</param>
internal readonly record struct RowOrigin(int Number, long Line = 0, long Column = 0);

/// <summary>Rows of one shape that wait to be written by one statement.</summary>
/// <param name="mostParameters">How many parameters a statement may have.</param>
internal sealed class RowBatch(int mostParameters) : IDisposable
{
    private const int MostRows = 50;

    private readonly RowOrigin[] _origins = new RowOrigin[MostRows];
    private readonly int[] _starts = new int[MostRows];
    private int _capacity;

    // Who keeps the bytes of the rows, and where they are once it has to read on.
    private Record? _keeper;
    private byte[] _bytes = [];

    /// <summary>What the rows have in common; null where there are none.</summary>
    public RowShape? Shape { get; private set; }

    public bool HasKey { get; private set; }

    /// <summary>The fixture that the rows come from.</summary>
    public string Path { get; private set; } = "";

    public int Count { get; private set; }

    /// <summary>How many values a row has.</summary>
    public int Width { get; private set; }

    /// <summary>Whether it has all the rows that one statement writes.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>The bytes of all rows.</summary>
    public ReadOnlySpan<byte> Bytes => _keeper is null ? _bytes : _keeper.Kept;

    /// <summary>The values of all rows, one row after the other.</summary>
    public SqlValue[] Values { get; private set; } = [];

    /// <summary>Where in <see cref="Bytes"/> those begin that the values of each row slice.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>Adds a row. The record keeps its bytes until <see cref="Detach"/> or <see cref="Clear"/>.</summary>
    /// <param name="record">The record whose bytes the row slices.</param>
    /// <param name="row">The row.</param>
    /// <param name="isReadOnce">Whether the record cannot be found again by its number.</param>
    /// <returns>False if it does not belong to the batch, or does not fit into it any more.</returns>
    public bool TryAdd(Record record, Row row, bool isReadOnce = false)
    {
        int first = row.HasKey ? 0 : row.Shape.Model.Key.Length;
        if (Count == 0)
        {
            Shape = row.Shape;
            HasKey = row.HasKey;
            Path = record.Source!.Path;
            Width = row.Shape.Slots.Length - first;
            _capacity = Width == 0 ? 1 : Math.Clamp(mostParameters / Width, 1, MostRows);
            if (Values.Length < Width * MostRows)
                Values = new SqlValue[Width * MostRows];
        }
        else if (row.Shape != Shape || row.HasKey != HasKey || IsFull)
        {
            return false;
        }
        if (!record.TryKeep(out int start))
            return false;

        _keeper = record;
        row.Values.AsSpan(first, Width).CopyTo(Values.AsSpan(Count * Width));
        (long line, long column) = isReadOnce ? record.Source!.Locate(record.Position) : default;
        _starts[Count] = start;
        _origins[Count++] = new RowOrigin(record.Number, line, column);
        return true;
    }

    /// <summary>Takes the bytes of the rows along, so that the record may be read on while they are written.</summary>
    public void Detach()
    {
        if (_keeper is null)
            return;
        if (_bytes.Length == 0)
            _bytes = ArrayPool<byte>.Shared.Rent(Record.MostKept);
        _keeper.GiveKept(ref _bytes);
        _keeper = null;
    }

    public void Dispose()
    {
        Clear();
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    public void Clear()
    {
        Shape = null;
        Count = 0;
        _keeper?.Release();
        _keeper = null;
    }

    /// <summary>Where a row came from, and its key as it is stored.</summary>
    public FixtureError PlaceOf(int row)
    {
        RowOrigin origin = _origins[row];
        return new FixtureError("")
        {
            File = Path,
            Line = origin.Line == 0 ? null : origin.Line,
            Column = origin.Line == 0 ? null : origin.Column,
            Record = origin.Number,
            Model = Shape!.Model.Model,
            Key = HasKey ? KeyOf(row) : null,
        };
    }

    private string KeyOf(int row)
    {
        string[] parts = new string[Shape!.Model.Key.Length];
        for (int part = 0; part < parts.Length; part++)
            parts[part] = Values[row * Width + part].Display(Bytes[_starts[row]..]);
        return string.Join(", ", parts);
    }
}

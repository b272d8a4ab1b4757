using System.Buffers;
using System.Runtime.CompilerServices;
using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>Where a row came from, for the message if SQLite does not take it.</summary>
internal readonly record struct RowOrigin(int Number, long Line, long Column, int KeyStart, int KeyLength);

/// <summary>
/// Rows of one shape that wait to be written by one statement. Their values are copied, as the record they came from is used again.
/// </summary>
internal sealed class RowBatch : IDisposable
{
    public const int MostRows = 50;

    // Larger rows than this are written one by one.
    private const int ByteCount = 128 * 1024;

    // SQLITE_MAX_VARIABLE_NUMBER: https://www.sqlite.org/limits.html.
    private const int MostParameters = 32766;

    // Small fixtures never fill a batch. What does is borrowed: new arrays of this size are collected with the oldest generation only.
    private byte[] _bytes = [];
    private readonly RowOrigin[] _origins = new RowOrigin[MostRows];
    private SqlValue[] _values = [];
    private int _byteCount;

    /// <summary>What the rows have in common; null where there are none.</summary>
    public RowShape? Shape { get; private set; }

    public bool HasKey { get; private set; }

    /// <summary>The fixture that the rows come from.</summary>
    public string Path { get; private set; } = "";

    public int Count { get; private set; }

    /// <summary>How many values a row has.</summary>
    public int Width { get; private set; }

    /// <summary>The values, row after row.</summary>
    public ReadOnlySpan<SqlValue> Values => _values.AsSpan(0, Count * Width);

    /// <summary>The bytes that the values slice.</summary>
    public ReadOnlySpan<byte> Arena => _bytes;

    /// <summary>How many rows of a shape one statement writes.</summary>
    public static int RowsOf(int width) => width == 0 ? 1 : Math.Min(MostRows, MostParameters / width);

    /// <summary>Copies a row to the batch.</summary>
    /// <returns>False if it does not belong to the batch, or does not fit into it any more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(Record record, Row row)
    {
        int first = row.HasKey ? 0 : row.Shape.Model.Key.Length;
        if (Count == 0)
        {
            Shape = row.Shape;
            HasKey = row.HasKey;
            Path = record.Source!.Path;
            Width = row.Shape.Slots.Length - first;
            if (_bytes.Length == 0)
                _bytes = ArrayPool<byte>.Shared.Rent(ByteCount);
            if (_values.Length < Width * MostRows)
                _values = new SqlValue[Width * MostRows];
        }
        else if (row.Shape != Shape || row.HasKey != HasKey || Count == RowsOf(Width))
        {
            return false;
        }

        ReadOnlySpan<byte> arena = record.Arena;
        int bytesBefore = _byteCount;
        Span<SqlValue> values = _values.AsSpan(Count * Width, Width);
        for (int i = 0; i < values.Length; i++)
        {
            ref readonly SqlValue value = ref row.Values[first + i];
            if (value.Type is not (SqlType.Text or SqlType.Blob))
            {
                values[i] = value;
                continue;
            }
            if (!TryCopy(arena.Slice(value.Start, value.Length), out int start))
            {
                _byteCount = bytesBefore;
                return false;
            }
            values[i] = value.At(start);
        }

        (int keyStart, int keyLength) = (-1, 0);
        if (record.Key >= 0 && record[record.Key].Kind != ValueKind.Null)
        {
            ReadOnlySpan<byte> key = record.Value(record.Key);
            if (!TryCopy(key, out keyStart))
            {
                _byteCount = bytesBefore;
                return false;
            }
            keyLength = key.Length;
        }
        (long line, long column) = record.Source!.Locate(record.Position);
        _origins[Count++] = new RowOrigin(record.Number, line, column, keyStart, keyLength);
        return true;
    }

    /// <summary>Keeps the bytes where they are, so that a statement can point at them.</summary>
    /// <returns>To be disposed when the statement has run.</returns>
    public MemoryHandle Pin() => _bytes.AsMemory().Pin();

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
        _byteCount = 0;
    }

    /// <summary>Where a row came from.</summary>
    public FixtureError PlaceOf(int row)
    {
        RowOrigin origin = _origins[row];
        return new FixtureError("")
        {
            File = Path,
            Line = origin.Line,
            Column = origin.Column,
            Record = origin.Number,
            Model = Shape!.Model.Model,
            Key = origin.KeyStart < 0 ? null : System.Text.Encoding.UTF8.GetString(Arena.Slice(origin.KeyStart, origin.KeyLength)),
        };
    }

    private bool TryCopy(ReadOnlySpan<byte> bytes, out int start)
    {
        start = _byteCount;
        if (!bytes.TryCopyTo(_bytes.AsSpan(_byteCount)))
            return false;
        _byteCount += bytes.Length;
        return true;
    }
}

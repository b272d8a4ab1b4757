using System.Globalization;
using System.Numerics;
using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;
using SQLitePCL;
using ValueType = Fixtures.Mapping.ValueType;

namespace Fixtures.Saving;

/// <summary>
/// Compares rows with what SQLite has stored of them: a column's affinity turns text into a number where it looks like one, https://www.sqlite.org/datatype3.html.
/// The rows are read back, so that it is SQLite that says so.
/// </summary>
/// <param name="database">The connection.</param>
internal sealed class StoredValues(sqlite3 database) : IDisposable
{
    private readonly Dictionary<(RowShape Shape, bool HasKey), Statement> _reads = [];
    private readonly Record _back = new();

    /// <summary>The slots whose value is stored as another one, and what is stored. The row was the last one to be written.</summary>
    public IEnumerable<(int Slot, string Stored)> FindChanges(Record record, Row row)
    {
        RowShape shape = row.Shape;
        if (!_reads.TryGetValue((shape, row.HasKey), out Statement? read))
            _reads.Add((shape, row.HasKey), read = new Statement(database, Select(shape, row.HasKey)));
        for (int part = 0; row.HasKey && part < shape.Model.Key.Length; part++)
            read.Bind(part + 1, row.Values[part], record.Arena);

        List<(int, string)> changes = [];
        // A trigger may have deleted it again.
        if (read.Step())
        {
            _back.Clear();
            for (int slot = row.HasKey ? 0 : shape.Model.Key.Length; slot < shape.Slots.Length; slot++)
            {
                SqlValue stored = read.Value(slot, _back);
                if (IsChanged(record, row.Values[slot], stored, shape.Slots[slot].Field.Type.Type))
                    changes.Add((slot, stored.Display(_back.Arena)));
            }
        }
        read.Reset();
        return changes;
    }

    /// <summary>Whether an integer of a record has become another one as a row's value: a REAL has 53 bit.</summary>
    public static bool IsRounded(ReadOnlySpan<byte> number, SqlValue value) =>
        value.Type == SqlType.Real && BigInteger.TryParse(Encoding.UTF8.GetString(number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger exact) && exact != new BigInteger(value.Real);

    public void Dispose()
    {
        foreach (Statement read in _reads.Values)
            read.Dispose();
    }

    private static string Select(RowShape shape, bool hasKey)
    {
        string columns = string.Join(", ", shape.Slots.Select(slot => slot.Field.Column.QuotedName));
        string condition = hasKey && shape.Model.Key.Length > 0
            ? string.Join(" AND ", shape.Model.Key.Select((key, part) => $"{key.Column.QuotedName} = ?{part + 1}"))
            : "rowid = last_insert_rowid()";
        return $"SELECT {(columns.Length == 0 ? "1" : columns)} FROM {shape.Model.Table.QuotedName} WHERE {condition}";
    }

    /// <summary>Whether it is another value. Another type alone is not: 19.90 in a decimal column is the number 19.9.</summary>
    private bool IsChanged(Record record, SqlValue given, SqlValue stored, ValueType type) => (given.Type, stored.Type) switch
    {
        (SqlType.Text, SqlType.Integer or SqlType.Real) when type == ValueType.Decimal =>
            !NumberText.IsSame(record.Bytes(given.Start, given.Length), Encoding.UTF8.GetBytes(stored.Display(_back.Arena))),
        (SqlType.Text, SqlType.Integer or SqlType.Real) => given.Display(record.Arena) != stored.Display(_back.Arena),
        (SqlType.Integer, SqlType.Real) => new BigInteger(stored.Real) != given.Integer,
        (SqlType.Real, SqlType.Text) => !double.TryParse(stored.Display(_back.Arena), CultureInfo.InvariantCulture, out double back) || back != given.Real,
        _ => false,
    };
}

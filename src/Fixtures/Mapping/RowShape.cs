using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Where the value of a column of a row comes from.</summary>
internal enum SlotSource : byte
{
    /// <summary>The record's pk, or the row that was found by the record's natural key.</summary>
    Key,
    Field,
    Default,

    /// <summary>Nowhere: the empty text.</summary>
    EmptyText,
}

/// <summary>A column that a statement binds.</summary>
/// <param name="Field">The column.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Ordinal">The index of the key's part, or of the default in <see cref="ModelMap.Defaults"/>.</param>
internal sealed record RowSlot(ColumnField Field, SlotSource Source, int Ordinal);

/// <summary>
/// What all records of a model have in common that give the same fields in the same order: which field goes where, and which columns their statement binds.
/// </summary>
internal sealed class RowShape
{
    private readonly byte[][] _names;

    /// <exception cref="MappingError">A field is not known.</exception>
    public RowShape(ModelMap model, Record record, MissingText missingText, RowShape? next)
    {
        Model = model;
        Next = next;
        List<int> fields = FieldNodes(record);
        _names = new byte[fields.Count][];
        for (int i = 0; i < _names.Length; i++)
            _names[i] = record.Name(fields[i]).ToArray();
        Targets = new FieldTarget[fields.Count];
        FieldSlots = new int[fields.Count];

        var taken = new HashSet<Column>();
        // From the last: where a name, or a column, is given twice, the last one counts.
        for (int i = fields.Count - 1; i >= 0; i--)
        {
            FieldTarget target = model.FieldOf(record, fields[i]);
            bool again = target switch
            {
                ColumnField field => !taken.Add(field.Column),
                ManyToManyField field => Targets.Skip(i + 1).Contains(field),
                _ => false,
            };
            Targets[i] = again ? new IgnoredField(target.Field) : target;
        }

        List<RowSlot> slots = [];
        for (int part = 0; part < model.Key.Length; part++)
            slots.Add(new RowSlot(model.Key[part], SlotSource.Key, part));
        KeyInFields = model.Key.Length > 0 && model.Key.All(key => taken.Contains(key.Column));
        for (int i = 0; i < fields.Count; i++)
        {
            FieldSlots[i] = -1;
            if (Targets[i] is not ColumnField field)
                continue;
            int keyPart = Array.FindIndex(model.Key, key => key.Column == field.Column);
            FieldSlots[i] = keyPart >= 0 ? keyPart : slots.Count;
            if (keyPart < 0)
                slots.Add(new RowSlot(field, SlotSource.Field, i));
        }
        for (int i = 0; i < model.Defaults.Count; i++)
        {
            ColumnField field = model.Defaults[i].Field;
            if (!field.Column.IsPrimaryKey && taken.Add(field.Column))
                slots.Add(new RowSlot(field, SlotSource.Default, i));
        }
        if (missingText == MissingText.Empty)
        {
            foreach (Column column in model.Table.RequiredColumns)
            {
                if (taken.Contains(column))
                    continue;
                ColumnField field = model.FieldOf(column);
                if (field is { Reference: null, Type.CanBeEmptyText: true })
                    slots.Add(new RowSlot(field, SlotSource.EmptyText, 0));
            }
        }
        Slots = [.. slots];
        CanRefer = Array.Exists(Targets, target => target is ManyToManyField or ColumnField { Reference: not null });
    }

    public ModelMap Model { get; }

    /// <summary>The model's shape that was met before this one.</summary>
    public RowShape? Next { get; }

    /// <summary>Where each field of the record goes, in the record's order.</summary>
    public FieldTarget[] Targets { get; }

    /// <summary>The slot of each field, in the record's order; -1 where it is no column.</summary>
    public int[] FieldSlots { get; }

    /// <summary>The columns to bind: the primary key's first, whether it is known or not.</summary>
    public RowSlot[] Slots { get; }

    /// <summary>Whether any of the fields may refer to other rows.</summary>
    public bool CanRefer { get; }

    /// <summary>Whether the fields themselves give the whole primary key.</summary>
    public bool KeyInFields { get; }

    /// <summary>Whether a record gives exactly this shape's fields in this order.</summary>
    public bool Fits(Record record)
    {
        int node = record.Fields + 1;
        int end = record[record.Fields].End;
        foreach (byte[] name in _names)
        {
            if (node >= end || !record.Name(node).SequenceEqual(name))
                return false;
            node = record[node].End;
        }
        return node == end;
    }

    private static List<int> FieldNodes(Record record)
    {
        List<int> nodes = [];
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
            nodes.Add(node);
        return nodes;
    }
}

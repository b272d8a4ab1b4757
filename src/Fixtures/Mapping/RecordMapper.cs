using System.Runtime.CompilerServices;
using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Turns records into rows, one after the other, by the schema of one connection.</summary>
internal sealed class RecordMapper(SchemaMap schema, NaturalKeyLookup lookup, FixtureOptions options)
{
    // UTC, so that two loads in different places store the same.
    private readonly DateTime _now = DateTime.UtcNow;
    private readonly Row _row = new();
    private (byte[] Name, ModelMap? Model)? _last;

    /// <summary>Finds the model of a record.</summary>
    /// <returns>Null if there is none and records of unknown models are passed over.</returns>
    /// <exception cref="MappingError">There is no such model, or it could be several.</exception>
    public ModelMap? FindModel(Record record)
    {
        ReadOnlySpan<byte> name = record.Value(record.Model);
        if (_last is { } last && name.SequenceEqual(last.Name))
            return last.Model;

        string model = Encoding.UTF8.GetString(name);
        try
        {
            ModelMap? map = schema.FindModel(model);
            if (map is null && !options.IgnoreNonexistent)
                throw schema.UnknownModel(model);
            _last = (name.ToArray(), map);
            return map;
        }
        catch (MappingError error)
        {
            error.Node = record.Model;
            error.IsAboutName = true;
            throw;
        }
    }

    /// <summary>
    /// Whether the database must be asked before a record's row is known: for a model or a shape of fields that is new, for the key of a row, for what a
    /// natural key or a many-to-many list refers to.
    /// </summary>
    public bool NeedsDatabase(Record record)
    {
        if (_last is not { } last || !record.Value(record.Model).SequenceEqual(last.Name))
            return true;
        if (last.Model is not { } model)
            return false;
        if (model.KnownShapeOf(record) is not { } shape)
            return true;
        bool hasKey = model.Key.Length == 0 || (record.Key >= 0 && record[record.Key].Kind != ValueKind.Null) || (shape.KeyInFields && !IsKeyNull(record, shape));
        return !hasKey || RefersByNaturalKey(record, shape);
    }

    /// <summary>Whether the field that is the primary key stores NULL. Of a key with several parts each is taken as it is.</summary>
    private static bool IsKeyNull(Record record, RowShape shape)
    {
        if (shape.Model.Key is not [{ } key])
            return false;
        int node = record.Fields + 1;
        for (int field = Array.IndexOf(shape.FieldSlots, 0); field > 0; field--)
            node = record[node].End;
        return ValueConverter.TryConvert(record, node, key.Type, out SqlValue value) && value.IsNull;
    }

    private static bool RefersByNaturalKey(Record record, RowShape shape)
    {
        if (!shape.CanRefer)
            return false;
        int node = record.Fields + 1;
        foreach (FieldTarget target in shape.Targets)
        {
            if (target is ManyToManyField || (target is ColumnField { Reference: not null } && record[node].Kind == ValueKind.List))
                return true;
            node = record[node].End;
        }
        return false;
    }

    /// <summary>Maps a record.</summary>
    /// <returns>The row, valid until the next call.</returns>
    /// <exception cref="MappingError">The record does not fit the schema.</exception>
    public Row Map(Record record, ModelMap model)
    {
        RowShape shape = model.ShapeOf(record, options.MissingText);
        _row.Begin(shape);

        MapFields(record, shape);
        MapRest(record, shape);
        MapKey(record, shape);
        return _row;
    }

    /// <summary>Everything that is wrong with a record that <see cref="Map"/> has refused: field by field, for it ends at the first.</summary>
    /// <param name="record">The record.</param>
    /// <param name="model">Its model.</param>
    /// <param name="first">What it was refused for.</param>
    public IReadOnlyList<MappingError> FindErrors(Record record, ModelMap model, MappingError first)
    {
        List<MappingError> errors = [];
        // Of a field that is given twice the shape knows which one counts.
        FieldTarget[]? targets = model.KnownShapeOf(record)?.Targets;
        int index = 0;
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            try
            {
                FieldTarget target = targets?[index++] ?? model.FieldOf(record, node);
                if (target is ColumnField column)
                    MapValue(record, node, model, column, out _);
                else if (target is ManyToManyField join)
                    MapJoin(record, node, join);
            }
            catch (MappingError error)
            {
                errors.Add(error);
            }
        }
        if (!errors.Exists(error => error.Node == first.Node && error.Message == first.Message))
            errors.Add(first);
        return errors;
    }

    /// <summary>Converts a many-to-many list to the values of its other side, and appends them to <paramref name="values"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="node">The list.</param>
    /// <param name="field">The field.</param>
    /// <param name="values">Holds those of the elements before <paramref name="element"/> where this returns false.</param>
    /// <param name="element">The element at which this ended: a natural key that no row has.</param>
    /// <returns>False if no row has one of its natural keys (yet).</returns>
    public bool TryMapList(Record record, int node, ManyToManyField field, List<SqlValue> values, out int element)
    {
        Reference reference = field.Join.ToReference;
        for (element = node + 1; element < record[node].End; element = record[element].End)
        {
            // A null in a list is no row, as in Django.
            if (record[element].Kind == ValueKind.Null)
                continue;
            SqlValue value;
            if (record[element].Kind == ValueKind.List)
            {
                if (!lookup.TryFind(record, element, reference, field.Field, out value))
                    return false;
            }
            else if (!ValueConverter.TryConvert(record, element, reference.Type, out value) || value.IsNull)
            {
                throw Invalid(record, element, field.Field, reference.Type);
            }
            values.Add(value);
        }
        return true;
    }

    private void MapFields(Record record, RowShape shape)
    {
        int node = record.Fields + 1;
        FieldTarget[] targets = shape.Targets;
        int[] slots = shape.FieldSlots;
        SqlValue[] values = _row.Values;
        for (int i = 0; i < targets.Length; i++)
        {
            switch (targets[i])
            {
                case ColumnField field:
                    MapValue(record, node, shape.Model, field, out values[slots[i]]);
                    break;
                case ManyToManyField field:
                    MapJoin(record, node, field);
                    break;
            }
            node = record[node].End;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MapValue(Record record, int node, ModelMap model, ColumnField field, out SqlValue value)
    {
        if (record[node].Kind == ValueKind.List && field.Reference is { } reference)
            MapNaturalKey(record, node, model, field, reference, out value);
        else if (!ValueConverter.TryConvert(record, node, field.Type, out value))
            throw Invalid(record, node, field.Field, field.Type);
    }

    private void MapNaturalKey(Record record, int node, ModelMap model, ColumnField field, Reference reference, out SqlValue value)
    {
        if (lookup.TryFind(record, node, reference, field.Field, out value))
            return;
        if (field.Column.IsNotNull || field.Column.IsPrimaryKey)
        {
            throw new MappingError(
                $"'{field.Field}' refers to {reference.Table.Name} {RecordText.Display(record, node)}, which no row has yet, and it cannot wait because '{model.Table.Name}.{field.Column.Name}' must not be NULL. Load what it refers to first.")
            { Field = field.Field, Node = node, Missing = reference.Table };
        }
        _row.Waiting.Add(new RowReference(field, node));
        value = SqlValue.Null;
    }

    private void MapJoin(Record record, int node, ManyToManyField field)
    {
        if (record[node].Kind != ValueKind.List)
            throw new MappingError($"'{field.Field}' is a many-to-many field and must be a list, not {RecordText.Display(record, node)}.") { Field = field.Field, Node = node };

        int first = _row.JoinValues.Count;
        bool found = TryMapList(record, node, field, _row.JoinValues, out _);
        _row.Joins.Add(new RowJoin(field, node, first, found ? _row.JoinValues.Count - first : -1));
    }

    private void MapRest(Record record, RowShape shape)
    {
        for (int slot = shape.Slots.Length - 1; slot >= 0 && shape.Slots[slot].Source is SlotSource.Default or SlotSource.EmptyText; slot--)
        {
            _row.Values[slot] = shape.Slots[slot].Source == SlotSource.EmptyText
                ? SqlValue.FromText(0, 0)
                : shape.Model.Defaults[shape.Slots[slot].Ordinal].ToValue(record, _now);
        }
    }

    private void MapKey(Record record, RowShape shape)
    {
        ModelMap model = shape.Model;
        _row.HasKey = shape.KeyInFields && !(model.Key.Length == 1 && _row.Values[0].IsNull);
        if (_row.HasKey || model.Key.Length == 0)
            return;
        if (record.Key >= 0 && record[record.Key].Kind != ValueKind.Null)
        {
            MapGivenKey(record, model);
            _row.HasKey = true;
            return;
        }
        _row.HasKey = lookup.TryFindOwn(record, _row) || TryCompleteKey(record, shape);
    }

    private void MapGivenKey(Record record, ModelMap model)
    {
        int node = record.Key;
        bool isList = record[node].Kind == ValueKind.List;
        if (model.Key.Length == 1 && !isList)
        {
            _row.Values[0] = MapKeyPart(record, node, model.Key[0]);
            return;
        }

        int part = 0;
        if (isList)
        {
            for (int element = node + 1; element < record[node].End; element = record[element].End)
            {
                if (part < model.Key.Length)
                    _row.Values[part] = MapKeyPart(record, element, model.Key[part]);
                part++;
            }
        }
        if (part != model.Key.Length)
        {
            string columns = string.Join(", ", model.Key.Select(key => key.Column.Name));
            throw new MappingError($"The pk {RecordText.Display(record, node)} must be {(model.Key.Length == 1 ? "one value" : $"a list of {model.Key.Length} values")}: the primary key of table '{model.Table.Name}' is {columns}.") { Node = node };
        }
    }

    private static SqlValue MapKeyPart(Record record, int node, ColumnField key)
    {
        if (!ValueConverter.TryConvert(record, node, key.Type, out SqlValue value) || value.IsNull)
            throw new MappingError($"The pk must be {ValueConverter.Describe(key.Type)}, not {RecordText.Display(record, node)}.") { Field = key.Field, Node = node };
        return value;
    }

    /// <summary>Completes the key with its configured defaults.</summary>
    /// <returns>False if neither fields nor defaults give any of it: SQLite gives the key.</returns>
    /// <exception cref="MappingError">They give a part of it.</exception>
    private bool TryCompleteKey(Record record, RowShape shape)
    {
        ModelMap model = shape.Model;
        int known = 0;
        for (int part = 0; part < model.Key.Length; part++)
        {
            if (model.Key.Length > 1 && Array.IndexOf(shape.FieldSlots, part) >= 0)
            {
                known++;
            }
            else if (model.Defaults.FirstOrDefault(candidate => candidate.Field.Column == model.Key[part].Column) is { } found)
            {
                _row.Values[part] = found.ToValue(record, _now);
                known++;
            }
        }
        if (known != 0 && known != model.Key.Length)
            throw new MappingError($"The record gives a part of its primary key, which is {string.Join(", ", model.Key.Select(key => key.Column.Name))}. Give all of it, as the pk or among the fields.");
        return known != 0;
    }

    private static MappingError Invalid(Record record, int node, string field, ColumnType type) =>
        new($"'{field}' must be {ValueConverter.Describe(type)}, not {RecordText.Display(record, node)}.") { Field = field, Node = node };
}

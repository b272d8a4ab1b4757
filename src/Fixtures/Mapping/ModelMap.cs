using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>What one model's name, fields and defaults are in the database. Built when the model is first met, kept with the schema.</summary>
internal sealed class ModelMap
{
    // Records that all differ in their fields would otherwise be searched through without end.
    private const int MostShapes = 64;

    private readonly SchemaMap _schema;
    private readonly Dictionary<string, FieldTarget?> _fields = new(StringComparer.Ordinal);
    private RowShape? _firstShape;
    private RowShape? _lastShape;
    private RecordTemplate? _lastTemplate;
    private int _shapeCount;

    public ModelMap(SchemaMap schema, string model, Table table, ModelOptions? options)
    {
        _schema = schema;
        Model = model;
        Table = table;
        Options = options;
        Key = [.. table.PrimaryKey.Select(FieldOf)];
        Defaults = schema.ReadDefaults(this);
    }

    /// <summary>The model's name as the fixture writes it.</summary>
    public string Model { get; }

    public Table Table { get; }

    public ModelOptions? Options { get; }

    /// <summary>The primary key's columns, in key order.</summary>
    public ColumnField[] Key { get; }

    public IReadOnlyList<ColumnDefault> Defaults { get; }

    public NaturalKey? NaturalKey => _schema.NaturalKeyOf(Table);

    /// <summary>The shape of a record: that of the record before in nearly all cases.</summary>
    public RowShape ShapeOf(Record record, MissingText missingText)
    {
        if (KnownShapeOf(record) is { } known)
            return known;

        if (_shapeCount++ == MostShapes)
        {
            _firstShape = null;
            _shapeCount = 1;
        }
        return _firstShape = _lastShape = new RowShape(this, record, missingText, _firstShape);
    }

    /// <summary>The shape of a record, or null if none of the records before had it.</summary>
    public RowShape? KnownShapeOf(Record record)
    {
        if (_lastShape is not null && ((record.Template is not null && record.Template == _lastTemplate) || _lastShape.Fits(record)))
        {
            _lastTemplate = record.Template;
            return _lastShape;
        }

        _lastTemplate = null;
        for (RowShape? shape = _firstShape; shape is not null; shape = shape.Next)
        {
            if (shape.Fits(record))
                return _lastShape = shape;
        }
        return null;
    }

    /// <summary>A column under its own name, with the type that the configuration gives it.</summary>
    public ColumnField FieldOf(Column column) => _schema.ColumnField(Table, column, column.Name, Options);

    /// <summary>What one of a record's fields is.</summary>
    /// <exception cref="MappingError">There is no such field, or it could be several.</exception>
    public FieldTarget FieldOf(Record record, int node)
    {
        string field = Encoding.UTF8.GetString(record.Name(node));
        try
        {
            return Find(field) ?? throw SchemaMap.UnknownField(this, field, GivenColumns(record));
        }
        catch (MappingError error)
        {
            error.Node = node;
            error.IsAboutName = true;
            throw;
        }
    }

    private FieldTarget? Find(string field)
    {
        if (!_fields.TryGetValue(field, out FieldTarget? target))
            _fields.Add(field, target = _schema.FindField(this, field));
        return target;
    }

    private List<Column> GivenColumns(Record record)
    {
        List<Column> given = [];
        if (record.Key >= 0)
            given.AddRange(Table.PrimaryKey);
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            try
            {
                if (Find(Encoding.UTF8.GetString(record.Name(node))) is ColumnField field)
                    given.Add(field.Column);
            }
            catch (MappingError)
            {
                // Another field that could be several columns: it is told by itself.
                continue;
            }
        }
        return given;
    }
}

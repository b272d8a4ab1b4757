namespace Fixtures.Mapping;

/// <summary>
/// The rules that lead from the names in fixtures to the schema: model to table, field to column or join table, reference to natural key.
/// What was found once is kept, for as long as the schema is the same.
/// </summary>
internal sealed class SchemaMap(Schema schema, FixtureOptions options)
{
    private readonly Dictionary<string, ModelMap?> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<Table, NaturalKey?> _naturalKeys = [];
    private Dictionary<Table, List<ModelOptions>>? _optionsByTable;

    public Schema Schema { get; } = schema;

    /// <returns>Null if there is no such model.</returns>
    /// <exception cref="MappingError">It could be several, or its configuration does not fit the schema.</exception>
    public ModelMap? FindModel(string model)
    {
        if (!_models.TryGetValue(model, out ModelMap? map))
        {
            ModelOptions? modelOptions = options.Models.GetValueOrDefault(model)
                ?? (options.Models.Keys.FirstOrDefault(known => known.Equals(model, StringComparison.OrdinalIgnoreCase)) is { } key ? options.Models[key] : null);
            map = FindTable(model, modelOptions) is { } table ? new ModelMap(this, model, table, modelOptions) : null;
            _models.Add(model, map);
        }
        return map;
    }

    /// <summary>Says that there is no such model, and what there is.</summary>
    public MappingError UnknownModel(string model)
    {
        string table = TableNameOf(model);
        string? nearest = NearestName.Among(table, Schema.TableNames);
        return new MappingError(
            $"Invalid model identifier: '{model}': there is no table '{table}'. " + (nearest is null ? "" : $"Did you mean '{nearest}'? ")
            + (Schema.TableNames.Count == 0 ? "The database has no tables: create its schema first." : $"The tables are {string.Join(", ", Schema.TableNames)}."));
    }

    /// <returns>Null if there is no such field.</returns>
    /// <exception cref="MappingError">It could be several, or its configuration does not fit the schema.</exception>
    public FieldTarget? FindField(ModelMap model, string field)
    {
        ModelOptions? modelOptions = model.Options;
        if (modelOptions?.IgnoredFields.Contains(field, StringComparer.Ordinal) == true)
            return new IgnoredField(field);
        if (modelOptions?.JoinTables.GetValueOrDefault(field) is { } joinOptions)
            return new ManyToManyField(field, FindJoinTable(model, field, Configured(joinOptions.Table, $"The join table of '{field}'"), joinOptions));
        if (FindColumn(model.Table, field, modelOptions) is { } column)
            return ColumnField(model.Table, column, field, modelOptions);
        if (Schema.Find($"{model.Table.Name}_{field}") is { } join)
            return new ManyToManyField(field, FindJoinTable(model, field, join, null));
        return options.IgnoreNonexistent ? new IgnoredField(field) : null;
    }

    /// <summary>Says that there is no such field, and which columns the record does not give yet.</summary>
    public static MappingError UnknownField(ModelMap model, string field, ICollection<Column> given)
    {
        string[] left = [.. model.Table.Columns.Where(column => !column.IsGenerated && !given.Contains(column)).Select(column => column.Name)];
        string? nearest = NearestName.Among(field, left);
        return new MappingError(
            $"{model.Model} has no field named '{field}': there is neither a column of table '{model.Table.Name}' nor a join table '{model.Table.Name}_{field}' for it. "
            + (nearest is null ? "" : $"Did you mean '{nearest}'? ")
            + (left.Length == 0 ? "All its columns are given." : $"The columns that are not given are {string.Join(", ", left)}."))
        { Field = field };
    }

    /// <summary>A column as the target of a field, with what it refers to.</summary>
    public ColumnField ColumnField(Table table, Column column, string field, ModelOptions? modelOptions)
    {
        Reference? reference = FindReference(table, column, field, modelOptions);
        ColumnType type = reference?.Type ?? column.Type;
        if (FindTypeName(column, field, modelOptions) is { } name)
            type = type.Override(name) ?? throw new MappingError($"'{name}' is not a type that 'types' knows.") { Field = field };
        return new ColumnField(field, column, type, reference);
    }

    /// <summary>The natural key of a table: configured, else its only unique index. Null: it has none.</summary>
    public NaturalKey? NaturalKeyOf(Table table)
    {
        if (_naturalKeys.TryGetValue(table, out NaturalKey? known))
            return known;

        ModelOptions? modelOptions = OptionsOf(table).FirstOrDefault(entry => entry.NaturalKey.Count > 0);
        NaturalKey? key = modelOptions is not null
            ? new NaturalKey(table, [.. modelOptions.NaturalKey.Select(path => FindPart(table, path))], IsConfigured: true)
            : table.UniqueIndexes is [{ } columns]
                ? new NaturalKey(table, [.. columns.Select(column => new NaturalKeyPart([], ColumnField(table, column, column.Name, OptionsOf(table).FirstOrDefault())))], IsConfigured: false)
                : null;
        _naturalKeys.Add(table, key);
        return key;
    }

    public IReadOnlyList<ColumnDefault> ReadDefaults(ModelMap model)
    {
        if (model.Options is null)
            return [];

        List<ColumnDefault> defaults = [];
        foreach ((string field, object? value) in model.Options.Defaults)
        {
            // A default for a column of another version of the schema, or of a many-to-many field, has nothing to apply to.
            if (FindColumn(model.Table, field, model.Options) is { } column)
                defaults.Add(new ColumnDefault(ColumnField(model.Table, column, field, model.Options), value));
        }
        return defaults;
    }

    private static string TableNameOf(string model) => model.Replace('.', '_');

    private Table? FindTable(string model, ModelOptions? modelOptions)
    {
        if (modelOptions?.Table is { } configured)
            return Configured(configured, $"The table of model '{model}'");

        string table = TableNameOf(model);
        string name = model[(model.LastIndexOf('.') + 1)..];
        string[] tries = name == model ? [model] : [table, name];
        foreach (Func<string, string> fold in (Func<string, string>[])[known => known.ToLowerInvariant(), Names.FoldPlural])
        {
            foreach (string attempt in tries)
            {
                List<string> candidates = Names.Matching(attempt, Schema.TableNames, fold);
                if (candidates.Count > 1)
                    throw new MappingError($"Model '{model}' could be table {string.Join(" or ", candidates.Select(candidate => $"'{candidate}'"))}. Say which in the configuration: models.{model}.table.");
                if (candidates.Count == 1)
                    return Schema.Find(candidates[0])!;
            }
        }

        if (tries.Select(attempt => Names.Matching(attempt, Schema.ViewNames, Names.FoldPlural)).FirstOrDefault(found => found.Count > 0) is [{ } view, ..])
            throw new MappingError($"Model '{model}' is the view '{view}', and records are loaded into tables only. Name the table in the configuration: models.{model}.table.");
        return null;
    }

    private Table Configured(string table, string what) =>
        Schema.Find(table) ?? throw new MappingError($"{what} is configured as '{table}', and the database has no such table. The tables are {string.Join(", ", Schema.TableNames)}.");

    private static Column? FindColumn(Table table, string field, ModelOptions? modelOptions)
    {
        if (modelOptions?.Columns.GetValueOrDefault(field) is { } configured)
            return Usable(table, field, table.FindColumn(configured)
                ?? throw new MappingError($"The column of '{field}' is configured as '{configured}', and table '{table.Name}' has no such column.") { Field = field });
        if ((table.FindColumn(field) ?? table.FindColumn(field + "_id")) is { } same)
            return Usable(table, field, same);

        foreach (string attempt in (string[])[field, field + "_id"])
        {
            List<string> candidates = Names.Matching(attempt, table.Columns.Select(column => column.Name), Names.Fold);
            if (candidates.Count > 1)
                throw new MappingError($"'{field}' could be column {string.Join(" or ", candidates.Select(candidate => $"'{candidate}'"))} of table '{table.Name}'. Say which in the configuration: columns.{field}.") { Field = field };
            if (candidates.Count == 1)
                return Usable(table, field, table.FindColumn(candidates[0])!);
        }
        return null;
    }

    private static Column Usable(Table table, string field, Column column) => column.IsGenerated
        ? throw new MappingError($"'{field}' is the generated column '{column.Name}' of table '{table.Name}': SQLite computes its value. Remove the field, or name it in ignoredFields.") { Field = field }
        : column;

    private static string? FindTypeName(Column column, string field, ModelOptions? modelOptions) => modelOptions is null
        ? null
        : modelOptions.Types.GetValueOrDefault(field) ?? modelOptions.Types.GetValueOrDefault(column.Name);

    private Reference? FindReference(Table table, Column column, string field, ModelOptions? modelOptions)
    {
        if ((modelOptions?.References.GetValueOrDefault(field) ?? modelOptions?.References.GetValueOrDefault(column.Name)) is { } configured)
        {
            Table referenced = Configured(configured.Table, $"What '{field}' refers to");
            return ReferenceTo(referenced, configured.Column, field) ?? throw new MappingError(
                $"'{field}' is configured to refer to '{configured.Table}', which has no {(configured.Column is null ? "primary key of one column" : $"column '{configured.Column}'")}.")
            { Field = field };
        }
        return table.ForeignKeys.TryGetValue(column, out ForeignKey? key) && Schema.Find(key.Table) is { } target ? ReferenceTo(target, key.Column, field) : null;
    }

    private Reference? ReferenceTo(Table table, string? columnName, string field)
    {
        Column? column = columnName is null ? (table.PrimaryKey is [{ } key] ? key : null) : table.FindColumn(columnName);
        return column is null ? null : new Reference(table, column, ReferencedType(table, column, field, 0));
    }

    /// <summary>The type at the end of a chain of foreign keys: a key that is itself a foreign key has the type of what it refers to.</summary>
    private ColumnType ReferencedType(Table table, Column column, string field, int depth)
    {
        const int DeepestChain = 32;
        if (FindTypeName(column, column.Name, OptionsOf(table).FirstOrDefault()) is { } name && column.Type.Override(name) is { } configured)
            return configured;
        if (depth < DeepestChain && table.ForeignKeys.TryGetValue(column, out ForeignKey? key) && Schema.Find(key.Table) is { } next
            && (key.Column is null ? (next.PrimaryKey is [{ } only] ? only : null) : next.FindColumn(key.Column)) is { } nextColumn && nextColumn != column)
        {
            return ReferencedType(next, nextColumn, field, depth + 1);
        }
        return column.Type;
    }

    private JoinTable FindJoinTable(ModelMap model, string field, Table join, JoinTableOptions? configured)
    {
        List<(Column Column, Reference Reference)> keys = [];
        foreach (Column column in join.Columns)
        {
            if (FindReference(join, column, column.Name, OptionsOf(join).FirstOrDefault()) is { } reference)
                keys.Add((column, reference));
        }

        (Column Column, Reference Reference)? from = configured?.From is { } fromName
            ? FindJoinColumn(join, keys, fromName, model.Table)
            : OneOf(keys.FindAll(key => key.Reference.Table == model.Table), preferred: key => key.Column.Name.StartsWith("from_", StringComparison.OrdinalIgnoreCase));
        (Column Column, Reference Reference)? to = configured?.To is { } toName
            ? FindJoinColumn(join, keys, toName, null)
            : OneOf(keys.FindAll(key => key.Column != from?.Column), preferred: key => key.Column.Name.StartsWith("to_", StringComparison.OrdinalIgnoreCase));
        if (from is not { } here || to is not { } there)
        {
            throw new MappingError(
                $"'{field}' is a many-to-many field, and the foreign keys of its join table '{join.Name}' do not tell which column refers to '{model.Table.Name}' and which to the other side. "
                + $"Say it in the configuration: models.{model.Model}.joinTables.{field}, with 'table', 'from' and 'to'.")
            { Field = field };
        }
        Column[] emptyTexts = options.MissingText == MissingText.Empty ? [.. join.RequiredColumns.Where(column => column.Type.CanBeEmptyText && column != here.Column && column != there.Column)] : [];
        return new JoinTable(join, here.Column, here.Reference, there.Column, there.Reference, configured?.Symmetrical ?? false, emptyTexts);
    }

    private (Column, Reference)? FindJoinColumn(Table join, List<(Column Column, Reference Reference)> keys, string name, Table? own)
    {
        Column column = join.FindColumn(name) ?? throw new MappingError($"Join table '{join.Name}' has no column '{name}', as the configuration says.");
        int known = keys.FindIndex(key => key.Column == column);
        if (known >= 0)
            return keys[known];
        return own is not null && ReferenceTo(own, null, name) is { } reference ? (column, reference) : null;
    }

    private static (Column, Reference)? OneOf(List<(Column Column, Reference Reference)> keys, Predicate<(Column Column, Reference Reference)> preferred)
    {
        if (keys.Count > 1 && keys.FindAll(preferred) is [{ } only])
            return only;
        return keys.Count == 1 ? keys[0] : null;
    }

    private NaturalKeyPart FindPart(Table table, string path)
    {
        List<ColumnField> walk = [];
        string[] names = path.Split('.');
        Table current = table;
        foreach (string name in names[..^1])
        {
            ColumnField step = FindKeyColumn(current, name, path);
            if (step.Reference is null)
                throw new MappingError($"The natural key '{path}' of table '{table.Name}' walks '{name}', which is no foreign key.");
            walk.Add(step);
            current = step.Reference.Table;
        }
        return new NaturalKeyPart([.. walk], FindKeyColumn(current, names[^1], path));
    }

    private ColumnField FindKeyColumn(Table table, string name, string path)
    {
        ModelOptions? modelOptions = OptionsOf(table).FirstOrDefault();
        Column column = FindColumn(table, name, modelOptions) ?? throw new MappingError($"The natural key '{path}' names '{name}', and table '{table.Name}' has no such column.");
        return ColumnField(table, column, name, modelOptions);
    }

    /// <summary>The configuration of the models that are a table. A model whose table is in another database has none here.</summary>
    private List<ModelOptions> OptionsOf(Table table)
    {
        if (_optionsByTable is null)
        {
            _optionsByTable = [];
            foreach ((string model, ModelOptions modelOptions) in options.Models)
            {
                if ((modelOptions.Table is { } configured ? Schema.Find(configured) : FindTable(model, modelOptions)) is not { } found)
                    continue;
                if (!_optionsByTable.TryGetValue(found, out List<ModelOptions>? list))
                    _optionsByTable.Add(found, list = []);
                list.Add(modelOptions);
            }
        }
        return _optionsByTable.TryGetValue(table, out List<ModelOptions>? known) ? known : [];
    }
}

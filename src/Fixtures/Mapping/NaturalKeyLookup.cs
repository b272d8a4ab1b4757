using System.Text;
using Fixtures.Formats;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Finds rows by their natural keys, on one connection, through prepared statements.</summary>
/// <param name="database">The connection.</param>
/// <param name="schema">What natural keys are.</param>
/// <param name="beforeRead">Called before the database is read: rows that are still to be written are written now.</param>
/// <param name="beforeFirstRead">Called before a table is read for the first time.</param>
internal sealed class NaturalKeyLookup(sqlite3 database, SchemaMap schema, Action beforeRead, Action<Table> beforeFirstRead) : IDisposable
{
    private Dictionary<(NaturalKey Key, Column Result, bool AnyNull), Statement>? _statements;
    private readonly Dictionary<NaturalKey, Statement> _ownStatements = [];

    /// <summary>Finds the value that a reference to a row stores.</summary>
    /// <param name="record">The record that refers.</param>
    /// <param name="node">The natural key: a list.</param>
    /// <param name="reference">What is referred to.</param>
    /// <param name="field">The field, for messages.</param>
    /// <param name="value">The referenced column's value.</param>
    /// <returns>False if no row has this key (yet).</returns>
    /// <exception cref="MappingError">The list is no natural key of the table, or several rows have it.</exception>
    public bool TryFind(Record record, int node, Reference reference, string field, out SqlValue value)
    {
        value = SqlValue.Null;
        NaturalKey key = schema.NaturalKeyOf(reference.Table) ?? throw new MappingError(
            $"'{field}' must be {ValueConverter.Describe(reference.Type)}, not a list: table '{reference.Table.Name}' has no natural key, because it has no unique index or more than one. Name the key in the configuration: naturalKey.")
        { Field = field, Node = node };

        Span<SqlValue> parts = stackalloc SqlValue[key.Parts.Length];
        bool anyNull = false;
        int count = 0;
        for (int element = node + 1; element < record[node].End; element = record[element].End)
        {
            if (count < parts.Length)
            {
                if (!TryConvertPart(record, element, key.Parts[count].Target, field, out parts[count]))
                    return false;
                anyNull |= parts[count].IsNull;
            }
            count++;
        }
        if (count != parts.Length)
        {
            throw new MappingError(
                $"'{field}' is a natural key of {count} value(s), and that of table '{reference.Table.Name}' has {parts.Length}: {string.Join(", ", key.Parts.Select(Describe))}.")
            { Field = field, Node = node };
        }

        beforeRead();
        Statement statement = StatementFor(key, reference.Column, anyNull);
        for (int i = 0; i < parts.Length; i++)
            statement.Bind(i + 1, parts[i], record.Arena);
        try
        {
            if (!statement.Step())
                return false;
            value = statement.Value(0, record);
            if (statement.Step())
                throw new MappingError($"'{field}' refers to {reference.Table.Name} {RecordText.Display(record, node)}, and more than one row has this natural key.") { Field = field, Node = node };
            return true;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Finds the row that a row without key is meant to be, and puts its key into the first values.</summary>
    /// <returns>False if there is none, or the row does not give its natural key.</returns>
    /// <exception cref="MappingError">Several rows have this key.</exception>
    public bool TryFindOwn(Record record, Row row)
    {
        ModelMap model = row.Shape.Model;
        if (model.Key.Length == 0 || model.NaturalKey is not { } key)
            return false;

        Column[] columns = key.OwnColumns;
        Span<int> slots = stackalloc int[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            slots[i] = Array.FindIndex(row.Shape.Slots, slot => slot.Field.Column == columns[i] && slot.Source != SlotSource.Key);
            if (slots[i] < 0 || row.IsWaiting(columns[i]) || (!key.IsConfigured && row.Values[slots[i]].IsNull))
                return false;
        }

        beforeRead();
        if (!_ownStatements.TryGetValue(key, out Statement? statement))
        {
            beforeFirstRead(model.Table);
            string result = string.Join(", ", model.Key.Select(part => part.Column.QuotedName));
            string conditions = string.Join(" AND ", columns.Select(column => $"{column.QuotedName} IS ?"));
            _ownStatements.Add(key, statement = new Statement(database, $"SELECT {result} FROM {model.Table.QuotedName} WHERE {conditions} LIMIT 2"));
        }
        for (int i = 0; i < columns.Length; i++)
            statement.Bind(i + 1, row.Values[slots[i]], record.Arena);
        try
        {
            if (!statement.Step())
                return false;
            for (int part = 0; part < model.Key.Length; part++)
                row.Values[part] = statement.Value(part, record);
            if (statement.Step())
                throw new MappingError($"The record has no pk, and more than one row of table '{model.Table.Name}' has its natural key ({string.Join(", ", key.Parts.Select(Describe))}).");
            return true;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        if (_statements is not null)
        {
            foreach (Statement statement in _statements.Values)
                statement.Dispose();
        }
        foreach (Statement statement in _ownStatements.Values)
            statement.Dispose();
    }

    /// <summary>Converts one value of a key. A part that is itself a foreign key may be given as a natural key.</summary>
    private bool TryConvertPart(Record record, int element, ColumnField target, string field, out SqlValue value)
    {
        if (record[element].Kind == ValueKind.List && target.Reference is not null)
            return TryFind(record, element, target.Reference, field, out value);
        if (!ValueConverter.TryConvert(record, element, target.Type, out value))
        {
            throw new MappingError($"'{field}': '{target.Column.Name}' of the natural key must be {ValueConverter.Describe(target.Type)}, not {RecordText.Display(record, element)}.")
            { Field = field, Node = element };
        }
        return true;
    }

    private Statement StatementFor(NaturalKey key, Column result, bool anyNull)
    {
        _statements ??= [];
        if (!_statements.TryGetValue((key, result, anyNull), out Statement? statement))
        {
            foreach (Table table in key.Tables)
                beforeFirstRead(table);
            _statements.Add((key, result, anyNull), statement = new Statement(database, Select(key, result, anyNull)));
        }
        return statement;
    }

    /// <summary>
    /// Inner joins where all parts are given, so that SQLite may start at any table; outer joins where a part is null, so that a foreign key that is null is found.
    /// </summary>
    private static string Select(NaturalKey key, Column result, bool anyNull)
    {
        var joins = new StringBuilder();
        var conditions = new StringBuilder();
        Dictionary<string, string> aliases = new(StringComparer.Ordinal) { [""] = "t" };
        foreach (NaturalKeyPart part in key.Parts)
        {
            string path = "";
            foreach (ColumnField step in part.Walk)
            {
                string from = aliases[path];
                path += step.Column.QuotedName;
                if (aliases.TryAdd(path, $"t{aliases.Count}"))
                {
                    joins.Append(anyNull ? " LEFT JOIN " : " JOIN ").Append(step.Reference!.Table.QuotedName).Append(" AS ").Append(aliases[path])
                        .Append(" ON ").Append(aliases[path]).Append('.').Append(step.Reference.Column.QuotedName).Append(" = ").Append(from).Append('.').Append(step.Column.QuotedName);
                }
            }
            conditions.Append(conditions.Length == 0 ? "" : " AND ").Append(aliases[path]).Append('.').Append(part.Target.Column.QuotedName).Append(anyNull ? " IS ?" : " = ?");
        }
        return $"SELECT t.{result.QuotedName} FROM {key.Table.QuotedName} AS t{joins} WHERE {conditions} LIMIT 2";
    }

    private static string Describe(NaturalKeyPart part) => string.Join('.', [.. part.Walk.Select(step => step.Field), part.Target.Field]);
}

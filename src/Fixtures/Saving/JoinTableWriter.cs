using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Makes the rows of join tables what many-to-many lists say: missing ones are inserted, others deleted, existing ones kept.</summary>
/// <param name="database">The connection.</param>
/// <param name="indexes">Told of each search.</param>
internal sealed class JoinTableWriter(sqlite3 database, BorrowedIndexes indexes) : IDisposable
{
    private readonly Dictionary<JoinTable, JoinStatements> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly List<SqlValue> _unwanted = [];
    private readonly HashSet<(SqlType, long, string?)> _existing = [];
    private readonly HashSet<(SqlType, long, string?)> _wanted = [];
    private readonly HashSet<long> _inserted = [];

    /// <param name="record">The record whose bytes the values slice.</param>
    /// <param name="join">The join table.</param>
    /// <param name="from">The value of this side.</param>
    /// <param name="to">The values of the other side: exactly these rows are there afterwards.</param>
    public void Write(Record record, JoinTable join, SqlValue from, ReadOnlySpan<SqlValue> to)
    {
        if (!_statements.TryGetValue(join, out JoinStatements? statements))
            _statements.Add(join, statements = new JoinStatements(database, join));

        indexes.BeforeSearch(join.Table, join.From);
        bool hasRows = FindUnwanted(record, statements, from, to);
        foreach (SqlValue value in _unwanted)
        {
            Execute(statements.Delete, record, from, value);
            if (join.Symmetrical)
                Execute(statements.Delete, record, value, from);
        }
        _inserted.Clear();
        foreach (SqlValue value in to)
        {
            // Two integers that differ are not equal in any column, and an INSERT that looks for no row before takes half the time.
            bool isNew = !hasRows && !join.Symmetrical && value.Type == SqlType.Integer && _inserted.Add(value.Integer);
            Execute(isNew ? statements.InsertNew : statements.Insert, record, from, value);
            if (join.Symmetrical)
                Execute(statements.Insert, record, value, from);
        }
    }

    public void Dispose()
    {
        foreach (JoinStatements statements in _statements.Values)
            statements.Dispose();
    }

    /// <returns>Whether there are rows of this side.</returns>
    private bool FindUnwanted(Record record, JoinStatements statements, SqlValue from, ReadOnlySpan<SqlValue> to)
    {
        _unwanted.Clear();
        statements.Existing.Bind(1, from, record.Arena);
        while (statements.Existing.Step())
            _unwanted.Add(statements.Existing.Value(0, record));
        statements.Existing.Reset();
        if (_unwanted.Count == 0)
            return false;

        _existing.Clear();
        foreach (SqlValue value in _unwanted)
            _existing.Add(Identity(record, value));
        _wanted.Clear();
        foreach (SqlValue value in to)
        {
            if (_existing.Contains(Identity(record, value)))
                _wanted.Add(Identity(record, value));
            else
                AddEqual(record, statements.Equal, from, value);
        }
        _unwanted.RemoveAll(value => _wanted.Contains(Identity(record, value)));
        return true;
    }

    /// <summary>What SQLite takes for equal may be stored otherwise: by the column's affinity and collation.</summary>
    private void AddEqual(Record record, Statement equal, SqlValue from, SqlValue to)
    {
        equal.Bind(1, from, record.Arena);
        equal.Bind(2, to, record.Arena);
        while (equal.Step())
            _wanted.Add(Identity(record, equal.Value(0, record)));
        equal.Reset();
    }

    private static (SqlType, long, string?) Identity(Record record, SqlValue value) => value.Type switch
    {
        SqlType.Text => (value.Type, 0, Encoding.UTF8.GetString(record.Bytes(value.Start, value.Length))),
        SqlType.Blob => (value.Type, 0, Convert.ToHexString(record.Bytes(value.Start, value.Length))),
        _ => (value.Type, value.Integer, null),
    };

    private static void Execute(Statement statement, Record record, SqlValue from, SqlValue to)
    {
        statement.Bind(1, from, record.Arena);
        statement.Bind(2, to, record.Arena);
        statement.Execute();
    }

    private sealed class JoinStatements : IDisposable
    {
        public JoinStatements(sqlite3 database, JoinTable join)
        {
            string table = join.Table.QuotedName;
            string from = join.From.QuotedName;
            string to = join.To.QuotedName;
            Existing = new Statement(database, $"SELECT {to} FROM {table} WHERE {from} = ?");
            Equal = new Statement(database, $"SELECT {to} FROM {table} WHERE {from} = ?1 AND {to} = ?2");
            Delete = new Statement(database, $"DELETE FROM {table} WHERE {from} = ?1 AND {to} = ?2");
            string columns = string.Join(", ", [from, to, .. join.EmptyTexts.Select(column => column.QuotedName)]);
            string values = string.Join(", ", ["?1", "?2", .. join.EmptyTexts.Select(_ => "''")]);
            InsertNew = new Statement(database, $"INSERT INTO {table} ({columns}) VALUES ({values})");
            Insert = new Statement(database, $"INSERT INTO {table} ({columns}) SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {from} = ?1 AND {to} = ?2)");
        }

        public Statement Existing { get; }

        public Statement Equal { get; }

        public Statement Delete { get; }

        /// <summary>Inserts a row where there is none.</summary>
        public Statement InsertNew { get; }

        /// <summary>Inserts a row unless it is there.</summary>
        public Statement Insert { get; }

        public void Dispose()
        {
            Existing.Dispose();
            Equal.Dispose();
            Delete.Dispose();
            InsertNew.Dispose();
            Insert.Dispose();
        }
    }
}

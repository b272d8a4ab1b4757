using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Shapes;

/// <summary>
/// The writes of records with their values at hand, run by Microsoft.Data.Sqlite as fast as it can: each statement prepared once, its parameters used again,
/// one transaction. A row at a time: the provider looks each parameter up by its name, which takes the longer the more of them a statement has.
/// </summary>
internal sealed class BareCommands
{
    private readonly string[] _statements;
    private readonly (int Statement, object[] Values)[] _writes;

    public BareCommands(IEnumerable<ShapeRecord> records)
    {
        ShapeWrite[] writes = [.. records.SelectMany(record => record.Writes)];
        _statements = [.. writes.Select(write => write.Sql).Distinct(StringComparer.Ordinal)];
        _writes = [.. writes.Select(write => (Array.IndexOf(_statements, write.Sql), write.Values))];
    }

    public void Run(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        var commands = new SqliteCommand[_statements.Length];
        var parameters = new SqliteParameter[]?[_statements.Length];
        foreach ((int statement, object[] values) in _writes)
        {
            SqliteParameter[] own = parameters[statement] ??= Prepare(commands[statement] = connection.CreateCommand(), transaction, _statements[statement], values.Length);
            for (int i = 0; i < values.Length; i++)
                own[i].Value = values[i];
            commands[statement].ExecuteNonQuery();
        }
        transaction.Commit();
        foreach (SqliteCommand command in commands)
            command.Dispose();
    }

    private static SqliteParameter[] Prepare(SqliteCommand command, SqliteTransaction transaction, string sql, int parameterCount)
    {
        command.Transaction = transaction;
        command.CommandText = sql;
        SqliteParameter[] parameters = [.. Enumerable.Range(0, parameterCount).Select(index => command.Parameters.AddWithValue($"${index}", 0))];
        command.Prepare();
        return parameters;
    }
}

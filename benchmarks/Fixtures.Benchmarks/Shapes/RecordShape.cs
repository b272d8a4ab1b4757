using System.Text;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Shapes;

/// <summary>Tables, and records for them that are shaped alike.</summary>
/// <param name="Schema">Makes the tables.</param>
/// <param name="Records">The records, those first that others refer to.</param>
internal sealed record RecordShape(string Schema, IReadOnlyList<ShapeRecord> Records)
{
    /// <summary>Writes the records as a fixture.</summary>
    public void WriteJson(string path)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024);
        string separator = "[";
        foreach (ShapeRecord record in Records)
        {
            writer.Write(separator);
            writer.Write(record.Json);
            separator = ", ";
        }
        writer.Write("]\n");
    }

    /// <summary>Opens a new in-memory database with the empty tables.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Makes sure that two databases have the same rows, each value of the same type.</summary>
    public static void CheckSame(SqliteConnection expected, SqliteConnection actual)
    {
        foreach (object[] table in Rows(expected, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        {
            string select = $"SELECT * FROM {table[0]} ORDER BY rowid";
            List<object[]> rows = Rows(expected, select);
            List<object[]> others = Rows(actual, select);
            if (rows.Count == 0 || rows.Count != others.Count || !rows.Zip(others, Enumerable.SequenceEqual).All(isSame => isSame))
                throw new InvalidOperationException($"'{table[0]}' has other rows than it should.");
        }
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            object[] values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(values);
        }
        return rows;
    }
}

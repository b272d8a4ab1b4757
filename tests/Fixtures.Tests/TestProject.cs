using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests;

/// <summary>A temporary folder with fixtures, options that look nowhere else, and an open database.</summary>
internal sealed class TestProject : IDisposable
{
    /// <param name="schema">SQL for the database.</param>
    /// <param name="file">The database's file in the folder; null: in memory.</param>
    public TestProject(string schema = "", string? file = null)
    {
        Options = new FixtureOptions { SearchCurrentDirectory = false, FixtureDirectories = [Path] };
        Connection = Open(file is null ? "Data Source=:memory:" : $"Data Source={At(file)};Pooling=False");
        Run(schema);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("fixtures-project-").FullName;

    public FixtureOptions Options { get; set; }

    public SqliteConnection Connection { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public TestProject Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return this;
    }

    /// <summary>Sets what the configuration says of one model.</summary>
    public TestProject Configure(string model, ModelOptions options)
    {
        Options = Options with { Models = new Dictionary<string, ModelOptions>(Options.Models) { [model] = options } };
        return this;
    }

    public LoadReport Load(params string[] labels) => new FixtureLoader(Options).LoadInto(Connection, labels);

    public LoadReport LoadJson(string records) => Write("data.json", records).Load("data");

    /// <summary>What a load is refused with.</summary>
    public FixtureException Refused(params string[] labels) => Assert.Throws<FixtureException>(() => Load(labels));

    public FixtureException RefusedJson(string records) => Write("data.json", records).Refused("data");

    public static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    public TestProject Run(string sql)
    {
        Run(Connection, sql);
        return this;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        object? value = command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    /// <summary>All rows: <c>1|a;2|NULL</c>.</summary>
    public string Rows(string sql) => Rows(Connection, sql);

    /// <inheritdoc cref="Rows(string)"/>
    public static string Rows(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "NULL" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return string.Join(';', rows);
    }

    public void Dispose()
    {
        Connection.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}

// Prints what a query finds in a SQLite file: dotnet run query.cs FILE "SELECT ..."
// For a look at loaded rows where no sqlite3 shell is at hand. The library is referred to only for the SQLite that it brings.
#:project ../src/Fixtures
#:property PublishAot=false
using Microsoft.Data.Sqlite;

using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = args[0], Mode = SqliteOpenMode.ReadOnly }.ToString());
connection.Open();
using var command = new SqliteCommand(args[1], connection);
using SqliteDataReader rows = command.ExecuteReader();
Console.WriteLine(string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
while (rows.Read())
    Console.WriteLine(string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));

// The least that a program can do to store the same five records: no command line, no search, no schema; Microsoft.Data.Sqlite and five rows whose columns are
// known to it: provider.cs DATABASE FIXTURE
#:package Microsoft.Data.Sqlite
#:package SQLitePCLRaw.bundle_e_sqlite3
#:property PublishAot=false
using System.Text.Json;
using Microsoft.Data.Sqlite;

string[] fields = ["author", "title", "is_featured", "published", "rating"];
using var connection = new SqliteConnection($"Data Source={args[0]};Pooling=False");
connection.Open();
using SqliteTransaction transaction = connection.BeginTransaction();
using SqliteCommand upsert = connection.CreateCommand();
upsert.CommandText = """
    INSERT INTO blog_post (id, author_id, title, is_featured, published, rating) VALUES ($pk, $author, $title, $is_featured, $published, $rating)
    ON CONFLICT (id) DO UPDATE SET author_id = excluded.author_id, title = excluded.title, is_featured = excluded.is_featured, published = excluded.published, rating = excluded.rating
    """;
upsert.Parameters.Add(new SqliteParameter { ParameterName = "$pk" });
foreach (string field in fields)
    upsert.Parameters.Add(new SqliteParameter { ParameterName = "$" + field });

using JsonDocument fixture = JsonDocument.Parse(File.ReadAllBytes(args[1]));
int count = 0;
foreach (JsonElement record in fixture.RootElement.EnumerateArray())
{
    upsert.Parameters[0].Value = record.GetProperty("pk").GetInt64();
    for (int i = 0; i < fields.Length; i++)
        upsert.Parameters[i + 1].Value = Read(record.GetProperty("fields").GetProperty(fields[i]));
    count += upsert.ExecuteNonQuery();
}
transaction.Commit();
Console.WriteLine(count);

static object Read(JsonElement value) => value.ValueKind switch
{
    JsonValueKind.True => 1L,
    JsonValueKind.False => 0L,
    JsonValueKind.String => value.GetString()!,
    _ => value.TryGetInt64(out long integer) ? integer : value.GetDouble(),
};

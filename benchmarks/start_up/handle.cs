// The same as provider.cs without Microsoft.Data.Sqlite: SQLitePCLRaw, which calls SQLite's own functions, and five rows: handle.cs DATABASE FIXTURE
#:package SQLitePCLRaw.bundle_e_sqlite3
#:property PublishAot=false
using System.Text.Json;
using SQLitePCL;

string[] fields = ["author", "title", "is_featured", "published", "rating"];
Batteries_V2.Init();
Check(raw.sqlite3_open_v2(args[0], out sqlite3 database, raw.SQLITE_OPEN_READWRITE, null));
Check(raw.sqlite3_exec(database, "BEGIN IMMEDIATE"));
Check(raw.sqlite3_prepare_v2(
    database,
    """
    INSERT INTO blog_post (id, author_id, title, is_featured, published, rating) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET author_id = excluded.author_id, title = excluded.title, is_featured = excluded.is_featured, published = excluded.published, rating = excluded.rating
    """,
    out sqlite3_stmt upsert));

using JsonDocument fixture = JsonDocument.Parse(File.ReadAllBytes(args[1]));
int count = 0;
foreach (JsonElement record in fixture.RootElement.EnumerateArray())
{
    Check(raw.sqlite3_bind_int64(upsert, 1, record.GetProperty("pk").GetInt64()));
    for (int i = 0; i < fields.Length; i++)
        Check(Bind(i + 2, record.GetProperty("fields").GetProperty(fields[i])));
    if (raw.sqlite3_step(upsert) != raw.SQLITE_DONE)
        throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
    raw.sqlite3_reset(upsert);
    count++;
}
upsert.Dispose();
Check(raw.sqlite3_exec(database, "COMMIT"));
database.Dispose();
Console.WriteLine(count);

int Bind(int parameter, JsonElement value) => value.ValueKind switch
{
    JsonValueKind.True => raw.sqlite3_bind_int64(upsert, parameter, 1),
    JsonValueKind.False => raw.sqlite3_bind_int64(upsert, parameter, 0),
    JsonValueKind.String => raw.sqlite3_bind_text(upsert, parameter, value.GetString()),
    _ => value.TryGetInt64(out long integer) ? raw.sqlite3_bind_int64(upsert, parameter, integer) : raw.sqlite3_bind_double(upsert, parameter, value.GetDouble()),
};

void Check(int result)
{
    if (result != raw.SQLITE_OK)
        throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
}

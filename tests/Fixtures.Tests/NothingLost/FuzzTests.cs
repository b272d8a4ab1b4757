using System.Globalization;
using System.Text;
using Fixtures.Testing;
using Fixtures.Tests.Extraction;

namespace Fixtures.Tests.NothingLost;

/// <summary>
/// Whatever a fixture holds, it is loaded whole or refused with a <see cref="FixtureException"/> that leaves the database as it was. FIXTURES_FUZZ_COUNT (10000) and
/// FIXTURES_FUZZ_SEED (1) make longer and other runs.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const string Schema =
        """
        CREATE TABLE blog_user (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE blog_post (id integer PRIMARY KEY, title varchar(20) NOT NULL, views integer, rating real, price decimal(8,2), is_open bool, created datetime, day date,
            at time, token uuid, data json, body text, bytes blob, author_id integer REFERENCES blog_user (id));
        CREATE TABLE blog_post_tags (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES blog_post (id), tag_id integer NOT NULL REFERENCES blog_tag (id), UNIQUE (post_id, tag_id));
        CREATE TABLE blog_tag (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
        INSERT INTO blog_user VALUES (1, 'kept');
        """;

    private readonly TestProject _project = new(Schema);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_damaged_fixture_is_loaded_whole_or_refused()
    {
        int count = Number("FIXTURES_FUZZ_COUNT", 10_000);
        int seed = Number("FIXTURES_FUZZ_SEED", 1);
        var random = new Random(seed);
        using TestDatabase database = Snapshot.Take(_project.Connection).Clone();
        string before = Content(database);
        int loaded = 0;
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            (string name, byte[] bytes) = Fuzz.Next(random);
            string path = _project.At(name);
            File.WriteAllBytes(path, bytes);
            try
            {
                new FixtureLoader(new FixtureOptions { SearchCurrentDirectory = false, MaxUnpackedBytes = 1 << 20 }).LoadInto(database.Connection, path);
                loaded++;
                database.Reset();
            }
            catch (FixtureException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Errors[0].Message);
                Assert.True(before == Content(database), Described(seed, i, path, bytes));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{Described(seed, i, path, bytes)}\n{exception}");
            }
            File.Delete(path);
        }
        Assert.InRange(loaded, count / 50, count);
        Assert.InRange(refused, count / 3, count);
    }

    private static string Content(TestDatabase database) => string.Join(
        '\n',
        ((string[])["blog_user", "blog_post", "blog_post_tags", "blog_tag"]).Select(table => TestProject.Rows(database.Connection, $"SELECT * FROM {table}")));

    private static string Described(int seed, int number, string path, byte[] bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, input {number}, {Path.GetFileName(path)}: {Convert.ToBase64String(bytes)}");

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>Fixtures that are right, and what becomes of them.</summary>
internal static class Fuzz
{
    private static readonly string[] Values =
    [
        "1", "-7", "2.50", "true", "null", "\"text\"", "\"2024-02-29T10:11:12Z\"", "\"2024-02-29\"", "[\"kept\"]", "[1, 2]", "{\"a\": [1, {\"b\": null}]}", "\"AAEC\"",
        "99999999999999999999999999", "1e400", "-0.0", "\"\\u0000\"", "\"\\ud800\"", "\"c0ffee00-0000-4000-8000-000000000000\"", "[]", "{}", "\"\"", "NaN", "'", "*", "&a", "!!binary x",
    ];

    private static readonly string[] Fields = ["title", "views", "rating", "price", "is_open", "created", "day", "at", "token", "data", "body", "bytes", "author", "tags", "nothing", "id"];

    private static readonly byte[][] Splices =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [.. "\\ud800"u8], [.. "]]>"u8], [.. "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8], [.. "&amp;"u8], [.. "&b;"u8],
        [.. "<<: *a"u8], [.. "- &a [*a, *a]\n"u8], [.. "---\n"u8], [.. "\t"u8], [.. "\r\n"u8], [.. "{\"model\": \"blog.tag\", \"pk\": 1, \"fields\": {}},"u8],
        [.. Enumerable.Repeat((byte)'[', 100)], [.. Enumerable.Repeat((byte)'9', 400)], [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<object>", 80)))],
    ];

    /// <summary>A file name and its bytes: one in ten as it should be, the others damaged before or after packing.</summary>
    public static (string Name, byte[] Bytes) Next(Random random)
    {
        string format = random.GetItems(["json", "jsonl", "yaml", "xml"], 1)[0];
        byte[] plain = Encoding.UTF8.GetBytes(Write(random, format));
        for (int i = random.Next(10) == 0 ? 0 : random.Next(4); i > 0; i--)
            plain = Damage(random, plain);
        string compression = random.GetItems(["", "", "", ".gz", ".bz2", ".zip", ".lzma"], 1)[0];
        byte[] packed = compression switch
        {
            ".gz" => Pack.Gzip(plain),
            ".bz2" => Pack.Bzip2(plain),
            ".zip" => Pack.Zip(plain),
            ".lzma" => Pack.LzmaOfKnownSize(plain),
            _ => plain,
        };
        if (compression.Length > 0 && random.Next(2) == 0)
            packed = Damage(random, packed);
        return ($"fuzz.{format}{compression}", packed);
    }

    private static string Write(Random random, string format)
    {
        int count = random.Next(1, 5);
        IEnumerable<string> records = Enumerable.Range(1, count).Select(key => format switch
        {
            "yaml" => $"- model: blog.post\n  pk: {key}\n  fields:\n    title: post {key}\n    {Field(random)}: {Value(random)}\n",
            "xml" => $"<object model=\"blog.post\" pk=\"{key}\"><field name=\"title\">post {key}</field><field name=\"{Field(random)}\">{Value(random).Replace("\"", "", StringComparison.Ordinal)}</field></object>",
            _ => $$$"""{"model": "blog.{{{(random.Next(4) == 0 ? "tag" : "post")}}}", "pk": {{{key}}}, "fields": {"title": "post {{{key}}}", "{{{Field(random)}}}": {{{Value(random)}}}}}""",
        });
        return format switch
        {
            "json" => $"[{string.Join(",\n", records)}]",
            "jsonl" => string.Join('\n', records),
            "xml" => $"<django-objects version=\"1.0\">{string.Concat(records)}</django-objects>",
            _ => string.Concat(records),
        };
    }

    private static byte[] Damage(Random random, byte[] bytes)
    {
        if (bytes.Length == 0)
            return bytes;
        int at = random.Next(bytes.Length);
        int end = Math.Min(bytes.Length, at + random.Next(1, 12));
        switch (random.Next(6))
        {
            case 0:
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. random.GetItems(Splices, 1)[0], .. bytes[at..]];
            default:
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
        }
    }

    private static string Field(Random random) => random.GetItems(Fields, 1)[0];

    private static string Value(Random random) => random.GetItems(Values, 1)[0];
}

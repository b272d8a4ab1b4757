using System.Globalization;
using System.Text;

namespace Fixtures.Benchmarks.Posts;

/// <summary>The record that is loaded: 8 fields and a pk, 367 bytes of JSON on average. The same number gives the same post on every machine.</summary>
internal readonly record struct Post(long Id, string Title, string Slug, string Body, long Views, double Rating, bool IsPublished, DateTime Created, DateTime Day)
{
    public const string Model = "blog.post";

    /// <summary>The table as Django declares it, without secondary index.</summary>
    public const string Schema =
        """
        CREATE TABLE "blog_post" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "title" varchar(200) NOT NULL,
            "slug" varchar(50) NOT NULL,
            "body" text NOT NULL,
            "views" integer NOT NULL,
            "rating" real NOT NULL,
            "is_published" bool NOT NULL,
            "created" datetime NOT NULL,
            "day" date NOT NULL)
        """;

    public const string Insert =
        """
        INSERT INTO "blog_post" ("id", "title", "slug", "body", "views", "rating", "is_published", "created", "day") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    /// <summary>The statement that a loader runs: the row becomes what the record says.</summary>
    public const string Upsert = Insert +
        """
         ON CONFLICT ("id") DO UPDATE SET "title" = excluded."title", "slug" = excluded."slug", "body" = excluded."body", "views" = excluded."views",
            "rating" = excluded."rating", "is_published" = excluded."is_published", "created" = excluded."created", "day" = excluded."day"
        """;

    public const int ColumnCount = 9;

    private static readonly string[] Words =
        ["river", "stone", "morning", "letter", "window", "garden", "paper", "silver", "quiet", "harbour", "lantern", "winter", "copper", "meadow", "signal", "caf\u00E9"];

    /// <summary>The Created field as fixtures write it.</summary>
    public string CreatedText => Created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The Created field as it is stored.</summary>
    public string CreatedStored => Created.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string DayText => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The first posts, from 1.</summary>
    public static IEnumerable<Post> First(int count) => Enumerable.Range(1, count).Select(At);

    private static Post At(int number)
    {
        var random = new Mixer((uint)number);
        string title = $"Post {number}: {Word(ref random)} and {Word(ref random)}";
        string slug = string.Create(CultureInfo.InvariantCulture, $"post-{number}-{random.Next(1000)}");

        // Of eight bodies one has a line break and one a quotation mark: JSON escapes them.
        var body = new StringBuilder();
        int length = 107 + random.Next(16);
        while (body.Length < length)
            body.Append(Word(ref random)).Append(' ');
        body.Append((number % 8) switch { 0 => "\nend.", 1 => "\"end\".", _ => "the end." });

        DateTime created = new DateTime(2020, 1, 1).AddSeconds(random.Next(150_000_000));
        return new Post(number, title, slug, body.ToString(), random.Next(100_000), random.Next(500) / 100.0, random.Next(4) > 0, created, created.Date.AddDays(random.Next(30)));
    }

    private static string Word(ref Mixer random) => Words[random.Next(Words.Length)];

    /// <summary>A generator that gives the same numbers on every runtime, which Random does not promise.</summary>
    private struct Mixer(uint seed)
    {
        private uint _state = seed * 2654435761 + 1;

        public int Next(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }
}

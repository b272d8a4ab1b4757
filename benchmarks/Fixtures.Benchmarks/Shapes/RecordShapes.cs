using Fixtures.Benchmarks.Posts;

namespace Fixtures.Benchmarks.Shapes;

/// <summary>The shapes that records come in. All values are those of posts.</summary>
internal static class RecordShapes
{
    private const int Users = 100;
    private const int Tags = 50;
    private const int TagsOfPost = 5;
    private const int LongTextLength = 10 * 1024;
    private const string ReferenceToUser = "integer REFERENCES blog_user (id) DEFERRABLE INITIALLY DEFERRED";

    private static readonly string[] PostColumns =
        ["title varchar(200)", "slug varchar(50)", "body text", "views integer", "rating real", "is_published bool", "created datetime", "day date"];

    /// <param name="name">narrow, usual, wide, long_text, foreign_keys, many_to_many, alternating or natural_keys.</param>
    /// <param name="count">How many records, beside those that they refer to.</param>
    public static RecordShape Of(string name, int count)
    {
        Post[] posts = [.. Post.First(count)];
        return name switch
        {
            "narrow" => Narrow(posts),
            "usual" => Usual(posts),
            "wide" => Wide(posts),
            "long_text" => LongText(posts),
            "foreign_keys" => ForeignKeys(posts),
            "many_to_many" => ManyToMany(posts),
            "alternating" => Alternating(posts),
            "natural_keys" => NaturalKeys(posts),
            _ => throw new ArgumentException($"'{name}' is no shape of records.", nameof(name)),
        };
    }

    /// <summary>Two columns, one of them the key.</summary>
    private static RecordShape Narrow(Post[] posts)
    {
        var table = new ShapeTable("blog_tag", "name varchar(200)");
        string upsert = table.Upsert(1);
        return new RecordShape(table.Create, [.. posts.Select(post => Row(table, upsert, post.Id, [post.Title]))]);
    }

    private static RecordShape Usual(Post[] posts)
    {
        var table = new ShapeTable("blog_post", PostColumns);
        string upsert = table.Upsert(PostColumns.Length);
        return new RecordShape(table.Create, [.. posts.Select(post => Row(table, upsert, post.Id, FieldsOf(post), StoredOf(post)))]);
    }

    /// <summary>40 columns: the key, and those of five posts but the last one's day.</summary>
    private static RecordShape Wide(Post[] posts)
    {
        const int PostsInRow = 5;
        int width = (PostsInRow * PostColumns.Length) - 1;
        var table = new ShapeTable("blog_page", [.. Enumerable.Range(1, PostsInRow).SelectMany(number => PostColumns.Select(column => column.Replace(" ", $"_{number} ", StringComparison.Ordinal))).Take(width)]);
        string upsert = table.Upsert(width);
        return new RecordShape(table.Create, [.. posts.Select(post => Row(table, upsert, post.Id, Widen(post, FieldsOf), Widen(post, StoredOf)))]);

        object[] Widen(Post first, Func<Post, object[]> values) =>
            [.. Enumerable.Range((int)first.Id - 1, PostsInRow).SelectMany(index => values(posts[index % posts.Length])).Take(width)];
    }

    /// <summary>A post whose body has 10 KB.</summary>
    private static RecordShape LongText(Post[] posts)
    {
        string bodies = string.Join("\n", posts.Take(1000).Select(post => post.Body));
        return Usual([.. posts.Select(post => post with { Body = bodies.Substring((int)post.Id * 7 % (bodies.Length - LongTextLength), LongTextLength) })]);
    }

    /// <summary>Eight foreign keys and a text.</summary>
    private static RecordShape ForeignKeys(Post[] posts)
    {
        string[] roles = ["author", "editor", "reviewer", "translator", "photographer", "publisher", "sponsor", "owner"];
        ShapeTable users = UserTable();
        var table = new ShapeTable("blog_post", ["title varchar(200)", .. roles.Select(role => $"{role}_id {ReferenceToUser}")]);
        string upsert = table.Upsert(table.Columns.Length);
        return new RecordShape(users.Create + table.Create, [.. UserRows(users, posts), .. posts.Select(post => Row(table, upsert, post.Id, [post.Title, .. roles.Select((_, role) => (object)UserOf(post, role))]))]);
    }

    /// <summary>A text, and a list of five tags: exactly these rows of the join table are there afterwards.</summary>
    private static RecordShape ManyToMany(Post[] posts)
    {
        const string Join =
            """
            CREATE TABLE blog_post_tags (
                id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
                post_id integer NOT NULL REFERENCES blog_post (id) DEFERRABLE INITIALLY DEFERRED,
                tag_id integer NOT NULL REFERENCES blog_tag (id) DEFERRABLE INITIALLY DEFERRED,
                UNIQUE (post_id, tag_id))
            """;
        var tags = new ShapeTable("blog_tag", "name varchar(200)");
        var table = new ShapeTable("blog_post", "title varchar(200)");
        return new RecordShape(tags.Create + table.Create + Join, [.. posts.Take(Tags).Select(post => Row(tags, tags.Upsert(1), post.Id, [post.Title])), .. posts.Select(Tagged)]);

        ShapeRecord Tagged(Post post)
        {
            object[] tagged = [.. Enumerable.Range(0, TagsOfPost).Select(index => (object)(((post.Views + (index * 7)) % Tags) + 1))];
            return new ShapeRecord(table.Model, post.Id, [("title", post.Title), ("tags", tagged)], [
                new ShapeWrite(table.Upsert(1), post.Id, post.Title),
                new ShapeWrite("DELETE FROM blog_post_tags WHERE post_id = $0", post.Id),
                .. tagged.Select(tag => new ShapeWrite("INSERT INTO blog_post_tags (post_id, tag_id) VALUES ($0, $1)", post.Id, tag)),
            ]);
        }
    }

    /// <summary>Posts and comments in turn, of which every second one leaves its last column to the DEFAULT.</summary>
    private static RecordShape Alternating(Post[] posts)
    {
        var postTable = new ShapeTable("blog_post", "title varchar(200)", "slug varchar(50)", "views integer DEFAULT 0");
        var comments = new ShapeTable("blog_comment", "body text", "rating real DEFAULT 0");
        return new RecordShape(postTable.Create + comments.Create, [.. posts.Select(post => (post.Id % 4) switch
        {
            0 => Row(postTable, postTable.Upsert(3), post.Id, [post.Title, post.Slug, post.Views]),
            1 => Row(comments, comments.Upsert(2), post.Id, [post.Body, post.Rating]),
            2 => Row(postTable, postTable.Upsert(2), post.Id, [post.Title, post.Slug]),
            _ => Row(comments, comments.Upsert(1), post.Id, [post.Body]),
        })]);
    }

    /// <summary>A text, and an author by name. By hand the statement looks the name up itself.</summary>
    private static RecordShape NaturalKeys(Post[] posts)
    {
        ShapeTable users = UserTable();
        var table = new ShapeTable("blog_post", "title varchar(200)", $"author_id {ReferenceToUser}");
        string upsert = table.Upsert(2, "(SELECT id FROM blog_user WHERE username = $2)");
        return new RecordShape(users.Create + table.Create, [.. UserRows(users, posts), .. posts.Select(post =>
        {
            string author = posts[UserOf(post, 0) - 1].Slug;
            return Row(table, upsert, post.Id, [post.Title, new object[] { author }], [post.Title, author]);
        })]);
    }

    private static ShapeTable UserTable() => new("blog_user", "username varchar(150) UNIQUE");

    private static IEnumerable<ShapeRecord> UserRows(ShapeTable users, Post[] posts) => posts.Take(Users).Select(post => Row(users, users.Upsert(1), post.Id, [post.Slug]));

    private static long UserOf(Post post, int role) => ((post.Views + (role * 13)) % Users) + 1;

    private static object[] FieldsOf(Post post) => [post.Title, post.Slug, post.Body, post.Views, post.Rating, post.IsPublished, post.CreatedText, post.DayText];

    private static object[] StoredOf(Post post) => [post.Title, post.Slug, post.Body, post.Views, post.Rating, post.IsPublished ? 1L : 0L, post.CreatedStored, post.DayText];

    /// <summary>A record that is one row.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="upsert">What stores it.</param>
    /// <param name="key">Its key.</param>
    /// <param name="fields">The first columns' values as the fixture has them.</param>
    /// <param name="stored">The same as they are stored, where that differs.</param>
    private static ShapeRecord Row(ShapeTable table, string upsert, long key, object[] fields, object[]? stored = null)
    {
        IEnumerable<string> names = table.ColumnNames.Select(column => column.EndsWith("_id", StringComparison.Ordinal) ? column[..^"_id".Length] : column);
        return new ShapeRecord(table.Model, key, names.Zip(fields), new ShapeWrite(upsert, [key, .. stored ?? fields]));
    }
}

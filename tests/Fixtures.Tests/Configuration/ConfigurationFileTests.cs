using System.Text;

namespace Fixtures.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_is_read()
    {
        FixtureOptions options = _folder.Read("""
            // A comment, and trailing commas.
            { "databases": { "default": "Data Source=app.db", "other": "Data Source=:memory:", },
              "schema": ["schema.sql", "*/schema.sql"],
              "apps": ["blog", { "label": "shop", "path": "src/Shop" }, "more/*"],
              "fixtureDirs": ["common", "../shared/"], /* another */
              "missingText": "empty",
              "models": { "Blog.Post": {
                  "table": "posts", "columns": { "author": "writer_id" }, "naturalKey": ["slug", "author.name"],
                  "joinTables": { "tags": { "table": "post_tags", "from": "post_id", "to": "tag_id", "symmetrical": true }, "likes": { "table": "likes" } },
                  "references": { "owner": { "table": "users", "column": "id" }, "editor": { "table": "users" } },
                  "ignoredFields": ["legacy"], "types": { "length": "duration", "price": "decimal(10, 2)", "code": "emptyAsNull" },
                  "defaults": { "status": "draft" } }, } }
            """);

        Assert.Equal($"Data Source={_folder.At("app.db")}", options.Databases["default"]);
        Assert.Equal("Data Source=:memory:", options.Databases["other"]);
        Assert.Equal([_folder.At("schema.sql"), _folder.At("*/schema.sql")], options.SchemaScripts);
        Assert.Equal([new("blog", _folder.At("blog")), new("shop", _folder.At("src/Shop")), new("more/*", _folder.At("more/*"))], options.Apps);
        Assert.Equal([_folder.At("common"), Path.GetFullPath(_folder.At("../shared"))], options.FixtureDirectories);
        Assert.Equal(MissingText.Empty, options.MissingText);

        ModelOptions post = options.Models["blog.POST"];
        Assert.Equal("posts", post.Table);
        Assert.Equal("writer_id", post.Columns["author"]);
        Assert.False(post.Columns.ContainsKey("Author"));
        Assert.Equal(["slug", "author.name"], post.NaturalKey);
        Assert.Equal(new JoinTableOptions("post_tags", "post_id", "tag_id", true), post.JoinTables["tags"]);
        Assert.Equal(new JoinTableOptions("likes"), post.JoinTables["likes"]);
        Assert.Equal(new ReferenceOptions("users", "id"), post.References["owner"]);
        Assert.Equal(new ReferenceOptions("users"), post.References["editor"]);
        Assert.Equal(["legacy"], post.IgnoredFields);
        Assert.Equal("duration", post.Types["length"]);
        Assert.Equal("decimal(10,2)", post.Types["price"]);
        Assert.Equal("emptyAsNull", post.Types["code"]);
        Assert.Equal("draft", post.Defaults["status"]);
    }

    [Fact]
    public void An_empty_object_gives_the_defaults() => Assert.Equal(new FixtureOptions(), _folder.Read("{}"));

    [Fact]
    public void A_comment_may_end_the_file() => Assert.Equal(new FixtureOptions(), _folder.Read("{} // the end"));

    [Fact]
    public void The_files_own_folder_is_an_app_named_after_it() =>
        Assert.Equal([new(Path.GetFileName(_folder.Path), _folder.Path)], _folder.Read("""{ "apps": ["."] }""").Apps);

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Equal(1, _folder.Refused($$"""{ "models": { "m": { "defaults": { "f": {{new string('[', 100)}} } } } }""").Line);

    [Fact]
    public void A_folder_stands_for_the_file_in_it()
    {
        _folder.Write("fixtures.config.json", """{ "fixtureDirs": ["common"] }""");

        Assert.Equal([_folder.At("common")], FixtureOptions.FromFile(_folder.Path + Path.DirectorySeparatorChar).FixtureDirectories);
    }

    [Fact]
    public void A_missing_file_is_refused_by_its_full_path() =>
        Assert.Contains($"'{_folder.ConfigPath}'", ConfigurationFolder.Refused(() => FixtureOptions.FromFile(_folder.Path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "aps": [] }""", "'aps' is not a key of the configuration. Did you mean 'apps'?", 3)]
    [InlineData("""{ "$schema": "x" }""", "Did you mean 'schema'?", 3)]
    [InlineData("""{ "x": [] }""", "Its keys are databases, schema,", 3)]
    [InlineData("""{ "apps": [{ "label": "a", "pth": "b" }] }""", "'pth' is not a key of an app. Did you mean 'path'?", 28)]
    [InlineData("""{ "models": { "blog.post": { "naturalkey": [] } } }""", "'naturalkey' is not a key of models.blog.post. Did you mean 'naturalKey'?", 30)]
    [InlineData("""{ "models": { "m": { "joinTables": { "f": { "symetrical": true } } } } }""", "'symetrical' is not a key of models.m.joinTables.f. Did you mean 'symmetrical'?", 45)]
    [InlineData("""{ "models": { "m": { "references": { "f": { "columns": "x" } } } } }""", "'columns' is not a key of models.m.references.f. Did you mean 'column'?", 45)]
    public void An_unknown_key_is_refused_with_the_nearest_one(string json, string message, long column) => AssertRefused(json, message, column);

    [Theory]
    [InlineData("""[]""", "The configuration must be an object, not a list.", 1)]
    [InlineData("""{ "apps": "blog" }""", "'apps' must be a list, not the text 'blog'.", 11)]
    [InlineData("""{ "apps": [7] }""", "Each item of 'apps' must be a path or an object with 'label' and 'path', not the number 7.", 12)]
    [InlineData("""{ "schema": [null] }""", "Each item of 'schema' must be a text, not null.", 14)]
    [InlineData("""{ "databases": [] }""", "'databases' must be an object, not a list.", 16)]
    [InlineData("""{ "databases": { "default": {} } }""", "'databases.default' must be a text, not an object.", 29)]
    [InlineData("""{ "missingText": true }""", "'missingText' must be a text, not true.", 18)]
    [InlineData("""{ "models": { "m": "posts" } }""", "'models.m' must be an object, not the text 'posts'.", 20)]
    [InlineData("""{ "models": { "m": { "naturalKey": "slug" } } }""", "'models.m.naturalKey' must be a list, not the text 'slug'.", 36)]
    [InlineData("""{ "models": { "m": { "types": { "f": 1.50 } } } }""", "'models.m.types.f' must be a text, not the number 1.50.", 38)]
    [InlineData("""{ "models": { "m": { "joinTables": { "f": { "table": "t", "symmetrical": "yes" } } } } }""", "'models.m.joinTables.f.symmetrical' must be true or false, not the text 'yes'.", 74)]
    public void A_value_of_another_kind_is_refused(string json, string message, long column) => AssertRefused(json, message, column);

    [Theory]
    [InlineData("""{ "apps": [], "apps": [] }""", "'apps' stands twice in the configuration.", 15)]
    [InlineData("""{ "databases": { "a": "", "a": "" } }""", "'a' stands twice in databases.", 27)]
    [InlineData("""{ "models": { "m": { "table": "a", "table": "b" } } }""", "'table' stands twice in models.m.", 36)]
    [InlineData("""{ "models": { "blog.post": {}, "Blog.Post": {} } }""", "'Blog.Post' and 'blog.post' in models are the same", 32)]
    public void A_key_that_stands_twice_is_refused(string json, string message, long column) => AssertRefused(json, message, column);

    [Fact]
    public void Fields_that_differ_in_case_are_two_fields() =>
        Assert.Equal(2, _folder.Read("""{ "models": { "m": { "columns": { "a": "x", "A": "y" } } } }""").Models["m"].Columns.Count);

    [Theory]
    [InlineData("""{ "missingText": "emty" }""", "'missingText' is 'emty', which is not known. Did you mean 'empty'?", 18)]
    [InlineData("""{ "fixtureDirs": [""] }""", "Each item of 'fixtureDirs' is empty ('').", 19)]
    [InlineData("""{ "models": { "": {} } }""", "A key of models is empty ('').", 15)]
    [InlineData("""{ "models": { "m": { "joinTables": { "f": { "from": "a" } } } } }""", "'models.m.joinTables.f' has no 'table'.", 43)]
    [InlineData("""{ "models": { "m": { "references": { "f": {} } } } }""", "'models.m.references.f' has no 'table'.", 43)]
    [InlineData("""{ "schema": ["a\u0000b"] }""", "A path holds a NUL character.", 14)]
    [InlineData("""{ "schema": ["src/**/schema.sql"] }""", "'**' in 'src/**/schema.sql' is not supported.", 14)]
    [InlineData("""{ "models": { "\ud800": {} } }""", "holds half of a surrogate pair", 15)]
    public void A_value_that_cannot_be_meant_is_refused(string json, string message, long column) => AssertRefused(json, message, column);

    [Theory]
    [InlineData("datetme", "Did you mean 'datetime'?")]
    [InlineData("Bool", "Did you mean 'bool'?")]
    [InlineData("money", "Known are bool, integer, real, decimal, decimal(p,s), date, datetime, datetimeoffset, time, duration, uuid, json, blob, text, csv, emptyAsNull.")]
    [InlineData("decimal(p,s)", "Write decimal(p,s) with p digits")]
    [InlineData("decimal(10)", "Write decimal(p,s) with p digits")]
    [InlineData("decimal(2,10)", "Write decimal(p,s) with p digits")]
    [InlineData("decimal(10,-2)", "Write decimal(p,s) with p digits")]
    [InlineData("decimal(10,2", "Write decimal(p,s) with p digits")]
    public void A_type_that_is_not_known_is_refused(string type, string message) =>
        AssertRefused($$$"""{ "models": { "m": { "types": { "f": "{{{type}}}" } } } }""", message, 38);

    [Theory]
    [InlineData("bool", "integer", "real", "decimal", "date", "datetime", "datetimeoffset", "time", "duration", "uuid", "json", "blob", "text", "csv", "emptyAsNull", "decimal(1,0)", "decimal(20,20)")]
    public void Every_type_is_known(params string[] types)
    {
        foreach (string type in types)
            Assert.Equal(type, _folder.Read($$$"""{ "models": { "m": { "types": { "f": "{{{type}}}" } } } }""").Models["m"].Types["f"]);
    }

    [Theory]
    [InlineData("{\n  \"apps\": [\n    \"blog\"\n    \"shop\"\n  ]\n}", 4, 5)]
    [InlineData("{\r\n  \"é😀\": [],\r\n  \"apps\": }", 2, 3)]
    [InlineData("{ \"models\": { \"é😀\": { } } x }", 1, 28)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"apps\": [", 2, 12)]
    public void Invalid_json_is_refused_with_line_and_column(string json, long line, long column)
    {
        FixtureError error = _folder.Refused(json);

        Assert.Equal((_folder.ConfigPath, line, column), (error.File, error.Line, error.Column));
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_does_not_move_the_column()
    {
        File.WriteAllText(_folder.ConfigPath, """{ "aps": [] }""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(3, ConfigurationFolder.Refused(() => FixtureOptions.FromFile(_folder.Path)).Column);
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused_where_it_stops_being_utf8()
    {
        File.WriteAllText(_folder.ConfigPath, "{\n  \"fixtureDirs\": [\"é\"]\n}", Encoding.Latin1);

        FixtureError error = ConfigurationFolder.Refused(() => FixtureOptions.FromFile(_folder.Path));

        Assert.Equal((2, 20), (error.Line, error.Column));
        Assert.Contains("Save the file as UTF-8", error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string json, string message, long column)
    {
        FixtureError error = _folder.Refused(json);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((_folder.ConfigPath, 1, column), (error.File, error.Line, error.Column));
    }
}

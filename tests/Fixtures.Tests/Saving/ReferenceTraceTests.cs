using System.IO.Compression;
using System.Text;

namespace Fixtures.Tests.Saving;

/// <summary>A broken foreign key is told with the place of the value that is wrong.</summary>
public sealed class ReferenceTraceTests : IDisposable
{
    private readonly TestProject _project = new("""
        CREATE TABLE blog_user (id integer PRIMARY KEY);
        CREATE TABLE blog_tag (name text PRIMARY KEY);
        CREATE TABLE blog_post (id integer PRIMARY KEY, author_id integer REFERENCES blog_user (id), editor integer REFERENCES blog_user (id));
        CREATE TABLE blog_post_tags (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES blog_post (id), tag_id text NOT NULL REFERENCES blog_tag (name));
        CREATE TABLE blog_part (a text, b integer, author_id integer REFERENCES blog_user (id), PRIMARY KEY (a, b));
        CREATE TABLE blog_note (author_id integer REFERENCES blog_user (id));
        """);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void It_is_a_line_that_an_editor_finds()
    {
        _project.Write("posts.yaml", "- model: blog.post\n  pk: 3\n  fields:\n    author: 7\n");

        Assert.Equal(
            $"{_project.At("posts.yaml")}(4,13): blog.post pk=3: 'author' (blog_post.author_id) refers to blog_user 7 (id), which no row provides. Add it to a fixture that is loaded with this one.",
            _project.Refused("posts").Errors.Single().ToString());
    }

    [Theory]
    [InlineData("""[{"model": "blog.post", "pk": "3", "fields": {"editor": "7"}}]""", "editor", "\"7\"")]
    [InlineData("""[{"model": "blog.post", "fields": {"author": 7}}]""", "author", "7")]
    [InlineData("""[{"model": "blog.note", "fields": {"author_id": 7}}]""", "author_id", "7")]
    [InlineData("""[{"model": "blog.part", "pk": ["x", 2], "fields": {"author": 7}}]""", "author", "7")]
    [InlineData("""[{"model": "blog.tag", "pk": "a", "fields": {}}, {"model": "blog.post", "pk": 1, "fields": {"tags": ["a", "b"]}}]""", "tags", "\"b\"")]
    [InlineData("""[{"model": "blog.post", "pk": 1, "fields": {"author": 7}}, {"model": "blog.post", "pk": 1, "fields": {"author": 7}}]""", "author", "7")]
    [InlineData("""[{"model": "blog.post", "pk": 1, "fields": {"author": 8}}, {"model": "blog.user", "pk": 8, "fields": {}}, {"model": "blog.post", "pk": 2, "fields": {"author": 7}}]""", "author", "7")]
    public void The_place_is_that_of_the_value(string json, string field, string value)
    {
        FixtureError error = _project.RefusedJson(json).Errors.Single();

        Assert.Equal((_project.At("data.json"), 1, json.LastIndexOf(value, StringComparison.Ordinal) + 1, field), (error.File, error.Line, error.Column, error.Field));
    }

    [Fact]
    public void It_is_found_in_packed_files_among_others()
    {
        using (var stream = new GZipStream(File.Create(_project.At("many.jsonl.gz")), CompressionLevel.Fastest))
            stream.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 2000).Select(i => $$$"""{"model": "blog.post", "pk": {{{i}}}, "fields": {"author": {{{(i == 1500 ? 7 : 1)}}}}}{{{'\n'}}}"""))));
        _project.Write("users.json", """[{"model": "blog.user", "pk": 1, "fields": {}}]""");

        FixtureError error = _project.Refused("many", "users").Errors.Single();

        Assert.Equal((_project.At("many.jsonl.gz"), 1500, 1500, "1500"), (error.File, error.Line, error.Record, error.Key));
        Assert.Equal(0L, _project.Scalar("SELECT count(*) FROM blog_post"));
    }

    [Fact]
    public void Standard_input_is_told_by_model_and_key()
    {
        _project.Options = _project.Options with { Input = new MemoryStream("""[{"model": "blog.post", "pk": 3, "fields": {"author": 7}}]"""u8.ToArray()), InputFormat = "json" };

        FixtureError error = _project.Refused("-").Errors.Single();

        Assert.Equal((null, "blog_post", "3", "author_id"), (error.Line, error.Model, error.Key, error.Field));
    }

    [Fact]
    public void What_a_default_has_broken_is_told_by_table_and_key()
    {
        _project.Configure("blog.post", new ModelOptions { Defaults = new Dictionary<string, object?> { ["author"] = 7 } });

        FixtureError error = _project.RefusedJson("""[{"model": "blog.post", "pk": 3, "fields": {}}]""").Errors.Single();

        Assert.Equal((null, "blog_post", "3", "author_id"), (error.Line, error.Model, error.Key, error.Field));
    }
}

using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fixtures.Benchmarks.Posts;

/// <summary>Writes posts to files: as fixtures, and as the decoded values that bare loops insert.</summary>
internal static class PostFiles
{
    /// <summary>Writes a fixture in the layout in which Django dumps it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">json, jsonl, yaml or xml.</param>
    /// <param name="count">How many posts.</param>
    public static void Write(string path, string format, int count)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024);
        (string before, Func<Post, string> record, string between, string after) = format switch
        {
            "json" => ("[", Json, ", ", "]\n"),
            "jsonl" => ("", Json, "\n", "\n"),
            "yaml" => ("", Yaml, "", ""),
            "xml" => ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<django-objects version=\"1.0\">", (Func<Post, string>)Xml, "", "</django-objects>\n"),
            _ => throw new ArgumentException($"'{format}' is no format of posts.", nameof(format)),
        };
        writer.Write(before);
        string separator = "";
        foreach (Post post in Post.First(count))
        {
            writer.Write(separator);
            writer.Write(record(post));
            separator = between;
        }
        writer.Write(after);
    }

    /// <summary>The decoded values: see insert_loop.c for the layout.</summary>
    public static void WriteRows(string path, int count)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(count);
        writer.Write(Post.ColumnCount);
        foreach (Post post in Post.First(count))
        {
            WriteInteger(writer, post.Id);
            WriteText(writer, post.Title);
            WriteText(writer, post.Slug);
            WriteText(writer, post.Body);
            WriteInteger(writer, post.Views);
            writer.Write((byte)2);
            writer.Write(post.Rating);
            WriteInteger(writer, post.IsPublished ? 1 : 0);
            WriteText(writer, post.CreatedStored);
            WriteText(writer, post.DayText);
        }
    }

    /// <summary>A text as JSON.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>A record on one line, spaced as Django spaces it.</summary>
    private static string Json(Post post) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"model": "{{Post.Model}}", "pk": {{post.Id}}, "fields": {"title": {{Quote(post.Title)}}, "slug": {{Quote(post.Slug)}}, "body": {{Quote(post.Body)}}, "views": {{post.Views}}, "rating": {{post.Rating}}, "is_published": {{(post.IsPublished ? "true" : "false")}}, "created": {{Quote(post.CreatedText)}}, "day": {{Quote(post.DayText)}}""") + "}}";

    private static string Yaml(Post post) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        - model: {Post.Model}
          pk: {post.Id}
          fields:
            title: {Quote(post.Title)}
            slug: {post.Slug}
            body: {Quote(post.Body)}
            views: {post.Views}
            rating: {post.Rating}
            is_published: {(post.IsPublished ? "true" : "false")}
            created: {post.CreatedText}
            day: {post.DayText}

        """);

    private static string Xml(Post post) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <object model="{Post.Model}" pk="{post.Id}"><field name="title" type="CharField">{SecurityElement.Escape(post.Title)}</field><field name="slug" type="SlugField">{post.Slug}</field><field name="body" type="TextField">{SecurityElement.Escape(post.Body)}</field><field name="views" type="IntegerField">{post.Views}</field><field name="rating" type="FloatField">{post.Rating}</field><field name="is_published" type="BooleanField">{post.IsPublished}</field><field name="created" type="DateTimeField">{post.CreatedText}</field><field name="day" type="DateField">{post.DayText}</field></object>
        """);

    private static void WriteInteger(BinaryWriter writer, long value)
    {
        writer.Write((byte)1);
        writer.Write(value);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((byte)3);
        writer.Write(utf8.Length);
        writer.Write(utf8);
    }
}

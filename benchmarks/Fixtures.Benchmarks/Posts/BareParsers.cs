using System.Text;
using System.Text.Json;
using System.Xml;
using YamlDotNet.Core.Events;

namespace Fixtures.Benchmarks.Posts;

/// <summary>
/// The parsers that the readers of fixtures stand on, with nothing on top: each goes over all that it is given, keeps nothing, and counts the values
/// and the names that it meets.
/// </summary>
internal static class BareParsers
{
    private const int Fields = 8;

    /// <summary>How many names and values a post has in a format: model and pk, the fields and, where those are names of their own, <c>model</c>, <c>pk</c> and <c>fields</c>.</summary>
    public static int CountOf(string format) => format == "xml" ? 2 + (2 * Fields) : 5 + (2 * Fields);

    public static int Parse(string format, byte[] utf8) => format switch
    {
        "json" => Json(utf8, default),
        // One reader for all lines: it takes two records on a line too, and is faster than one reader for each.
        "jsonl" => Json(utf8, new JsonReaderOptions { AllowMultipleValues = true }),
        "yaml" => Yaml(utf8),
        "xml" => Xml(utf8),
        _ => throw new ArgumentException($"'{format}' is no format of posts.", nameof(format)),
    };

    private static int Json(byte[] utf8, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(utf8, options);
        int count = 0;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray))
                count++;
        }
        return count;
    }

    private static int Yaml(byte[] utf8)
    {
        using var text = new StreamReader(new MemoryStream(utf8), Encoding.UTF8);
        var parser = new YamlDotNet.Core.Parser(text);
        int count = 0;
        while (parser.MoveNext())
        {
            if (parser.Current is Scalar)
                count++;
        }
        return count;
    }

    /// <summary>GetAttribute makes half the garbage of moving over the attributes, and text in chunks makes none.</summary>
    private static int Xml(byte[] utf8)
    {
        using var xml = XmlReader.Create(new MemoryStream(utf8), new XmlReaderSettings { IgnoreComments = true, IgnoreProcessingInstructions = true });
        char[] chunk = new char[4096];
        int count = 0;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Text)
            {
                count++;
                while (xml.ReadValueChunk(chunk, 0, chunk.Length) > 0)
                {
                }
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.Name == "field")
                count += xml.GetAttribute("name") is null ? 0 : 1;
            else if (xml.NodeType == XmlNodeType.Element && xml.Name == "object")
                count += xml.GetAttribute("model") is null || xml.GetAttribute("pk") is null ? 0 : 2;
        }
        return count;
    }
}

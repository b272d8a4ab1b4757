using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Posts;
using Fixtures.Formats;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// What does it cost to make records of bytes, beside the parser that each reader stands on, which only goes over the same bytes: Utf8JsonReader, YamlDotNet's Parser,
/// XmlReader? 5000 records (1.8 MB of JSON) that are in memory.
/// </summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private const int Records = 5_000;

    private readonly Record _record = new();
    private byte[] _bytes = [];

    [Params("json", "jsonl", "yaml", "xml")]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        string path = Path.GetTempFileName();
        PostFiles.Write(path, Format, Records);
        _bytes = File.ReadAllBytes(path);
        File.Delete(path);

        if (Bare_parser() != Records * BareParsers.CountOf(Format))
            throw new InvalidOperationException($"The parser of {Format} does not meet every name and value.");
        if (Read() != Records)
            throw new InvalidOperationException($"The reader of {Format} does not give every record.");
        using FixtureReader reader = Open();
        foreach (Post post in Post.First(Records))
        {
            if (!reader.Read(_record) || !TextsOf(_record).SequenceEqual(TextsOf(post), StringComparer.OrdinalIgnoreCase))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Post {post.Id} is not read from {Format} as it was written."));
        }
    }

    [Benchmark(Baseline = true)]
    public int Bare_parser() => BareParsers.Parse(Format, _bytes);

    [Benchmark]
    public int Read()
    {
        using FixtureReader reader = Open();
        int count = 0;
        while (reader.Read(_record))
            count++;
        return count;
    }

    private FixtureReader Open() => FixtureFormat.Open(Format, new MemoryStream(_bytes), $"posts.{Format}");

    /// <summary>Model, key, and each field's name and value. True and false have no text of their own.</summary>
    private static IEnumerable<string> TextsOf(Record record)
    {
        yield return TextOf(record, record.Model);
        yield return TextOf(record, record.Key);
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            yield return Encoding.UTF8.GetString(record.Name(node));
            yield return TextOf(record, node);
        }
    }

    private static string TextOf(Record record, int node) =>
        record[node].Kind is ValueKind.True or ValueKind.False ? record[node].Kind.ToString() : Encoding.UTF8.GetString(record.Value(node));

    private static IEnumerable<string> TextsOf(Post post) =>
    [
        Post.Model, Number(post.Id), "title", post.Title, "slug", post.Slug, "body", post.Body, "views", Number(post.Views), "rating", post.Rating.ToString(CultureInfo.InvariantCulture),
        "is_published", post.IsPublished.ToString(), "created", post.CreatedText, "day", post.DayText,
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Fixtures.Tests.Cli;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.NothingLost;

/// <summary>A text of many megabytes is stored whole, or refused where the memory is too small. FIXTURES_TEXT_MEGABYTES (10) makes it longer.</summary>
public sealed class LongTextTests : IDisposable
{
    private static readonly int Megabytes = int.Parse(Environment.GetEnvironmentVariable("FIXTURES_TEXT_MEGABYTES") ?? "10", CultureInfo.InvariantCulture);

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string, string> Files => new()
    {
        { "json", "[{\"model\": \"blog.post\", \"pk\": 1, \"fields\": {\"title\": \"", "x", "\"}}]" },
        { "json", "[{\"model\": \"blog.post\", \"pk\": 1, \"fields\": {\"title\": \"", "\\u0078", "\"}}]" },
        { "jsonl", "{\"model\": \"blog.post\", \"pk\": 1, \"fields\": {\"title\": \"", "x", "\"}}" },
        { "yaml", "- model: blog.post\n  pk: 1\n  fields:\n    title: \"", "x", "\"\n" },
        { "yaml", "- model: blog.post\n  pk: 1\n  fields:\n    title: ", "x", "\n" },
        { "xml", "<d><object model=\"blog.post\" pk=\"1\"><field name=\"title\">", "x", "</field></object></d>" },
    };

    // What is allowed is ten times the text, and what the program itself takes; what is too little is twice the text, which stands in memory as it is read and as it is stored.
    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_stored_whole_in_memory_that_is_bounded(string format, string before, string unit, string after)
    {
        Write($"blog/fixtures/long.{format}", before, unit, after);
        CommandResult result = _folder.RunProcess(["loaddata", "long", "--config", "."], environment: HeapOf((Megabytes * 10) + 32));

        Assert.True(result.ExitCode == 0 || Megabytes >= 1_000, result.Error);
        if (result.ExitCode != 0)
            return;
        using SqliteConnection connection = _folder.Connect();
        Assert.Equal(0L, CommandFolder.Execute(connection, $"SELECT count(*) FROM blog_post WHERE length(title) <> {Megabytes * 1_000_000L / unit.Length} OR replace(title, 'x', '') <> ''"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_refused_where_it_does_not_fit(string format, string before, string unit, string after)
    {
        Write($"blog/fixtures/long.{format}", before, unit, after);
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();

        _folder.RunProcess(["loaddata", "long", "--config", "."], environment: HeapOf(Megabytes * 2)).Failed("long." + format, "is too large for the memory");

        Assert.Equal(1, _folder.Count("blog_post"));
    }

    private static (string, string) HeapOf(int megabytes) => ("DOTNET_GCHeapHardLimit", (megabytes * 1_000_000L).ToString("X", CultureInfo.InvariantCulture));

    private void Write(string name, string before, string unit, string after)
    {
        using var writer = new StreamWriter(_folder.At(name));
        writer.Write(before);
        string part = string.Concat(Enumerable.Repeat(unit, 1_000_000 / 6));
        long units = Megabytes * 1_000_000L / unit.Length;
        for (; units > 0; units -= part.Length / unit.Length)
            writer.Write(part.AsSpan(0, (int)Math.Min(part.Length, units * unit.Length)));
        writer.Write(after);
    }
}

using System.IO.Compression;
using Fixtures.Cli;

namespace Fixtures.Tests.Cli;

/// <summary>The line in which something is wrong, as the command shows it.</summary>
public sealed class SourceExcerptTests
{
    [Theory]
    [InlineData("a: 1\nb: x\nc: 3\n", 2, 4, "b: x", 3)]
    [InlineData("a: 1\r\nb: x\r\n", 2, 4, "b: x", 3)]
    [InlineData("x", 1, 1, "x", 0)]
    [InlineData("\tname:\tx", 1, 8, " name: x", 7)]
    [InlineData("包丁: x", 1, 5, "包丁: x", 6)]
    [InlineData("[", 1, 2, "[", 1)]
    public void A_line_is_shown_with_its_place(string text, long line, long column, string shown, int indent) =>
        Assert.Equal(new SourceExcerpt(shown, indent), SourceExcerpt.Read(new StringReader(text), line, column));

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        string text = new string('a', 500) + "X" + new string('b', 500);

        Assert.Equal(new SourceExcerpt($"...{new string('a', 60)}X{new string('b', 60)}...", 63), SourceExcerpt.Read(new StringReader(text), 1, 501));
        Assert.Equal(new SourceExcerpt($"...{new string('a', 60)}X", 63), SourceExcerpt.Read(new StringReader(text[..501]), 1, 501));
        Assert.Equal(new SourceExcerpt($"{new string('a', 63)}...", 2), SourceExcerpt.Read(new StringReader(text), 1, 3));
    }

    [Theory]
    [InlineData("one line", 2, 1)]
    [InlineData("", 1, 1)]
    [InlineData("short\n", 1, 50)]
    public void A_place_that_is_not_there_is_not_shown(string text, long line, long column) =>
        Assert.Null(SourceExcerpt.Read(new StringReader(text), line, column));

    [Theory]
    [InlineData("-")]
    [InlineData("gone.json")]
    [InlineData("packed.json.gz")]
    public void What_cannot_be_read_again_is_not_shown(string file) =>
        Assert.Null(SourceExcerpt.Of(new FixtureError("wrong") { File = file, Line = 1, Column = 1 }));

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes among its files.");
        string pipe = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var making = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        try
        {
            Task<SourceExcerpt?> excerpt = Task.Run(() => SourceExcerpt.Of(new FixtureError("wrong") { File = pipe, Line = 1, Column = 1 }), TestContext.Current.CancellationToken);
            Assert.Null(await excerpt.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(pipe);
        }
    }

    [Fact]
    public void Of_a_packed_file_it_is_that_of_the_unpacked_text()
    {
        using var folder = new CommandFolder();
        using (var packed = new GZipStream(File.Create(folder.At("a.json.gz")), CompressionLevel.Optimal))
            packed.Write("one\ntwo\n"u8);
        Assert.Equal(new SourceExcerpt("two", 2), SourceExcerpt.Of(new FixtureError("wrong") { File = folder.At("a.json.gz"), Line = 2, Column = 3 }));
    }

    [Fact]
    public void The_command_shows_it_below_the_message()
    {
        using var folder = new CommandFolder();
        folder.Write("blog/fixtures/wrong.yaml", "- model: blog.post\n  pk: 1\n  fields: {title: x, nothing: 5}\n");

        string[] lines = folder.Run("loaddata", "wrong").Error.TrimEnd().ReplaceLineEndings("\n").Split('\n');

        Assert.Contains("wrong.yaml(3,22): blog.post pk=1: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["    fields: {title: x, nothing: 5}", $"{new string(' ', 23)}^"], lines[1..]);
    }
}

using Fixtures.Cli;

namespace Fixtures.Tests.Cli;

/// <summary>What a terminal would obey reaches it as an escape, wherever it comes from.</summary>
public sealed class ShownTextTests : IDisposable
{
    private const string Hostile = "a\u001B[2Jb\u0007\u009B31m\u202Ec\u2028d\u007F";
    private const string Shown = @"a\u001B[2Jb\u0007\u009B31m\u202Ec\u2028d\u007F";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("title: naïve 包丁 😀", "title: naïve 包丁 😀")]
    [InlineData(Hostile, Shown)]
    [InlineData("two\nlines\t", @"two\u000Alines\u0009")]
    public void Only_what_is_obeyed_is_escaped(string text, string shown) => Assert.Equal(shown, ShownText.Line(text));

    [Theory]
    [InlineData("""[{"model": "#", "fields": {}}]""")]
    [InlineData("""[{"model": "blog.post", "pk": "#", "fields": {"title": "x"}}]""")]
    [InlineData("""[{"model": "blog.post", "pk": 1, "fields": {"#": "x"}}]""")]
    [InlineData("""[{"model": "blog.comment", "pk": "1", "fields": {"post": "#"}}]""")]
    [InlineData("""[{"model": "blog.comment", "pk": "1", "fields": {"post": ["#"]}}]""")]
    [InlineData("""[{"model": "blog.comment", "pk": "1", "fields": {"post": 1}, "#": }]""")]
    public void Names_and_values_in_a_fixture_are_shown(string records)
    {
        string json = records.Replace("#", Hostile.Replace("\u001B", @"\u001b", StringComparison.Ordinal).Replace("\u0007", @"\n", StringComparison.Ordinal), StringComparison.Ordinal);
        _folder.Write("blog/fixtures/bad.json", json);

        foreach (string[] options in (string[][])[[], ["-v", "3"], ["--json"]])
        {
            CommandResult result = _folder.Run(["loaddata", "bad", .. options]);
            Assert.Equal(1, result.ExitCode);
            AssertShown(result);
        }
    }

    [Fact]
    public void Names_of_files_are_shown()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        _folder.Write($"blog/fixtures/{Hostile}.json", "[]");

        CommandResult loaded = _folder.Run("loaddata", Hostile, "-v", "2");
        Assert.Equal(0, loaded.ExitCode);
        Assert.Contains(Shown, loaded.Output, StringComparison.Ordinal);
        Assert.Contains(Shown, loaded.Error, StringComparison.Ordinal);
        AssertShown(loaded);
        AssertShown(_folder.Run("find", Hostile, "-v", "2"));
        AssertShown(_folder.Run("find", Hostile + "x", "-v", "2"));
        AssertShown(_folder.Run("loaddata", Hostile + "x"));
        AssertShown(_folder.Run("loaddata", "posts", "--connection", $"no/{Hostile}.db"));
        AssertShown(_folder.Run("loaddata", "posts", "--app", Hostile));
        AssertShown(_folder.Run("loaddata", "posts", "--exclude", Hostile));
    }

    [Fact]
    public void What_is_no_command_or_option_is_shown()
    {
        AssertShown(CommandFolder.RunBare(Hostile));
        AssertShown(CommandFolder.RunBare("loaddata", "--" + Hostile));
        AssertShown(CommandFolder.RunBare("flush", Hostile));
        AssertShown(CommandFolder.RunBare("loaddata", "x", "-v", Hostile));
        AssertShown(CommandFolder.RunBare("loaddata", "x", "--config", Hostile));
    }

    private static void AssertShown(CommandResult result) =>
        Assert.DoesNotContain(result.Output + result.Error, character => character is not ('\n' or '\r') && ShownText.IsObeyed(character));
}

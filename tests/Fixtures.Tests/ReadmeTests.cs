using System.Diagnostics;
using System.Text.RegularExpressions;
using Fixtures.Tests.Cli;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests;

/// <summary>What the README says works: its code, configuration, fixtures, messages, links and its main command.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string Page = Repository.ReadText("README.md");

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_piece_of_code_is_an_example_that_runs()
    {
        string examples = WithoutIndent(Repository.ReadText("tests", "Fixtures.Tests", "ReadmeExamples.cs").Split('\n'));

        Assert.NotEmpty(Blocks("csharp"));
        Assert.All(Blocks("csharp"), block => Assert.Contains(WithoutIndent(block), examples, StringComparison.Ordinal));
    }

    [Fact]
    public void The_configuration_is_read()
    {
        string[] block = Assert.Single(Blocks("jsonc"));
        string file = Path.Combine(_folder, "fixtures.config.json");
        File.WriteAllLines(file, block);

        FixtureOptions options = FixtureOptions.FromFile(file);

        Assert.Equal(["blog", "shop"], options.Apps.Select(app => app.Label));
        Assert.Equal("posts", options.Models["blog.post"].Table);
    }

    [Fact]
    public void The_fixture_gives_the_same_rows_in_each_format()
    {
        string[] formats = ["json", "jsonl", "yaml", "xml"];

        string[] rows = [.. formats.Select(format => RowsOf(format, Assert.Single(Blocks(format))))];

        Assert.All(rows, row => Assert.Equal(rows[0], row));
        Assert.Equal("900 | amelie | Onion soup | onion-soup | 1 |  | 1,how-to", rows[0]);
    }

    [Fact]
    public void Messages_are_what_the_library_says()
    {
        string app = Path.Combine(_folder, "blog");
        string fixtures = Directory.CreateDirectory(Path.Combine(app, "fixtures")).FullName;
        File.WriteAllText(Path.Combine(fixtures, "testdata.json"), "[]");
        File.WriteAllText(Path.Combine(fixtures, "field.json"), """
            [{ "model": "blog.tag", "pk": 90,
               "fields": { "slug": "soup", "nam": "Soup" } }]
            """);
        File.WriteAllText(Path.Combine(fixtures, "date.json"), """
            [{ "model": "blog.comment", "pk": 90,
               "fields": { "post": 999, "author": 1, "text": "Hm.", "created": "2024-02-30" } }]
            """);
        File.WriteAllText(Path.Combine(fixtures, "post.json"), """
            [{ "model": "blog.comment", "pk": 90, "fields": { "post": 999, "guest_name": "Hm", "text": "Hm." } }]
            """);
        var loader = new FixtureLoader(Samples() with { Apps = [new FixtureApp("blog", app)], SearchCurrentDirectory = false });
        using SqliteConnection connection = NewDatabase();

        IEnumerable<string> messages = new[] { "tesdata", "field", "date", "post" }
            .Select(label => Assert.Throws<FixtureException>(() => loader.LoadInto(connection, label)).Message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace('\\', '/'));

        string[] shown = Blocks("text").Single(block => block[0].StartsWith("No fixture named", StringComparison.Ordinal));
        Assert.Equal(shown, messages);
    }

    // The command runs as it was built beside this assembly: 'dotnet run' would build again while the tests run. Nothing else of the line is
    // changed. Its second half needs a build of its own; here only its query runs. '.ci/run' runs the line as it stands.
    [Fact]
    public void The_main_command_loads_the_samples()
    {
        CopySamples();
        Match line = MainCommand().Match(Page);
        Assert.True(line.Success, "The README's main command is not of the form that this test knows.");

        (int exitCode, string output, string errors) = RunCommand(line.Groups["arguments"].Value.Split(' '));
        Assert.True(exitCode == 0, errors);
        Assert.Empty(errors);

        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, line.Groups["file"].Value)};Pooling=False");
        connection.Open();
        string[] rows = Rows(connection, line.Groups["sql"].Value);
        string[] shown = Blocks("text").Single(block => block[0].StartsWith("Installed", StringComparison.Ordinal));
        Assert.Equal(shown[0], output.TrimEnd());
        Assert.Equal(shown[2..], rows);
    }

    [Fact]
    public void The_flush_asks_and_tells_as_it_is_shown()
    {
        CopySamples();
        string[] arguments = ["--config", Path.Combine(_folder, "fixtures-samples")];
        CommandFolder.RunBare(["loaddata", "testdata", .. arguments]).Succeeded();

        CommandResult result = CommandFolder.RunIn(isTerminal: true, ["flush", .. arguments], () => new MemoryStream("y\n"u8.ToArray()), CancellationToken.None);

        string[] shown = Blocks("text").Single(block => block[0].StartsWith("This deletes", StringComparison.Ordinal));
        string asked = result.Error.Replace(Path.Combine(_folder, "fixtures-samples") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', shown), $"{asked}y\n{result.Output.TrimEnd()}");
    }

    [Fact]
    public void There_are_exactly_two_commands() => Assert.Equal(2, Assert.Single(Blocks("sh")).Length);

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/README.md")]
    [InlineData("src/Fixtures/Testing/README.md")]
    [InlineData("tests/README.md")]
    [InlineData("fixtures-samples/README.md")]
    public void Links_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(page))!;

        IEnumerable<string> targets = Link().Matches(Repository.ReadText(page)).Select(link => link.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to '{target}', which is not there."));
    }

    private static IEnumerable<string[]> Blocks(string language) => Markdown.Blocks(Page).Where(block => block.Language == language).Select(block => block.Lines);

    private static string WithoutIndent(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));

    private static FixtureOptions Samples() => FixtureOptions.FromFile(Repository.PathOf("fixtures-samples"));

    private static SqliteConnection NewDatabase()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        new FixtureLoader(Samples()).ApplySchema(connection);
        return connection;
    }

    private static string[] Rows(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return [.. rows];
    }

    private string RowsOf(string format, string[] fixture)
    {
        string file = Path.Combine(_folder, $"soup.{format}");
        File.WriteAllLines(file, fixture);
        using SqliteConnection connection = NewDatabase();
        new FixtureLoader(Samples()).LoadInto(connection, "testdata", file);
        return Assert.Single(Rows(connection, """
            SELECT p.id, u.username, p.title, p.slug, p.is_featured, p.product_id,
              (SELECT group_concat(CASE t.id WHEN 1 THEN '1' ELSE t.slug END ORDER BY t.id = 1 DESC) FROM blog_post_tags pt JOIN blog_tag t ON t.id = pt.tag_id WHERE pt.post_id = p.id)
            FROM blog_post p JOIN blog_user u ON u.id = p.author_id WHERE p.id = 900
            """));
    }

    private void CopySamples()
    {
        string samples = Repository.PathOf("fixtures-samples");
        foreach (string file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories).Where(file => !file.Contains(".db", StringComparison.Ordinal)))
        {
            string copy = Path.Combine(_folder, "fixtures-samples", Path.GetRelativePath(samples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private (int ExitCode, string Output, string Errors) RunCommand(string[] arguments)
    {
        string command = Path.Combine(AppContext.BaseDirectory, "fixtures.dll");
        Assert.True(File.Exists(command), $"'{command}' is not there. The test project refers to src/Fixtures.Cli, so that a build puts it beside the tests.");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [command, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        foreach (string variable in new[] { "FIXTURES_CONFIG", "FIXTURES_DATABASE" })
            start.Environment.Remove(variable);

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    [GeneratedRegex("""^dotnet run --project src/Fixtures\.Cli -- (?<arguments>[^&"]+) && dotnet run fixtures-samples/query\.cs (?<file>\S+) "(?<sql>[^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex MainCommand();

    [GeneratedRegex(@"\]\((?!#)([^)#\s]+)")]
    private static partial Regex Link();
}

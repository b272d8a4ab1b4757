using System.Text.Json;

namespace Fixtures.Tests.Cli.TestPrograms;

public sealed class TestCommandTests : IDisposable
{
    private const string TimePattern = @"\d+\.\d{3}s";

    private readonly TestProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_program_has_a_line_and_the_last_line_has_the_totals()
    {
        string blog = _folder.Add("blog", TestProgramFolder.OnePassed);
        string shop = _folder.Add("shop", TestProgramFolder.OnePassed);

        string[] lines = _folder.Run(blog, shop, "--workers", "1").Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.Equal(3, lines.Length);
        Assert.Matches($@"^{blog}: 1 test\(s\), 0 failure\(s\), {TimePattern}$", lines[0]);
        Assert.Matches($@"^{shop}: 1 test\(s\), 0 failure\(s\), {TimePattern}$", lines[1]);
        Assert.Matches($"^time: {TimePattern}, failures: 0, errors: 0$", lines[2]);
    }

    [Fact]
    public void A_failed_test_is_listed_with_its_message_and_its_place()
    {
        CommandResult result = _folder.Run(_folder.Add("blog", TestProgramFolder.OneFailed, "exit 1"));

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Matches($@"^Fixtures\.FakeTests: 2 test\(s\), 1 failure\(s\), {TimePattern}\n", result.Output.ReplaceLineEndings("\n"));
        Assert.Contains("""

            Fixtures.FakeTests: Blog.PostTests.Fails
              One is not two.
              /blog/PostTests.cs(12): Blog.PostTests.Fails()

            time:
            """, result.Output, StringComparison.Ordinal);
        Assert.Matches("failures: 1, errors: 0$", result.Output.TrimEnd());
    }

    [Theory]
    [InlineData("ended with exit code 7 and wrote no results.", "exit 7")]
    [InlineData("ended with exit code 0 and wrote no results.", "exit 0")]
    [InlineData("ended with exit code 3, although no test has failed.", TestProgramFolder.OnePassed, "exit 3")]
    [InlineData("ended with exit code 7.", TestProgramFolder.OneFailed, "exit 7")]
    [InlineData("has run no test.", "results <TestRun />")]
    [InlineData("ended with exit code 1, and its results cannot be read:", "results <TestRun><Results>", "exit 1")]
    [InlineData("had 2 error(s) outside of its tests.", """results <TestRun><ResultSummary><Counters error="2" /></ResultSummary></TestRun>""", "exit 1")]
    public void A_program_that_goes_wrong_is_an_error_with_its_last_output(string problem, params string[] script)
    {
        CommandResult result = _folder.Run(_folder.Add("blog", ["print \e[31mthe reason\e[0m", .. script]));

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Contains($"\nFixtures.FakeTests {problem}", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\n  Its last output:\n  the reason\n", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Matches("errors: 1$", result.Output.TrimEnd());
    }

    [Fact]
    public void A_crash_is_an_error_and_the_other_programs_go_on()
    {
        string crashed = _folder.Add("blog", "crash out of milk");
        string other = _folder.Add("shop", TestProgramFolder.OnePassed);

        JsonElement json = _folder.Run(crashed, other, "--json").Json;

        Assert.Equal((1, 0, 1), (json.GetProperty("tests").GetInt32(), json.GetProperty("failures").GetInt32(), json.GetProperty("errors").GetInt32()));
        JsonElement program = json.GetProperty("assemblies")[0];
        Assert.Contains("and wrote no results.", program.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains(program.GetProperty("output").EnumerateArray(), line => line.GetString()!.Contains("out of milk", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_its_members_in_order_and_the_programs_as_they_were_named()
    {
        string slow = _folder.Add("slow", $"wait {_folder.At("quick-was-here")}", TestProgramFolder.OneFailed, "exit 1");
        string quick = _folder.Add("quick", TestProgramFolder.OnePassed, $"append-name {_folder.At("quick-was-here")}");

        CommandResult result = _folder.Run(slow, quick, "--workers", "2", "--json");

        JsonElement json = result.Json;
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["status", "elapsedMs", "workers", "tests", "failures", "errors", "assemblies"], Names(json));
        Assert.Equal(("error", 2), (json.GetProperty("status").GetString(), json.GetProperty("workers").GetInt32()));
        JsonElement[] programs = [.. json.GetProperty("assemblies").EnumerateArray()];
        Assert.Equal([slow, quick], programs.Select(program => program.GetProperty("path").GetString()));
        Assert.Equal(["path", "tests", "failures", "errors", "skipped", "elapsedMs", "failed"], Names(programs[0]));
        Assert.Equal(["path", "tests", "failures", "errors", "skipped", "elapsedMs"], Names(programs[1]));
        JsonElement failed = Assert.Single(programs[0].GetProperty("failed").EnumerateArray());
        Assert.Equal(["name", "message", "stack"], Names(failed));
        Assert.Equal("Blog.PostTests.Fails", failed.GetProperty("name").GetString());
    }

    [Fact]
    public void Success_at_verbosity_0_says_nothing_and_a_failure_only_what_failed()
    {
        string good = _folder.Add("good", TestProgramFolder.OnePassed);
        string bad = _folder.Add("bad", TestProgramFolder.OneFailed, "exit 1");

        Assert.Equal("", _folder.Run(good, "-v", "0").Succeeded().Output);
        Assert.DoesNotContain(good, _folder.Run(good, bad, "-v", "0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_runs_in_its_folder_with_the_environment_and_the_configuration_that_was_given()
    {
        File.WriteAllText(_folder.At("fixtures.config.json"), "{}");
        string program = _folder.Add("blog", "print-folder", "print-variable PATH", "print-variable FIXTURES_CONFIG");

        string output = _folder.Run(program, "--config", _folder.Path).Output.ReplaceLineEndings("\n");

        Assert.Contains($"\n  {_folder.At("blog")}\n  {Environment.GetEnvironmentVariable("PATH")![..20]}", output, StringComparison.Ordinal);
        Assert.Contains($"\n  {_folder.Path}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_mean_nothing_here_are_said_to_mean_nothing()
    {
        CommandResult result = _folder.Run(_folder.Add("blog", TestProgramFolder.OnePassed), "--app", "blog");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("warning: --database, --connection and --app do nothing here: test programs choose their databases themselves.", result.Error.TrimEnd());
    }

    [Fact]
    public void A_configuration_that_is_refused_is_refused_before_any_test() =>
        _folder.Run(_folder.Add("blog", TestProgramFolder.OnePassed), "--config", _folder.At("nosuch.json")).Failed("nosuch.json");

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];
}

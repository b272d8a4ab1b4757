namespace Fixtures.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("loaddata posts --nosuch", "Unknown option '--nosuch'.")]
    [InlineData("loaddata --nosuch posts", "Unknown option '--nosuch'.")]
    [InlineData("loaddata posts --nosuch=1 -- -x", "Unknown option '--nosuch=1'.")]
    [InlineData("loaddata posts -V", "Unknown option '-V'.")]
    [InlineData("loaddata posts -e --nosuch", "'--nosuch' is an option.")]
    [InlineData("loaddata posts --config --nosuch", "'--nosuch' is an option.")]
    [InlineData("loaddata posts --noinput", "Unknown option '--noinput'.")]
    [InlineData("find posts --dry-run", "Unknown option '--dry-run'.")]
    [InlineData("loaddata", "No label was given.")]
    [InlineData("find --json", "No label was given.")]
    [InlineData("loaddata --dry-run -e blog", "No label was given.")]
    [InlineData("test", "No assembly was given.")]
    [InlineData("test Blog.Tests.dll --workers 0", "'0' is no number of workers.")]
    [InlineData("test Blog.Tests.dll --workers -1", "'-1' is no number of workers.")]
    [InlineData("test Blog.Tests.dll --workers two", "'two' is no number of workers.")]
    [InlineData("test Blog.Tests.dll --workers", "'--workers'")]
    [InlineData("test Blog.Tests.dll --dry-run", "Unknown option '--dry-run'.")]
    [InlineData("loaddata posts -e", "'-e'")]
    [InlineData("loaddata posts --connection", "'--connection'")]
    [InlineData("loaddata posts --config a --config b", "'--config'")]
    [InlineData("loaddata posts -v 4", "Verbosity '4' is not one of 0, 1, 2, 3.")]
    [InlineData("loaddata posts -v loud", "Verbosity 'loud' is not one of 0, 1, 2, 3.")]
    [InlineData("", "No command was given.")]
    [InlineData("--json", "No command was given.")]
    [InlineData("flush --noinput --dry-run", "Unknown option '--dry-run'.")]
    [InlineData("flush --no-input", "Unknown option '--no-input'.")]
    [InlineData("flush posts --noinput", "'posts' is one name too many: 'flush' takes none.")]
    [InlineData("flush --noinput -- --x", "'--x' is one name too many")]
    [InlineData("flush --noinput=false", "'false' is one name too many")]
    [InlineData("flush --app", "'--app'")]
    [InlineData("dumpdata", "'dumpdata' is no command")]
    [InlineData("loadata posts", "'loadata' is no command")]
    public void What_cannot_be_read_is_refused_with_exit_code_2(string args, string part)
    {
        CommandResult result = CommandFolder.RunBare(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)).NotUnderstood(part);

        Assert.Contains("--help'", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--database")]
    [InlineData("--connection")]
    [InlineData("--app")]
    [InlineData("--format")]
    [InlineData("--exclude")]
    public void An_empty_value_is_refused(string option) =>
        CommandFolder.RunBare(["loaddata", "posts", option, ""]).NotUnderstood($"The value of '{option}' is empty.");

    [Fact]
    public void What_looks_like_a_response_file_is_a_label()
    {
        using var folder = new CommandFolder();
        string file = folder.Write("list", "posts");

        Assert.Contains("No fixture named 'list' found.", folder.Run("find", "@" + file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_behind_two_dashes_may_look_like_options()
    {
        using var folder = new CommandFolder();
        folder.Write("blog/fixtures/--json.json", CommandFolder.TwoPosts);
        folder.Write("blog/fixtures/-x.json", CommandFolder.TwoPosts);

        CommandResult result = CommandFolder.RunBare(["loaddata", "--config", folder.Path, "--", "--json", "-x"]);

        Assert.StartsWith("Installed 4 object(s) from 2 fixture(s)", result.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_may_stand_before_the_command_and_flags_take_no_value()
    {
        using var folder = new CommandFolder();

        CommandResult result = CommandFolder.RunBare(["--config", folder.Path, "-v", "0", "loaddata", "-i", "posts", "--dry-run"]);

        Assert.Equal("", result.Succeeded().Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_the_commands_that_there_are(string option)
    {
        string help = CommandFolder.RunBare([option]).Succeeded().Output;

        Assert.Contains("loaddata ", help, StringComparison.Ordinal);
        Assert.Contains("find ", help, StringComparison.Ordinal);
        Assert.Contains("test ", help, StringComparison.Ordinal);
        Assert.Contains("flush ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("dumpdata", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loaddata", "--format", "--exclude", "--ignorenonexistent", "--dry-run")]
    [InlineData("find")]
    [InlineData("flush", "--noinput", "--no-initial-data")]
    [InlineData("test", "--workers")]
    public void Help_of_a_command_names_each_of_its_options_and_an_example(string command, params string[] options)
    {
        string help = CommandFolder.RunBare([command, "--help"]).Succeeded().Output;

        Assert.All([.. options, "--config", "--database", "--connection", "--app", "-v, --verbosity", "--json"], option => Assert.Contains($"{option} ", help, StringComparison.Ordinal));
        Assert.Contains($"  fixtures {command} ", help, StringComparison.Ordinal);
        Assert.DoesNotContain(help.Split('\n'), line => line.Length > 120);
    }

    [Fact]
    public void Version_is_three_numbers() => Assert.Matches(@"^\d+\.\d+\.\d+\s*$", CommandFolder.RunBare(["--version"]).Succeeded().Output);
}

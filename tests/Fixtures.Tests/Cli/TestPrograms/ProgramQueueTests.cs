using System.Globalization;

namespace Fixtures.Tests.Cli.TestPrograms;

/// <summary>What runs when, how runs end, and that nothing waits for ever.</summary>
public sealed class ProgramQueueTests : IDisposable
{
    private readonly TestProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void So_many_programs_run_at_a_time_as_there_are_workers()
    {
        string left = _folder.Add("left", $"append-name {_folder.At("left-is-here")}", $"wait {_folder.At("right-is-here")}", TestProgramFolder.OnePassed);
        string right = _folder.Add("right", $"append-name {_folder.At("right-is-here")}", $"wait {_folder.At("left-is-here")}", TestProgramFolder.OnePassed);

        _folder.Run(left, right, "--workers", "2").Succeeded();
    }

    [Fact]
    public void A_worker_takes_the_next_program_while_another_one_is_busy()
    {
        string waiting = _folder.Add("waiting", $"wait {_folder.At("last-was-here")}", TestProgramFolder.OnePassed);
        string quick = _folder.Add("quick", TestProgramFolder.OnePassed);
        string last = _folder.Add("last", $"append-name {_folder.At("last-was-here")}", TestProgramFolder.OnePassed);

        _folder.Run(waiting, quick, last, "--workers", "2").Succeeded();
    }

    [Fact]
    public void New_programs_run_first_then_those_that_took_longest()
    {
        string log = _folder.At("log");
        string[] programs = [.. new[] { "short", "long", "new" }.Select(name => _folder.Add(name, $"append-name {log}", TestProgramFolder.OnePassed))];
        Directory.CreateDirectory(_folder.At("data"));
        File.WriteAllText(_folder.TimesFile, string.Create(CultureInfo.InvariantCulture, $$"""{"{{programs[0]}}": 10, "{{programs[1]}}": 2000}"""));

        _folder.Run([.. programs, "--workers", "1"]).Succeeded();

        Assert.Equal(["new", "long", "short"], File.ReadAllLines(log));
    }

    [Fact]
    public void Output_of_any_length_is_read_and_its_end_is_kept()
    {
        string program = _folder.Add("blog", "flood 50000", "print-to-both the end");

        string[] lines = _folder.Run(program).Output.ReplaceLineEndings("\n").Split("Its last output:\n")[1].Split('\n');

        // The two streams come in any order, each with its own end.
        Assert.Equal("  the end", lines[39]);
        Assert.All(lines[..39], line => Assert.Contains(line, (string[])[$"  {new string('x', 200)}", "  the end"]));
    }

    [Fact]
    public async Task Cancelling_ends_the_programs_and_what_they_have_started()
    {
        string held = _folder.At("held");
        string program = _folder.Add("blog", $"hang-with-child {held}");
        using var cancellation = new CancellationTokenSource();

        var running = Task.Run(() => _folder.RunCancellable([program, "--json"], cancellation.Token), TestContext.Current.CancellationToken);
        while (!File.Exists(held))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        CommandResult result = await running;

        Assert.Equal((1, "cancelled"), (result.ExitCode, result.Json.GetProperty("stage").GetString()));
        Assert.StartsWith("The run was cancelled when 0 of 1 program(s) had ended and ", result.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.TimesFile));
        while (!CanOpen(held))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    private static bool CanOpen(string held)
    {
        try
        {
            using FileStream file = new(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

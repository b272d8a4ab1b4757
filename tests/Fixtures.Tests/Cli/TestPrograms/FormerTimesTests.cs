using Fixtures.Cli.TestPrograms;

namespace Fixtures.Tests.Cli.TestPrograms;

public sealed class FormerTimesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-times-").FullName;

    private string File => Path.Combine(_folder, "data", "test-times.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        Assert.Empty(Times().Read());

        Assert.Null(Times().Write(Run(("/a.dll", 1500), ("/b.dll", 20))));
        Assert.Null(Times().Write(Run(("/b.dll", 30))));

        Assert.Equal([new("/b.dll", TimeSpan.FromMilliseconds(30)), new("/a.dll", TimeSpan.FromMilliseconds(1500))], Times().Read());
        Assert.Equal([File], Directory.GetFiles(Path.Combine(_folder, "data")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"/a.dll\": 1")]
    [InlineData("[1, 2]")]
    [InlineData("{\"/a.dll\": \"long\", \"/b.dll\": 1e300, \"/c.dll\": null}")]
    public void A_damaged_file_is_ignored_and_written_anew(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);

        Assert.Empty(Times().Read());
        Assert.Null(Times().Write(Run(("/d.dll", 10))));

        Assert.Equal(["/d.dll"], Times().Read().Keys);
    }

    [Fact]
    public void The_oldest_ones_are_dropped()
    {
        Times().Write(Enumerable.Range(0, 1000).ToDictionary(number => $"/old/{number}.dll", _ => TimeSpan.FromSeconds(1)));

        Times().Write(Run(("/new.dll", 10)));

        IReadOnlyDictionary<string, TimeSpan> times = Times().Read();
        Assert.Equal((1000, true, false), (times.Count, times.ContainsKey("/new.dll"), times.ContainsKey("/old/999.dll")));
    }

    [Fact]
    public void Where_they_cannot_be_written_the_run_succeeds_and_says_so_when_asked()
    {
        using var folder = new TestProgramFolder();
        string program = folder.Add("blog", TestProgramFolder.OnePassed);
        System.IO.File.WriteAllText(folder.At("data"), "a file where the folder should be");

        Assert.Equal((0, ""), (folder.Run(program).ExitCode, folder.Run(program).Error));
        Assert.StartsWith("warning: The times of the test programs cannot be kept for the next run: ", folder.Run(program, "-v", "2").Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, TimeSpan> Run(params (string Assembly, int Milliseconds)[] times) =>
        times.ToDictionary(time => time.Assembly, time => TimeSpan.FromMilliseconds(time.Milliseconds));

    private FormerTimes Times() => new(Path.Combine(_folder, "data"));
}

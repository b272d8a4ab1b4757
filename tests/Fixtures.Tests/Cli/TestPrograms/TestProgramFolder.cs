using Fixtures.Cli;

namespace Fixtures.Tests.Cli.TestPrograms;

/// <summary>Test programs in a temporary folder, and <c>fixtures test</c> run on them. They do what their scripts say: see Fixtures.FakeTests.</summary>
public sealed class TestProgramFolder : IDisposable
{
    /// <summary>A script's line that writes the results of one test that passed.</summary>
    public const string OnePassed = """results <TestRun><Results><UnitTestResult testId="1" testName="Blog.PostTests.Passes" outcome="Passed" /></Results></TestRun>""";

    /// <summary>The same with a second test, which failed.</summary>
    public const string OneFailed = """results <TestRun><Results><UnitTestResult testId="1" testName="Blog.PostTests.Passes" outcome="Passed" /><UnitTestResult testId="2" testName="Blog.PostTests.Fails" outcome="Failed"><Output><ErrorInfo><Message>One is not two.</Message><StackTrace>at Blog.PostTests.Fails() in /blog/PostTests.cs:line 12</StackTrace></ErrorInfo></Output></UnitTestResult></Results></TestRun>""";

    public string Path { get; } = Directory.CreateTempSubdirectory("fixtures-programs-").FullName;

    /// <summary>Where the command remembers times.</summary>
    public string TimesFile => At("data/test-times.json");

    /// <summary>A test program of this build, where its project lies.</summary>
    public static string Built(string project)
    {
        // bin/Release/net10.0 of the tests is that of the other projects.
        string output = System.IO.Path.GetRelativePath(Repository.PathOf("tests", "Fixtures.Tests"), AppContext.BaseDirectory);
        return Repository.PathOf("tests", project, output, $"{project.Replace('/', '.')}.dll");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Adds a program in a folder of its own.</summary>
    /// <returns>Its assembly.</returns>
    public string Add(string folder, params string[] script)
    {
        string built = Built("Fixtures.FakeTests");
        Directory.CreateDirectory(At(folder));
        foreach (string extension in (string[])[".dll", ".runtimeconfig.json"])
            File.Copy(System.IO.Path.ChangeExtension(built, extension), At($"{folder}/Fixtures.FakeTests{extension}"));
        File.WriteAllLines(At($"{folder}/script"), script);
        return At($"{folder}/Fixtures.FakeTests.dll");
    }

    /// <summary>Runs <c>fixtures test</c> in this process.</summary>
    internal CommandResult Run(params string[] args) => RunCancellable(args, CancellationToken.None);

    internal CommandResult RunCancellable(string[] args, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CommandLine.Run(["test", .. args], new Terminal(output, error, () => Stream.Null, IsInputTerminal: false, IsErrorTerminal: false, At("data"), cancellation));
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}

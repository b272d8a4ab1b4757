using System.Diagnostics;
using System.Text;

namespace Fixtures.Cli.TestPrograms;

/// <summary>A built test program.</summary>
/// <param name="Assembly">The full path of its assembly.</param>
/// <param name="Name">What reports call it.</param>
/// <param name="Runner">What runs its tests.</param>
/// <param name="Executable">The executable of a program that brings its own runtime; null: <c>dotnet</c> starts it.</param>
internal sealed record TestProgram(string Assembly, string Name, TestRunner Runner, string? Executable)
{
    /// <summary>The exit code that means that tests have failed, and nothing worse.</summary>
    public int FailedExitCode => Runner == TestRunner.TestingPlatform ? 2 : 1;

    /// <summary>How to start it so that it writes its results. The current directory is its own folder, as with <c>dotnet test</c>.</summary>
    /// <param name="results">Where it is to write them: a file in a folder that is there and empty.</param>
    public ProcessStartInfo StartInfo(string results) => new(Runner == TestRunner.VSTest ? DotNet() : Executable ?? DotNet(), Arguments(results))
    {
        WorkingDirectory = Path.GetDirectoryName(Assembly)!,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    private string[] Arguments(string results)
    {
        string[] start = Executable is null ? ["exec", Assembly] : [];
        string folder = Path.GetDirectoryName(results)!;
        string file = Path.GetFileName(results);
        return Runner switch
        {
            TestRunner.Xunit => [.. start, .. XunitArguments(results)],
            TestRunner.TestingPlatform => [.. start, "--report-trx", "--report-trx-filename", file, "--results-directory", folder],
            _ => ["vstest", Assembly, $"--logger:trx;LogFileName={file}", $"--ResultsDirectory:{folder}"],
        };
    }

    // A program that was built with UseMicrosoftTestingPlatformRunner understands '-trx' only in a file behind '@@'; the others understand both.
    private static string[] XunitArguments(string results)
    {
        string arguments = Path.ChangeExtension(results, ".args");
        File.WriteAllLines(arguments, ["-trx", results, "-noColor", "-noLogo"]);
        return ["@@", arguments];
    }

    // The one that runs this command, where one does: another one of the PATH may not have the runtime.
    private static string DotNet() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host
        ? host
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}

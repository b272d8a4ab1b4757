using System.Text.Json;

namespace Fixtures.Cli.TestPrograms;

/// <summary>Looks at the files of a test program to see how it is run.</summary>
internal static class TestProgramFiles
{
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>Reads what a path leads to.</summary>
    /// <exception cref="FixtureException">It is no test program, or none that writes its results.</exception>
    public static TestProgram Read(string path)
    {
        if (Directory.Exists(path))
            throw Refused(path, "is a directory. Name the test program in it.");
        if (!File.Exists(path))
            throw Refused(path, "is not there. Build it, or correct the path.");
        try
        {
            string assembly = AssemblyOf(path);
            AssemblyReferences references = AssemblyReferences.Read(assembly) ?? throw Refused(path, "is not a .NET program.");
            string? executable = ExecutableOf(path, assembly);
            return new TestProgram(assembly, Path.GetFileNameWithoutExtension(assembly), RunnerOf(path, assembly, references), executable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, $"cannot be read: {exception.Message}");
        }
    }

    public static FixtureException Refused(string path, string message) => new(FixtureStage.Resolve, new FixtureError($"'{path}' {message}"));

    private static string AssemblyOf(string path)
    {
        string full = Path.GetFullPath(path);
        if (full.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return full;
        string assembly = (full.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? full[..^4] : full) + ".dll";
        return File.Exists(assembly)
            ? assembly
            : throw Refused(path, $"is not a test program: there is no '{Path.GetFileName(assembly)}' beside it. Name the assembly that a build has made.");
    }

    private static string? ExecutableOf(string path, string assembly)
    {
        string withoutExtension = assembly[..^4];
        string config = withoutExtension + ".runtimeconfig.json";
        if (!File.Exists(config))
            throw Refused(path, $"is not a program: there is no '{Path.GetFileName(config)}' beside it. Name the test program, not a library.");
        if (!BringsRuntime(path, config))
            return null;
        string executable = OperatingSystem.IsWindows() ? withoutExtension + ".exe" : withoutExtension;
        return File.Exists(executable) ? executable : throw Refused(path, $"brings its own runtime, and there is no '{Path.GetFileName(executable)}' beside it to start it.");
    }

    private static bool BringsRuntime(string path, string config)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(config), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.GetProperty("runtimeOptions").TryGetProperty("includedFrameworks", out _);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Refused(path, $"cannot be started: '{Path.GetFileName(config)}' beside it is damaged. Build it again.");
        }
    }

    private static TestRunner RunnerOf(string path, string assembly, AssemblyReferences references)
    {
        if (references.StartsXunit)
            return TestRunner.Xunit;
        if (references is { StartsTestingPlatform: true, WritesTrx: true })
            return TestRunner.TestingPlatform;

        string folder = Path.GetDirectoryName(assembly)!;
        if (File.Exists(Path.Combine(folder, "testhost.dll")) && Directory.EnumerateFiles(folder, "*TestAdapter.dll", AnyCase).Any())
            return TestRunner.VSTest;
        throw references.StartsTestingPlatform
            ? Refused(path, "cannot write its results as TRX. Add the package Microsoft.Testing.Extensions.TrxReport to its project.")
            : Refused(path, "has no test runner that is known: neither xunit v3, nor Microsoft.Testing.Platform, nor Microsoft.NET.Test.Sdk with the adapter of its framework. Add one of them to its project.");
    }
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Fixtures.Cli.TestPrograms;

namespace Fixtures.Tests.Cli.TestPrograms;

/// <summary>Which programs are taken, how each is run, and what is said of the others.</summary>
public sealed class TestProgramListTests : IDisposable
{
    private static readonly (string Assembly, string Type) TestingPlatform = ("Microsoft.Testing.Platform", "Microsoft.Testing.Platform.Builder.TestApplication");
    private static readonly (string Assembly, string Type) TrxExtension = ("Microsoft.Testing.Extensions.TrxReport", "Microsoft.Testing.Extensions.TrxReport.TestingPlatformBuilderHook");

    private readonly TestProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_that_is_refused_is_named_at_once_and_nothing_runs()
    {
        string good = _folder.Add("good", $"append-name {_folder.At("it-ran")}", TestProgramFolder.OnePassed);
        string text = Write("text.dll", "no assembly");
        string library = Write("library.dll", "");
        File.Copy(typeof(FixtureLoader).Assembly.Location, library, overwrite: true);

        CommandResult result = _folder.Run(good, _folder.At("nosuch.dll"), _folder.Path, text, library, Write("tool", ""), good).Failed();

        Assert.Equal(
            [
                $"'{_folder.At("nosuch.dll")}' is not there. Build it, or correct the path.",
                $"'{_folder.Path}' is a directory. Name the test program in it.",
                $"'{text}' is not a .NET program.",
                $"'{library}' is not a program: there is no 'library.runtimeconfig.json' beside it. Name the test program, not a library.",
                $"'{_folder.At("tool")}' is not a test program: there is no 'tool.dll' beside it. Name the assembly that a build has made.",
                $"'{good}' is named more than once. Name each test program once.",
            ],
            result.ErrorLines);
        Assert.False(File.Exists(_folder.At("it-ran")));
        JsonElement json = _folder.Run(text, library, "--json").Json;
        Assert.Equal(("resolve", 2), (json.GetProperty("stage").GetString(), json.GetProperty("errorCount").GetInt32()));
    }

    [Fact]
    public void An_executable_stands_for_the_assembly_beside_it()
    {
        string assembly = _folder.Add("blog", TestProgramFolder.OnePassed);
        string executable = assembly[..^4];
        File.WriteAllText(executable, "");

        Assert.Equal(assembly, Assert.Single(TestProgramList.Find([executable])).Assembly);
        _folder.Run(executable, assembly).Failed("is named more than once");
    }

    [Fact]
    public void A_program_that_brings_its_runtime_is_started_by_its_executable()
    {
        string assembly = _folder.Add("blog");
        string executable = OperatingSystem.IsWindows() ? assembly[..^4] + ".exe" : assembly[..^4];
        File.WriteAllText(assembly[..^4] + ".runtimeconfig.json", """{"runtimeOptions": {"includedFrameworks": [{"name": "Microsoft.NETCore.App", "version": "10.0.0"}]}}""");

        _folder.Run(assembly).Failed("brings its own runtime");
        File.WriteAllText(executable, "");

        Assert.Equal(executable, Assert.Single(TestProgramList.Find([assembly])).Executable);
    }

    [Fact]
    public void A_damaged_runtime_configuration_is_refused()
    {
        string assembly = _folder.Add("blog");
        File.WriteAllText(assembly[..^4] + ".runtimeconfig.json", "[]");

        _folder.Run(assembly).Failed("'Fixtures.FakeTests.runtimeconfig.json' beside it is damaged. Build it again.");
    }

    [Fact]
    public void A_program_on_the_testing_platform_needs_its_trx_extension()
    {
        string assembly = Emit("blog", TestingPlatform, TrxExtension);

        TestProgram program = Assert.Single(TestProgramList.Find([assembly]));

        Assert.Equal(TestRunner.TestingPlatform, program.Runner);
        Assert.Equal(
            ["exec", assembly, "--report-trx", "--report-trx-filename", "results.trx", "--results-directory", _folder.Path],
            program.StartInfo(_folder.At("results.trx")).ArgumentList);
        _folder.Run(Emit("shop", TestingPlatform)).Failed("cannot write its results as TRX. Add the package Microsoft.Testing.Extensions.TrxReport to its project.");
    }

    [Fact]
    public void An_adapter_beside_the_test_host_is_run_by_vstest()
    {
        string assembly = Emit("blog", TestingPlatform);
        Write("blog/testhost.dll", "");
        _folder.Run(assembly).Failed("cannot write its results");
        Write("blog/xunit.runner.visualstudio.testadapter.dll", "");

        TestProgram program = Assert.Single(TestProgramList.Find([assembly]));

        Assert.Equal(TestRunner.VSTest, program.Runner);
        Assert.Equal(["vstest", assembly, "--logger:trx;LogFileName=results.trx", $"--ResultsDirectory:{_folder.Path}"], program.StartInfo(_folder.At("results.trx")).ArgumentList);
    }

    [Fact]
    public void A_program_without_a_runner_is_refused() => _folder.Run(Emit("blog")).Failed("has no test runner that is known", "xunit v3", "Microsoft.NET.Test.Sdk");

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return _folder.At(name);
    }

    /// <summary>Writes an assembly that refers to types of others, with a runtime configuration beside it.</summary>
    private string Emit(string folder, params (string Assembly, string Type)[] references)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Emitted.dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Emitted"), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        foreach ((string assembly, string type) in references)
        {
            AssemblyReferenceHandle reference = metadata.AddAssemblyReference(metadata.GetOrAddString(assembly), new Version(1, 0), default, default, default, default);
            int dot = type.LastIndexOf('.');
            metadata.AddTypeReference(reference, metadata.GetOrAddString(type[..dot]), metadata.GetOrAddString(type[(dot + 1)..]));
        }
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(image);

        Directory.CreateDirectory(_folder.At(folder));
        File.WriteAllText(_folder.At($"{folder}/Emitted.runtimeconfig.json"), """{"runtimeOptions": {}}""");
        File.WriteAllBytes(_folder.At($"{folder}/Emitted.dll"), image.ToArray());
        return _folder.At($"{folder}/Emitted.dll");
    }
}

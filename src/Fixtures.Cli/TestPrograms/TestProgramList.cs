namespace Fixtures.Cli.TestPrograms;

/// <summary>Finds the test programs of a command line, and how each is run.</summary>
internal static class TestProgramList
{
    /// <summary>Finds test programs.</summary>
    /// <param name="paths">Assemblies or executables.</param>
    /// <exception cref="FixtureException">Some are refused: all of them are named.</exception>
    public static IReadOnlyList<TestProgram> Find(IReadOnlyList<string> paths)
    {
        List<TestProgram> programs = [];
        List<FixtureError> errors = [];
        var display = new DisplayPaths();
        foreach (string path in paths)
        {
            try
            {
                TestProgram program = TestProgramFiles.Read(path);
                if (programs.Exists(other => other.Assembly == program.Assembly))
                    throw TestProgramFiles.Refused(path, "is named more than once. Name each test program once.");
                programs.Add(program);
            }
            catch (FixtureException exception)
            {
                errors.AddRange(exception.Errors);
            }
        }

        if (errors.Count > 0)
            throw new FixtureException(FixtureStage.Resolve, errors, errors.Count);
        ILookup<string, TestProgram> names = programs.ToLookup(program => program.Name, StringComparer.OrdinalIgnoreCase);
        return [.. programs.Select(program => names[program.Name].Count() == 1 ? program : program with { Name = display.Shorten(program.Assembly) })];
    }
}

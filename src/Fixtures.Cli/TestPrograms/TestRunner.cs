namespace Fixtures.Cli.TestPrograms;

/// <summary>What runs the tests of a program and writes their results as TRX.</summary>
internal enum TestRunner
{
    /// <summary>The console runner that is part of an xunit v3 program.</summary>
    Xunit,

    /// <summary>Microsoft.Testing.Platform with its TRX extension, as part of an NUnit, MSTest or other program.</summary>
    TestingPlatform,

    /// <summary><c>dotnet vstest</c> with an adapter that lies beside the program.</summary>
    VSTest,
}

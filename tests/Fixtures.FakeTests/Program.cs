using System.Diagnostics;
using System.Globalization;
using Xunit.Runner.InProc.SystemConsole;

namespace Fixtures.FakeTests;

/// <summary>
/// A test program for the tests of <c>fixtures test</c>. It does what the lines of the file <c>script</c> beside it say, one after the other;
/// where there is none, it runs its tests as any xunit v3 program does.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["hold", var held])
            Hold(held);

        string script = Path.Combine(AppContext.BaseDirectory, "script");
        if (!File.Exists(script))
            return RunTests(args);

        foreach (string line in File.ReadLines(script))
        {
            string[] words = line.Split(' ', 2);
            string value = words.Length > 1 ? words[1] : "";
            switch (words[0])
            {
                case "print":
                    Console.WriteLine(value);
                    break;
                case "print-to-both":
                    Console.WriteLine(value);
                    Console.Error.WriteLine(value);
                    break;
                case "print-variable":
                    Console.WriteLine(Environment.GetEnvironmentVariable(value));
                    break;
                case "print-folder":
                    Console.WriteLine(Directory.GetCurrentDirectory());
                    break;
                case "flood":
                    Flood(int.Parse(value, CultureInfo.InvariantCulture));
                    break;
                case "results":
                    File.WriteAllText(ResultsFile(args), value);
                    break;
                case "append-name":
                    File.AppendAllText(value, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) + "\n");
                    break;
                case "wait":
                    while (!File.Exists(value))
                        Thread.Sleep(10);
                    break;
                case "hang-with-child":
                    using (var child = Process.Start("dotnet", ["exec", Environment.GetCommandLineArgs()[0], "hold", value]))
                        child.WaitForExit();
                    break;
                case "crash":
                    Environment.FailFast(value);
                    break;
                case "exit":
                    return int.Parse(value, CultureInfo.InvariantCulture);
                default:
                    break;
            }
        }
        return 0;
    }

    // Who can open the file knows that this process has ended.
    private static void Hold(string file)
    {
        using FileStream held = new(file, FileMode.Create, FileAccess.Write, FileShare.None);
        Thread.Sleep(Timeout.Infinite);
    }

    // In a method of its own, so that a copy without the packages beside it runs a script.
    private static int RunTests(string[] args) => ConsoleRunner.Run(args).GetAwaiter().GetResult();

    // More than any pipe holds, to both streams at once.
    private static void Flood(int lines)
    {
        string line = new('x', 200);
        Parallel.Invoke(
            () => Repeat(Console.Out, line, lines),
            () => Repeat(Console.Error, line, lines));
    }

    private static void Repeat(TextWriter writer, string line, int lines)
    {
        for (int i = 0; i < lines; i++)
            writer.WriteLine(line);
    }

    // '@@ FILE' is how an xunit v3 program is given its arguments in a file: '-trx', and what follows it.
    private static string ResultsFile(string[] args) => File.ReadLines(args[1]).SkipWhile(line => line != "-trx").ElementAt(1);
}

using System.Runtime.InteropServices;
using System.Text;

namespace Fixtures.Cli;

/// <summary>The command <c>fixtures</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["loaddata" or "check", ..])
            WarmUp.Start();

        // For as long as the process lives: a signal that comes when all is done must not say that it was not.
        var cancellation = new CancellationTokenSource();
        PosixSignalRegistration[] registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
        ];

        // A console may have another code page; what is redirected is UTF-8, as JSON must be.
        TextWriter output = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) : Console.Out;
        try
        {
            var terminal = new Terminal(output, Console.Error, Console.OpenStandardInput, !Console.IsInputRedirected, !Console.IsErrorRedirected, DataFolder(), cancellation.Token);
            int exitCode = CommandLine.Run(args, terminal);
            output.Flush();
            return exitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FailToReport(exception);
        }
        finally
        {
            GC.KeepAlive(registrations);
        }

        // The first signal takes the load back in order; where that hangs, a second one ends the process as usual.
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }

    // Of a user without home there is none.
    private static string DataFolder()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "fixtures");
    }

    // A full disk, a closed descriptor: the command has done its work or said why not, and no one has heard of it.
    private static int FailToReport(Exception exception)
    {
        try
        {
            Console.Error.WriteLine($"The report cannot be written ({exception.Message}). What was done is kept.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then the exit code alone has to say it.
        }
        return ExitCode.Failed;
    }
}

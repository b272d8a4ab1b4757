using System.Runtime.InteropServices;
using System.Text;

namespace Fixtures.Cli;

/// <summary>The command <c>fixtures</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

        // A console may have another code page; what is redirected is UTF-8, as JSON must be.
        using TextWriter output = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) : Console.Out;
        return CommandLine.Run(args, new Terminal(output, Console.Error, Console.OpenStandardInput, !Console.IsErrorRedirected, cancellation.Token));

        // The first signal takes the load back in order; where that hangs, a second one ends the process as usual.
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        }
    }
}

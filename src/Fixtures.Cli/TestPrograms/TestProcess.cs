using System.ComponentModel;
using System.Diagnostics;

namespace Fixtures.Cli.TestPrograms;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLines">The end of what it wrote to both of its streams.</param>
internal sealed record ProcessEnd(int ExitCode, IReadOnlyList<string> LastLines);

/// <summary>Runs a process to its end.</summary>
internal static class TestProcess
{
    // What a process has left running may keep its streams open for ever.
    private static readonly TimeSpan GraceForOutput = TimeSpan.FromSeconds(2);

    /// <summary>Runs a process.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the process and all that it has started are ended.</exception>
    public static async Task<ProcessEnd> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var tail = new OutputTail();
        Task reading = Task.WhenAll(tail.ReadAsync(process.StandardOutput), tail.ReadAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        // Ctrl+C in a terminal reaches the process too, and it may end before it is ended.
        cancellation.ThrowIfCancellationRequested();
        await Task.WhenAny(reading, Task.Delay(GraceForOutput, CancellationToken.None)).ConfigureAwait(false);
        return new ProcessEnd(process.ExitCode, tail.Lines);
    }
}

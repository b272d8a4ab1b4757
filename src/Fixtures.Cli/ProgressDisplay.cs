using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Fixtures.Cli;

/// <summary>A bar in the terminal for loads that take long, gone when it is disposed.</summary>
internal sealed class ProgressDisplay : IProgress<LoadProgress>, IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromSeconds(0.1);

    private readonly TextWriter _error;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ManualResetEventSlim _ended = new();
    private volatile LoadProgress? _latest;
    private Task? _drawing;

    private ProgressDisplay(TextWriter error) => _error = error;

    /// <summary>A display where a person is there to see it, else null.</summary>
    public static ProgressDisplay? For(CommandContext context) =>
        context.Terminal.IsErrorTerminal && !context.Common.Json && context.Common.Verbosity >= 1 ? new ProgressDisplay(context.Terminal.Error) : null;

    /// <summary>Takes note of how far the load is. The first report after the delay shows the bar.</summary>
    public void Report(LoadProgress value)
    {
        _latest = value;
        if (_drawing is not null || Stopwatch.GetElapsedTime(_started) < Delay)
            return;
        _drawing = Task.Factory.StartNew(Draw, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        _ended.Set();

        // Waits and does not throw: a load is not to fail because its terminal went away.
        if (_drawing is not null)
            Task.WaitAny(_drawing);
        _ended.Dispose();
    }

    private void Draw()
    {
        // Interactive, because it is standard input that Spectre.Console would ask, and fixtures may come from there.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error), Interactive = InteractionSupport.Yes });

        // Where nothing can be drawn over, Spectre.Console would write line after line.
        if (!console.Profile.Capabilities.Ansi)
            return;
        console.Progress()
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Describe(_latest!));
                do
                {
                    Update(bar, _latest!);
                    context.Refresh();
                }
                while (!_ended.Wait(BetweenFrames));
            });
    }

    private static void Update(ProgressTask bar, LoadProgress progress)
    {
        // Of standard input no one knows the size.
        bar.IsIndeterminate = progress.FileByteCount is null;
        bar.MaxValue = Math.Max(progress.FileByteCount ?? 1, 1);
        bar.Value = progress.FileBytesRead;
        bar.Description = Describe(progress);
    }

    private static string Describe(LoadProgress progress)
    {
        string percent = progress.FileByteCount is > 0 and var size ? string.Create(CultureInfo.InvariantCulture, $"{100 * progress.FileBytesRead / size,3}% of ") : "";
        string name = progress.File.Path == StandardInput.Label ? "standard input" : Path.GetFileName(progress.File.Path);
        return Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{percent}{name} ({progress.FileNumber} of {progress.FileCount}), {progress.Objects:N0} object(s)"));
    }
}

using System.Diagnostics;
using Spectre.Console;

namespace Fixtures.Cli;

/// <summary>A bar in the terminal for what takes long, gone when it is disposed. Reports come from one thread at a time.</summary>
internal abstract class ProgressDisplay<T>(TextWriter error) : IProgress<T>, IDisposable
    where T : class
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromSeconds(0.1);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ManualResetEventSlim _ended = new();
    private volatile T? _latest;
    private Task? _drawing;

    /// <summary>Whether a person is there to see it.</summary>
    protected static bool IsSeen(CommandContext context) => context.Terminal.IsErrorTerminal && !context.Common.Json && context.Common.Verbosity >= 1;

    /// <summary>How far it is in words, and never none: Spectre.Console refuses that.</summary>
    protected abstract string Describe(T progress);

    /// <summary>Shows how far it is.</summary>
    protected abstract void Update(ProgressTask bar, T progress);

    /// <summary>Takes note of how far it is. The bar is shown after the delay.</summary>
    public void Report(T value)
    {
        _latest = value;
        _drawing ??= Task.Factory.StartNew(Draw, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes the bar away until the next report, so that a line can be written.</summary>
    public void Hide()
    {
        // Waits and does not throw: nothing is to fail because its terminal went away.
        _ended.Set();
        if (_drawing is not null)
            Task.WaitAny(_drawing);
        _drawing = null;
        _ended.Reset();
    }

    public void Dispose()
    {
        Hide();
        _ended.Dispose();
    }

    private void Draw()
    {
        TimeSpan left = Delay - Stopwatch.GetElapsedTime(_started);
        if (left > TimeSpan.Zero && _ended.Wait(left))
            return;

        // Interactive, because it is standard input that Spectre.Console would ask, and fixtures may come from there.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Interactive = InteractionSupport.Yes });

        // Where nothing can be drawn over, Spectre.Console would write line after line.
        if (!console.Profile.Capabilities.Ansi)
            return;
        console.Progress()
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(Describe(_latest!)));
                do
                {
                    T latest = _latest!;
                    Update(bar, latest);
                    bar.Description = Markup.Escape(Describe(latest));
                    context.Refresh();
                }
                while (!_ended.Wait(BetweenFrames));
            });
    }
}

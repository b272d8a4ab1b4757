using System.Globalization;
using Spectre.Console;

namespace Fixtures.Cli;

/// <summary>How far a load is.</summary>
internal sealed class LoadProgressDisplay : ProgressDisplay<LoadProgress>
{
    private LoadProgressDisplay(TextWriter error) : base(error)
    {
    }

    /// <summary>A display where a person is there to see it, else null.</summary>
    public static LoadProgressDisplay? For(CommandContext context) => IsSeen(context) ? new LoadProgressDisplay(context.Terminal.Error) : null;

    protected override void Update(ProgressTask bar, LoadProgress progress)
    {
        // Of standard input no one knows the size.
        bar.IsIndeterminate = progress.FileByteCount is null;
        bar.MaxValue = Math.Max(progress.FileByteCount ?? 1, 1);
        bar.Value = progress.FileBytesRead;
    }

    protected override string Describe(LoadProgress progress)
    {
        string percent = progress.FileByteCount is > 0 and var size ? string.Create(CultureInfo.InvariantCulture, $"{100 * progress.FileBytesRead / size,3}% of ") : "";
        string name = progress.File.Path == StandardInput.Label ? "standard input" : ShownText.Line(Path.GetFileName(progress.File.Path));
        return string.Create(CultureInfo.InvariantCulture, $"{percent}{name} ({progress.FileNumber} of {progress.FileCount}), {progress.Objects:N0} object(s)");
    }
}

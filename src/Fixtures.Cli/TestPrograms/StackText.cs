using System.Text.RegularExpressions;

namespace Fixtures.Cli.TestPrograms;

/// <summary>The part of a stack trace that helps: where in the test's own sources it was.</summary>
internal static partial class StackText
{
    private const int MostFrames = 5;

    /// <summary>The first frames as <c>file(line): method</c>, so that editors find the place. Where none has a source, the first frames as they are.</summary>
    public static IReadOnlyList<string> Shorten(string stack)
    {
        string[] withSource = [.. Frame().Matches(stack).Select(frame => $"{frame.Groups["file"].Value}({frame.Groups["line"].Value}): {frame.Groups["method"].Value}").Distinct().Take(MostFrames)];
        return withSource.Length > 0 ? withSource : [.. stack.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostFrames)];
    }

    [GeneratedRegex(@"\bat (?<method>[^\r\n]+) in (?<file>[^\r\n]+):line (?<line>\d+)")]
    private static partial Regex Frame();
}

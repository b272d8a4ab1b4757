using System.Globalization;
using System.Text;

namespace Fixtures.Tests.Conformance;

/// <summary>The results of all sets as text: a table, then what differs and why.</summary>
internal sealed class ConformanceReport
{
    private readonly List<Line> _lines = [];
    private readonly List<ConformanceResult> _results = [];

    private enum Outcome
    {
        Passed,
        Noted,
        Deviation,
        Failed,
    }

    /// <summary>Deviations that are listed for a case that passes, or for none.</summary>
    public List<string> Outdated { get; } = [];

    public void Add(string set, IReadOnlyList<ConformanceResult> results)
    {
        _results.AddRange(results);
        foreach (ConformanceResult result in results)
        {
            Deviations.BySet.GetValueOrDefault(set, []).TryGetValue(result.Case.Name, out string? reason);
            Outcome outcome = result switch
            {
                { Difference: null } => Outcome.Passed,
                { Case.MayDiffer: true } => Outcome.Noted,
                _ when reason is not null => Outcome.Deviation,
                _ => Outcome.Failed,
            };
            if (reason is not null && outcome != Outcome.Deviation)
                Outdated.Add($"{set} / {result.Case.Name} does not differ: remove it from the list.");
            _lines.Add(new Line(result, outcome, reason));
        }
        Outdated.AddRange(Deviations.BySet.GetValueOrDefault(set, []).Keys
            .Except(results.Select(result => result.Case.Name))
            .Select(name => $"{set} / {name} is not a case: remove it from the list."));
    }

    /// <summary>How many of the cases outside the typed matrix pass, from 0 to 1; one that may differ passes.</summary>
    public double PassedShare()
    {
        Line[] counted = [.. _lines.Where(line => !line.Result.Case.IsTyped)];
        return (double)counted.Count(line => line.Outcome is Outcome.Passed or Outcome.Noted) / counted.Length;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"set",-32}{"cases",7}{"passed",8}{"noted",7}{"deviations",12}{"failed",8}");
        foreach (IGrouping<string, Line> set in _lines.Where(line => !line.Result.Case.IsTyped).GroupBy(line => line.Result.Case.Set))
            AppendRow(text, set.Key, set);
        AppendRow(text, "all", _lines.Where(line => !line.Result.Case.IsTyped));
        foreach (IGrouping<string, Line> set in _lines.Where(line => line.Result.Case.IsTyped).GroupBy(line => line.Result.Case.Set))
            AppendRow(text, $"typed matrix, {set.Key}", set);
        text.AppendLine(CultureInfo.InvariantCulture, $"outside the typed matrix: {PassedShare():P1} pass");

        ConformanceResult[] refused = [.. _results.Where(result => result.Case.ExpectsError && result.Difference is null)];
        text.AppendLine(CultureInfo.InvariantCulture, $"error cases that are refused as expected: {refused.Length}; with the expected stage: {refused.Length - Count(refused, RemarkKind.Stage)}; with all expected words: {refused.Length - Count(refused, RemarkKind.MissingWords)}");

        foreach ((string words, int count) in refused.SelectMany(result => result.MissingWords).CountBy(words => words).Where(entry => entry.Value > 1).OrderByDescending(entry => entry.Value))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {count,4} without '{words}'");

        AppendLines(text, "failed", line => line.Outcome == Outcome.Failed && !line.Result.Case.IsTyped, line => line.Result.Difference!);
        AppendLines(text, "failed in the typed matrix", line => line.Outcome == Outcome.Failed && line.Result.Case.IsTyped, line => line.Result.Difference!);
        AppendLines(text, "deviations", line => line.Outcome == Outcome.Deviation, line => $"{line.Reason} [{line.Result.Difference}]");
        AppendLines(text, "may go either way", line => line.Result.Case.MayDiffer, line => $"{line.Result.Difference ?? "same"} [{line.Result.Case.Note}]");
        foreach ((RemarkKind kind, string title) in new[] { (RemarkKind.Stage, "another stage"), (RemarkKind.UnexpectedWarning, "unexpected warning"), (RemarkKind.MissingWords, "words that are missing") })
        {
            AppendLines(
                text,
                title,
                line => line.Result.Remarks.Any(remark => remark.Kind == kind),
                line => line.Result.Remarks.First(remark => remark.Kind == kind).Text);
        }
        return text.ToString();
    }

    private static int Count(ConformanceResult[] results, RemarkKind kind) => results.Count(result => result.Remarks.Any(remark => remark.Kind == kind));

    private static void AppendRow(StringBuilder text, string name, IEnumerable<Line> lines)
    {
        Dictionary<Outcome, int> counts = lines.CountBy(line => line.Outcome).ToDictionary();
        int Of(Outcome outcome) => counts.GetValueOrDefault(outcome);
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-32}{counts.Values.Sum(),7}{Of(Outcome.Passed),8}{Of(Outcome.Noted),7}{Of(Outcome.Deviation),12}{Of(Outcome.Failed),8}");
    }

    private void AppendLines(StringBuilder text, string title, Func<Line, bool> choose, Func<Line, string> describe)
    {
        Line[] lines = [.. _lines.Where(choose)];
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{title}: {lines.Length}");
        foreach (Line line in lines)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {line.Result.Case.Set} / {line.Result.Case.Name}: {describe(line)}");
    }

    private readonly record struct Line(ConformanceResult Result, Outcome Outcome, string? Reason);
}

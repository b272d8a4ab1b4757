using System.Globalization;
using System.Text;

namespace Fixtures.Tests.Conformance;

/// <summary>The results of all sets as text: a table, then what differs and why.</summary>
internal sealed class ConformanceReport
{
    private static readonly (RemarkKind Kind, string Title)[] Titles =
    [
        (RemarkKind.MissingFacts, "facts that are missing"),
        (RemarkKind.Stage, "another stage"),
        (RemarkKind.UnexpectedWarning, "unexpected warning"),
        (RemarkKind.OtherWords, "other words"),
    ];

    private readonly List<Line> _lines = [];
    private readonly List<ConformanceResult> _results = [];

    private enum Outcome
    {
        Passed,
        Noted,

        /// <summary>Differs by a rule of the project's contract.</summary>
        Rule,

        /// <summary>Differs for a reason of its own.</summary>
        Choice,
        Failed,
    }

    /// <summary>Deviations that are listed for a case that passes, or for none.</summary>
    public List<string> Outdated { get; } = [];

    public void Add(string set, IReadOnlyList<ConformanceResult> results)
    {
        _results.AddRange(results);
        foreach (ConformanceResult result in results)
        {
            Deviations.BySet.GetValueOrDefault(set, []).TryGetValue(result.Case.Name, out Deviation? deviation);
            Outcome outcome = result switch
            {
                { Difference: null } => Outcome.Passed,
                { Case.MayDiffer: true } => Outcome.Noted,
                _ when deviation is not null => deviation.IsRule ? Outcome.Rule : Outcome.Choice,
                _ => Outcome.Failed,
            };
            if (deviation is not null && outcome is not (Outcome.Rule or Outcome.Choice))
                Outdated.Add($"{set} / {result.Case.Name} does not differ: remove it from the list.");
            _lines.Add(new Line(result, outcome, deviation?.Reason));
        }
        Outdated.AddRange(Deviations.BySet.GetValueOrDefault(set, []).Keys
            .Except(results.Select(result => result.Case.Name))
            .Select(name => $"{set} / {name} is not a case: remove it from the list."));
    }

    /// <summary>What differs and is neither noted nor listed.</summary>
    public IReadOnlyList<string> Failures => [.. _lines.Where(line => line.Outcome == Outcome.Failed).Select(Failure)];

    /// <summary>The listed deviations outside the typed matrix for which the corpus itself has no note.</summary>
    public IReadOnlyList<string> Listed => [.. _lines.Where(line => !line.Result.Case.IsTyped && line.Outcome is Outcome.Rule or Outcome.Choice && line.Result.Case.Note.Length == 0).Select(line => $"{line.Result.Case.Set} / {line.Result.Case.Name}")];

    /// <summary>Share of the typed matrix with the recorded outcome, or where another one is right by a note or by a rule of the contract; from 0 to 1.</summary>
    public double TypedShare => Share(line => line.Result.Case.IsTyped, line => line.Outcome is Outcome.Passed or Outcome.Noted or Outcome.Rule);

    /// <summary>Share of the refusals whose message says all that the recorded one says, from 0 to 1.</summary>
    public double FactsShare => Share(line => IsRefused(line.Result), line => line.Result.HasAllFacts);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"set",-32}{"cases",7}{"passed",8}{"noted",7}{"rule",7}{"choice",8}{"failed",8}");
        foreach (IGrouping<string, Line> set in _lines.Where(line => !line.Result.Case.IsTyped).GroupBy(line => line.Result.Case.Set))
            AppendRow(text, set.Key, set);
        AppendRow(text, "all", _lines.Where(line => !line.Result.Case.IsTyped));
        foreach (IGrouping<string, Line> set in _lines.Where(line => line.Result.Case.IsTyped).GroupBy(line => line.Result.Case.Set))
            AppendRow(text, $"typed matrix, {set.Key}", set);
        text.AppendLine(CultureInfo.InvariantCulture, $"typed matrix: {TypedShare:P1} with a right outcome, {Share(line => line.Result.Case.IsTyped, line => line.Outcome is Outcome.Passed or Outcome.Noted):P1} with the recorded one or a noted one");

        ConformanceResult[] refused = [.. _results.Where(IsRefused)];
        text.AppendLine(CultureInfo.InvariantCulture, $"error cases that are refused as expected: {refused.Length}; with the expected stage: {refused.Length - Count(refused, RemarkKind.Stage)}; with all facts: {FactsShare:P1}; with all of them in the same words: {refused.Length - Count(refused, RemarkKind.OtherWords)}");

        AppendLines(text, "failed", line => line.Outcome == Outcome.Failed, line => line.Result.Difference!);
        AppendLines(text, "differs by rule", line => line.Outcome == Outcome.Rule, line => $"{line.Reason} [{line.Result.Difference}]");
        AppendLines(text, "differs by choice", line => line.Outcome == Outcome.Choice, line => $"{line.Reason} [{line.Result.Difference}]");
        AppendLines(text, "may go either way", line => line.Result.Case.MayDiffer, line => $"{line.Result.Difference ?? "same"} [{line.Result.Case.Note}]");
        foreach ((RemarkKind kind, string title) in Titles)
        {
            AppendLines(
                text,
                title,
                line => line.Result.Remarks.Any(remark => remark.Kind == kind),
                line => line.Result.Remarks.First(remark => remark.Kind == kind).Text);
        }
        return text.ToString();
    }

    private static bool IsRefused(ConformanceResult result) => result.Case.ExpectsError && result.Difference is null;

    private static string Failure(Line line) => $"{line.Result.Case.Set} / {line.Result.Case.Name}: {line.Result.Difference}";

    private double Share(Func<Line, bool> isCounted, Func<Line, bool> isGood)
    {
        Line[] counted = [.. _lines.Where(isCounted)];
        return counted.Length == 0 ? 1 : (double)counted.Count(isGood) / counted.Length;
    }

    private static int Count(ConformanceResult[] results, RemarkKind kind) => results.Count(result => result.Remarks.Any(remark => remark.Kind == kind));

    private static void AppendRow(StringBuilder text, string name, IEnumerable<Line> lines)
    {
        Dictionary<Outcome, int> counts = lines.CountBy(line => line.Outcome).ToDictionary();
        int Of(Outcome outcome) => counts.GetValueOrDefault(outcome);
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-32}{counts.Values.Sum(),7}{Of(Outcome.Passed),8}{Of(Outcome.Noted),7}{Of(Outcome.Rule),7}{Of(Outcome.Choice),8}{Of(Outcome.Failed),8}");
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

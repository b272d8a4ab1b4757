using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Conformance;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Difference">How the outcome differs, first difference first; null: it does not.</param>
/// <param name="Remarks">What else differs and does not count: the stage, words of the message, a warning.</param>
internal sealed record ConformanceResult(ConformanceCase Case, string? Difference, IReadOnlyList<ConformanceRemark> Remarks)
{
    /// <summary>Whether the message of a refusal says all that it should, in the expected words or in others.</summary>
    public bool HasAllFacts => !Remarks.Any(remark => remark.Kind == RemarkKind.MissingFacts);
}

/// <summary>A difference that does not count.</summary>
internal readonly record struct ConformanceRemark(RemarkKind Kind, string Text, string[]? Words = null);

internal enum RemarkKind
{
    Stage,

    /// <summary>The message does not hold the expected words.</summary>
    OtherWords,

    /// <summary>It does not say the same in other words either.</summary>
    MissingFacts,
    UnexpectedWarning,
}

/// <summary>Runs cases, each on a database of its own. Changes the current directory: one at a time.</summary>
internal static class ConformanceRunner
{
    /// <summary>Runs a case through the library, in memory.</summary>
    public static ConformanceResult Run(ConformanceCase conformanceCase) => Run(conformanceCase, ":memory:", LibraryLoad.Run);

    /// <summary>Runs a case through the command, on a database file.</summary>
    public static ConformanceResult RunCommand(ConformanceCase conformanceCase)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fixtures-conformance-");
        try
        {
            return Run(conformanceCase, Path.Combine(folder.FullName, "case.db"), CommandLoad.Run);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ConformanceResult Run(ConformanceCase conformanceCase, string database, Func<SqliteConnection, ConformanceCase, ConformanceOutcome> load)
    {
        List<ConformanceRemark> remarks = [];
        string previousDirectory = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(conformanceCase.CurrentDirectory);
        try
        {
            using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
            connection.Open();
            Execute(connection, $"BEGIN; {File.ReadAllText(Path.Combine(conformanceCase.SetFolder, "schema.sql"))}; COMMIT");
            string? difference = Prepare(connection, conformanceCase);
            if (difference is null)
            {
                ConformanceOutcome outcome = load(connection, conformanceCase);
                difference = outcome.Defect ?? (conformanceCase.ExpectsError
                    ? CompareError(connection, conformanceCase, outcome, remarks)
                    : CompareLoad(connection, conformanceCase, outcome, remarks));
            }
            return new ConformanceResult(conformanceCase, difference is null ? null : OneLine(difference), remarks);
        }
        finally
        {
            Directory.SetCurrentDirectory(previousDirectory);
        }
    }

    private static string? Prepare(SqliteConnection connection, ConformanceCase conformanceCase)
    {
        FixtureOptions options = conformanceCase.Options with { App = null, Exclude = [], IgnoreNonexistent = false, InputFormat = null };
        foreach (string step in conformanceCase.Before)
        {
            if (IsSql(step))
            {
                Execute(connection, step);
                continue;
            }
            try
            {
                new FixtureLoader(options).LoadInto(connection, step);
            }
            catch (FixtureException exception)
            {
                return $"before the load, '{step}' was refused: {exception.Message}";
            }
        }
        return null;
    }

    private static string? CompareError(SqliteConnection connection, ConformanceCase conformanceCase, ConformanceOutcome outcome, List<ConformanceRemark> remarks)
    {
        JsonElement expect = conformanceCase.Expect;
        string stage = expect.GetProperty("stage").GetString()!;
        if (outcome.Stage is null)
            return $"loaded, expected an error of stage {stage}: {expect.GetProperty("message").GetString()}";
        if (outcome.Stage != stage)
            remarks.Add(new ConformanceRemark(RemarkKind.Stage, $"expected {stage}, got {Shown(outcome)}"));

        string[] fragments = [.. expect.GetProperty("contains").EnumerateArray().Select(words => words.GetString()!.Replace("{SET}", conformanceCase.SetFolder, StringComparison.Ordinal))];
        string[] reworded = [.. fragments.Where(words => !outcome.Message.Contains(words, StringComparison.Ordinal))];
        string[] missing = [.. reworded.Where(words => !ExpectedFacts.AreIn(outcome.Message, words))];
        if (reworded.Length > 0)
            remarks.Add(new ConformanceRemark(RemarkKind.OtherWords, $"without '{string.Join("', '", reworded)}': {Shown(outcome)}", reworded));
        if (missing.Length > 0)
            remarks.Add(new ConformanceRemark(RemarkKind.MissingFacts, $"nothing says '{string.Join("', '", missing)}': {Shown(outcome)}", missing));
        return TableComparison.FirstDifference(connection, conformanceCase) is { } difference ? $"refused, but {difference}" : null;
    }

    private static string? CompareLoad(SqliteConnection connection, ConformanceCase conformanceCase, ConformanceOutcome outcome, List<ConformanceRemark> remarks)
    {
        if (outcome.Stage is not null)
            return $"refused: {Shown(outcome)}";
        if (TableComparison.FirstDifference(connection, conformanceCase) is { } difference)
            return difference;
        JsonElement expect = conformanceCase.Expect;
        string expected = Counts(expect.GetProperty("objects").GetInt32(), expect.GetProperty("objectsInFixtures").GetInt32(), expect.GetProperty("fixtures").GetInt32());
        string counted = Counts(outcome.Objects, outcome.ObjectsInFixtures, outcome.Fixtures);
        if (counted != expected)
            return $"expected {expected}, got {counted}";
        if (conformanceCase.Status == "warning")
            return outcome.Warnings.Count > 0 ? null : "loaded without the expected warning";
        if (outcome.Warnings.Count > 0)
            remarks.Add(new ConformanceRemark(RemarkKind.UnexpectedWarning, OneLine(string.Join(" ", outcome.Warnings))));
        return null;
    }

    private static string Counts(int objects, int objectsInFixtures, int fixtures) =>
        string.Create(CultureInfo.InvariantCulture, $"{objects} object(s) (of {objectsInFixtures}) from {fixtures} fixture(s)");

    private static bool IsSql(string step) => step.StartsWith("INSERT", StringComparison.Ordinal)
        || step.StartsWith("UPDATE", StringComparison.Ordinal)
        || step.StartsWith("DELETE", StringComparison.Ordinal);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Shown(ConformanceOutcome outcome) => OneLine($"{outcome.Stage}: {outcome.Message}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");
}

using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Conformance;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Difference">How the outcome differs, first difference first; null: it does not.</param>
/// <param name="Remarks">What else differs and does not count: the stage, words of the message, a warning.</param>
internal sealed record ConformanceResult(ConformanceCase Case, string? Difference, IReadOnlyList<ConformanceRemark> Remarks)
{
    /// <summary>The expected words that the message of a refusal does not hold.</summary>
    public IReadOnlyList<string> MissingWords => [.. Remarks.SelectMany(remark => remark.Words ?? [])];
}

/// <summary>A difference that does not count.</summary>
internal readonly record struct ConformanceRemark(RemarkKind Kind, string Text, string[]? Words = null);

internal enum RemarkKind
{
    Stage,
    MissingWords,
    UnexpectedWarning,
}

/// <summary>Runs cases, each on a database of its own. Changes the current directory: one at a time.</summary>
internal static class ConformanceRunner
{
    public static ConformanceResult Run(ConformanceCase conformanceCase)
    {
        List<ConformanceRemark> remarks = [];
        string previousDirectory = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(conformanceCase.CurrentDirectory);
        try
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            Execute(connection, File.ReadAllText(Path.Combine(conformanceCase.SetFolder, "schema.sql")));
            string? difference = Prepare(connection, conformanceCase) ?? Load(connection, conformanceCase, remarks);
            return new ConformanceResult(conformanceCase, difference, remarks);
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
                return $"before the load, '{step}' was refused: {Shown(exception)}";
            }
        }
        return null;
    }

    private static string? Load(SqliteConnection connection, ConformanceCase conformanceCase, List<ConformanceRemark> remarks)
    {
        using FileStream? input = conformanceCase.Input is { } file ? File.OpenRead(file) : null;
        LoadReport? report = null;
        FixtureException? refusal = null;
        try
        {
            report = new FixtureLoader(conformanceCase.Options with { Input = input }).LoadInto(connection, conformanceCase.Labels);
        }
        catch (FixtureException exception)
        {
            refusal = exception;
        }
        // Any other exception is a defect of the library, whatever the case expects; it must not hide the other cases.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"threw {exception.GetType().Name}: {OneLine(exception.Message)}{exception.StackTrace?.Split('\n').FirstOrDefault()}";
        }

        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            return "left a transaction open";
        if (conformanceCase.ExpectsError)
            return CompareError(connection, conformanceCase, refusal, remarks);
        return refusal is not null ? $"refused: {Shown(refusal)}" : CompareLoad(connection, conformanceCase, report!, remarks);
    }

    private static string? CompareError(SqliteConnection connection, ConformanceCase conformanceCase, FixtureException? refusal, List<ConformanceRemark> remarks)
    {
        JsonElement expect = conformanceCase.Expect;
        string stage = expect.GetProperty("stage").GetString()!;
        if (refusal is null)
            return $"loaded, expected an error of stage {stage}: {OneLine(expect.GetProperty("message").GetString()!)}";
        string refusedAt = refusal.Stage.ToString().ToLowerInvariant();
        if (refusedAt != stage)
            remarks.Add(new ConformanceRemark(RemarkKind.Stage, $"expected {stage}, got {Shown(refusal)}"));
        string[] missing = [.. expect.GetProperty("contains").EnumerateArray()
            .Select(words => words.GetString()!.Replace("{SET}", conformanceCase.SetFolder, StringComparison.Ordinal))
            .Where(words => !refusal.Message.Contains(words, StringComparison.Ordinal))];
        if (missing.Length > 0)
            remarks.Add(new ConformanceRemark(RemarkKind.MissingWords, $"without '{string.Join("', '", missing)}': {Shown(refusal)}", missing));
        return TableComparison.FirstDifference(connection, conformanceCase) is { } difference ? $"refused, but {difference}" : null;
    }

    private static string? CompareLoad(SqliteConnection connection, ConformanceCase conformanceCase, LoadReport report, List<ConformanceRemark> remarks)
    {
        if (TableComparison.FirstDifference(connection, conformanceCase) is { } difference)
            return difference;
        JsonElement expect = conformanceCase.Expect;
        string expected = Counts(expect.GetProperty("objects").GetInt32(), expect.GetProperty("objectsInFixtures").GetInt32(), expect.GetProperty("fixtures").GetInt32());
        string counted = Counts(report.Objects, report.ObjectsInFixtures, report.Files.Count);
        if (counted != expected)
            return $"expected {expected}, got {counted}";
        if (conformanceCase.Status == "warning")
            return report.Warnings.Count > 0 ? null : "loaded without the expected warning";
        if (report.Warnings.Count > 0)
            remarks.Add(new ConformanceRemark(RemarkKind.UnexpectedWarning, OneLine(string.Join(" ", report.Warnings))));
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

    private static string Shown(FixtureException exception) => $"{exception.Stage.ToString().ToLowerInvariant()}: {OneLine(exception.Message)}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");
}

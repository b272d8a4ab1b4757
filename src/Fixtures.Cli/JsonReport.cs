using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fixtures.Cli.TestPrograms;

namespace Fixtures.Cli;

/// <summary>What <c>--json</c> prints: one object on one line. Members that do not apply are left out.</summary>
internal static class JsonReport
{
    // Redirected output is UTF-8, and the object stands in no web page: quotes and umlauts need no escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what was loaded, and how many rows were deleted before by a command that does so.</summary>
    public static void Write(CommandContext context, LoadReport report, long? rowsDeleted = null) => Write(context.Terminal.Output, json =>
    {
        var paths = new DisplayPaths();
        json.WriteString("status", "ok");
        WriteDatabase(json, context);
        WriteIfAny(json, "rowsDeleted", rowsDeleted);
        json.WriteNumber("objects", report.Objects);
        json.WriteNumber("objectsInFixtures", report.ObjectsInFixtures);
        json.WriteNumber("fixtures", report.Files.Count);
        WriteElapsed(json, report.Elapsed);

        json.WriteStartArray("files");
        foreach (FileReport file in report.Files)
        {
            json.WriteStartObject();
            WriteFile(json, file.File, paths);
            json.WriteNumber("objects", file.Objects);
            WriteElapsed(json, file.Elapsed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (report.Warnings.Count > 0)
            WriteList(json, "warnings", report.Warnings);
    });

    /// <summary>Writes why nothing was done.</summary>
    public static void WriteFailure(CommandContext context, FixtureStage? stage, IReadOnlyList<FixtureError> errors, int errorCount) => Write(context.Terminal.Output, json =>
    {
        json.WriteString("status", "error");
        WriteIfAny(json, "stage", stage?.ToString().ToLowerInvariant());
        WriteDatabase(json, context);

        json.WriteStartArray("errors");
        foreach (FixtureError error in errors)
            WriteError(json, error, rule: null);
        json.WriteEndArray();
        json.WriteNumber("errorCount", errorCount);
    });

    /// <summary>Writes what a check has found.</summary>
    public static void Write(CommandContext context, CheckReport report) => Write(context.Terminal.Output, json =>
    {
        var paths = new DisplayPaths();
        json.WriteString("status", report.ErrorCount > 0 ? "error" : "ok");
        WriteIfAny(json, "stage", report.Problems.FirstOrDefault(problem => problem.IsError) is { } first ? NameOf(first.Rule) : null);
        WriteDatabase(json, context);
        json.WriteNumber("objects", report.Objects);
        json.WriteNumber("fixtures", report.Files.Count);
        WriteElapsed(json, report.Elapsed);
        if (report.WarningCount > 0)
        {
            WriteList(json, "warnings", [.. report.Problems.Where(problem => !problem.IsError).Select(problem => paths.Shorten(problem.Error).ToString())]);
            json.WriteNumber("warningCount", report.WarningCount);
        }
        if (report.ErrorCount > 0)
        {
            json.WriteStartArray("errors");
            foreach (CheckProblem problem in report.Problems.Where(problem => problem.IsError))
                WriteError(json, paths.Shorten(problem.Error), NameOf(problem.Rule));
            json.WriteEndArray();
            json.WriteNumber("errorCount", report.ErrorCount);
        }
    });

    /// <summary>A rule's name: <c>duplicate-key</c>.</summary>
    public static string NameOf(CheckRule rule) => JsonNamingPolicy.KebabCaseLower.ConvertName(rule.ToString());

    /// <summary>Writes where labels were looked for.</summary>
    public static void Write(CommandContext context, IReadOnlyList<SearchReport> reports) => Write(context.Terminal.Output, json =>
    {
        var paths = new DisplayPaths();
        json.WriteString("status", reports.Any(report => report.Problem is not null) ? "error" : "ok");
        json.WriteStartArray("labels");
        foreach (SearchReport report in reports)
        {
            json.WriteStartObject();
            WriteSearch(json, report, paths);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>Writes what came of test programs.</summary>
    public static void Write(CommandContext context, TestReport report) => Write(context.Terminal.Output, json =>
    {
        var paths = new DisplayPaths();
        json.WriteString("status", report.HasFailed ? "error" : "ok");
        WriteElapsed(json, report.Elapsed);
        json.WriteNumber("workers", report.Workers);
        json.WriteNumber("tests", report.Totals.Tests);
        json.WriteNumber("failures", report.Totals.Failures);
        json.WriteNumber("errors", report.Totals.Errors);

        json.WriteStartArray("assemblies");
        foreach (ProgramResult result in report.Results)
        {
            json.WriteStartObject();
            WriteProgram(json, result, paths);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (report.Warnings.Count > 0)
            WriteList(json, "warnings", report.Warnings);
    });

    private static void WriteProgram(Utf8JsonWriter json, ProgramResult result, DisplayPaths paths)
    {
        json.WriteString("path", paths.Shorten(result.Program.Assembly));
        json.WriteNumber("tests", result.Tests.Tests);
        json.WriteNumber("failures", result.Tests.Failures);
        json.WriteNumber("errors", result.Errors);
        json.WriteNumber("skipped", result.Tests.Skipped);
        WriteElapsed(json, result.Elapsed);
        if (result.Tests.Failed.Count > 0)
        {
            json.WriteStartArray("failed");
            foreach (FailedTest test in result.Tests.Failed)
            {
                json.WriteStartObject();
                json.WriteString("name", test.Name);
                json.WriteString("message", test.Message);
                WriteList(json, "stack", [.. test.Stack.Select(paths.Shorten)]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (result.Problem is not null)
        {
            json.WriteString("problem", paths.ShortenQuoted(result.Problem));
            WriteList(json, "output", result.LastLines);
        }
    }

    private static void WriteSearch(Utf8JsonWriter json, SearchReport report, DisplayPaths paths)
    {
        json.WriteString("label", report.Label);
        WriteList(json, "targets", report.Targets);

        json.WriteStartArray("directories");
        foreach (SearchedDirectory directory in report.Directories)
        {
            json.WriteStartObject();
            json.WriteString("path", paths.Shorten(directory.Path));
            json.WriteBoolean("exists", directory.Exists);
            json.WriteNumber("fileCount", directory.FileCount);
            WriteList(json, "matches", directory.Matches);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        json.WriteStartArray("files");
        foreach (FixtureFile file in report.Files)
        {
            json.WriteStartObject();
            WriteFile(json, file, paths);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        if (report.Code)
            json.WriteBoolean("code", true);
        WriteIfAny(json, "problem", report.Problem is null ? null : paths.ShortenQuoted(report.Problem));
        json.WriteNumber("fileSystemCalls", report.FileSystemCalls);
    }

    private static void WriteError(Utf8JsonWriter json, FixtureError error, string? rule)
    {
        json.WriteStartObject();
        WriteIfAny(json, "rule", rule);
        json.WriteString("message", error.Message);
        WriteIfAny(json, "file", error.File);
        WriteIfAny(json, "line", error.Line);
        WriteIfAny(json, "column", error.Column);
        WriteIfAny(json, "model", error.Model);
        WriteIfAny(json, "pk", error.Key);
        WriteIfAny(json, "field", error.Field);
        json.WriteEndObject();
    }

    /// <summary>Writes one object on one line.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        output.WriteLine(ShownText.Line(Encoding.UTF8.GetString(buffer.WrittenSpan)));
    }

    private static void WriteDatabase(Utf8JsonWriter json, CommandContext context)
    {
        WriteIfAny(json, "database", context.Database);
        if (context.DryRun)
            json.WriteBoolean("dryRun", true);
    }

    private static void WriteFile(Utf8JsonWriter json, FixtureFile file, DisplayPaths paths)
    {
        json.WriteString("path", paths.Shorten(file.Path));
        json.WriteString("format", file.Format);
        WriteIfAny(json, "compression", file.Compression);
    }

    private static void WriteElapsed(Utf8JsonWriter json, TimeSpan elapsed) => json.WriteNumber("elapsedMs", Math.Round(elapsed.TotalMilliseconds, 3));

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, long? value)
    {
        if (value is not null)
            json.WriteNumber(name, value.Value);
    }
}

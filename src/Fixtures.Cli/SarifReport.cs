using System.Text.Json;

namespace Fixtures.Cli;

/// <summary>What a check has found as SARIF 2.1.0, which CI systems show beside the lines: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.</summary>
internal static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private static readonly (CheckRule Rule, string Description)[] Rules =
    [
        (CheckRule.Resolve, "A label does not say which file is meant."),
        (CheckRule.Decode, "A file, or a record in it, cannot be read."),
        (CheckRule.Map, "A record does not fit the schema."),
        (CheckRule.Constraint, "A row breaks a constraint of the database."),
        (CheckRule.Empty, "A fixture holds no records."),
        (CheckRule.UnreachedFile, "A file looks like a fixture, and no label reaches it."),
        (CheckRule.UnknownMember, "A record has a member that is passed over."),
        (CheckRule.DuplicateKey, "A key is given twice, and the last one counts."),
        (CheckRule.DuplicateRecord, "Two records of one load are the same row."),
        (CheckRule.TooLong, "A text is longer than its column declares."),
        (CheckRule.ChangedValue, "SQLite stores another value than the fixture's."),
    ];

    /// <summary>Writes a check's report.</summary>
    public static void Write(TextWriter output, CheckReport report) => Write(output, json =>
    {
        json.WriteStartArray("results");
        var paths = new DisplayPaths();
        foreach (CheckProblem problem in report.Problems)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", JsonReport.NameOf(problem.Rule));
            json.WriteNumber("ruleIndex", Array.FindIndex(Rules, rule => rule.Rule == problem.Rule));
            json.WriteString("level", LevelOf(problem.IsError));
            WriteMessage(json, paths.Shorten(problem.Error) with { File = null });
            WriteLocation(json, problem.Error);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>Writes why nothing could be checked.</summary>
    public static void Write(TextWriter output, FixtureException exception) => Write(output, json =>
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", false);
        json.WriteStartArray("toolExecutionNotifications");
        var paths = new DisplayPaths();
        foreach (FixtureError error in exception.Errors)
        {
            json.WriteStartObject();
            json.WriteString("level", "error");
            WriteMessage(json, paths.Shorten(error));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("results");
        json.WriteEndArray();
    });

    private static void Write(TextWriter output, Action<Utf8JsonWriter> members) => JsonReport.Write(output, json =>
    {
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "fixtures");
        json.WriteString("version", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach ((CheckRule rule, string description) in Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", JsonReport.NameOf(rule));
            json.WriteStartObject("shortDescription");
            json.WriteString("text", description);
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(new CheckProblem(rule, new FixtureError("")).IsError));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        members(json);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static string LevelOf(bool isError) => isError ? "error" : "warning";

    // Its text names the record; the place has members of its own.
    private static void WriteMessage(Utf8JsonWriter json, FixtureError error)
    {
        json.WriteStartObject("message");
        json.WriteString("text", error.ToString());
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, FixtureError error)
    {
        if (error.File is null)
            return;
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(error.File));
        json.WriteEndObject();
        if (error is { Line: { } line, Column: { } column })
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteNumber("startColumn", column);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>A relative reference from the current directory, which CI takes for the root of the repository; else a file's address.</summary>
    private static string UriOf(string file)
    {
        string shown = new DisplayPaths().Shorten(file);
        return Path.IsPathRooted(shown)
            ? new Uri(shown).AbsoluteUri
            : string.Join('/', shown.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }
}

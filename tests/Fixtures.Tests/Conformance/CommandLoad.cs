using System.Text.Json;
using System.Text.Json.Nodes;
using Fixtures.Tests.Cli;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Conformance;

/// <summary>Loads a case by the command <c>loaddata</c>: what the case needs to know stands in a configuration file and in options.</summary>
internal static class CommandLoad
{
    /// <param name="connection">A connection to the database file that is loaded into.</param>
    /// <param name="conformanceCase">The case.</param>
    public static ConformanceOutcome Run(SqliteConnection connection, ConformanceCase conformanceCase)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fixtures-conformance-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "fixtures.config.json"), ConfigurationOf(conformanceCase.Options, connection.DataSource).ToJsonString());
            using Stream input = conformanceCase.Input is { } file ? File.OpenRead(file) : new MemoryStream();
            CommandResult result = CommandFolder.RunCancellable([.. Arguments(conformanceCase, folder.FullName)], input, CancellationToken.None);
            return result.ExitCode == 2 ? new ConformanceOutcome { Stage = "resolve", Message = result.Error } : OutcomeOf(result);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Arguments(ConformanceCase conformanceCase, string configuration)
    {
        FixtureOptions options = conformanceCase.Options;
        List<string> arguments = ["loaddata", "--json", "--config", configuration, "--database", options.Database];
        if (options.App is { } app)
            arguments.AddRange(["--app", app]);
        if (options.InputFormat is { } format)
            arguments.AddRange(["--format", format]);
        if (options.IgnoreNonexistent)
            arguments.Add("--ignorenonexistent");
        foreach (string excluded in options.Exclude)
            arguments.AddRange(["--exclude", excluded]);
        return [.. arguments, "--", .. conformanceCase.Labels];
    }

    private static ConformanceOutcome OutcomeOf(CommandResult result)
    {
        JsonElement json = result.Json;
        if (json.GetProperty("status").GetString() == "error")
        {
            return new ConformanceOutcome
            {
                Stage = json.GetProperty("stage").GetString(),
                Message = string.Join('\n', json.GetProperty("errors").EnumerateArray().Select(error => error.GetRawText())),
                Defect = result.ExitCode == 1 ? null : $"exit code {result.ExitCode} with an error",
            };
        }
        return new ConformanceOutcome
        {
            Objects = json.GetProperty("objects").GetInt32(),
            ObjectsInFixtures = json.GetProperty("objectsInFixtures").GetInt32(),
            Fixtures = json.GetProperty("fixtures").GetInt32(),
            Warnings = json.TryGetProperty("warnings", out JsonElement warnings) ? [.. warnings.EnumerateArray().Select(warning => warning.GetString()!)] : [],
            Defect = result.ExitCode == 0 ? null : $"exit code {result.ExitCode} without an error",
        };
    }

    private static JsonObject ConfigurationOf(FixtureOptions options, string database) => new()
    {
        ["databases"] = new JsonObject { [options.Database] = $"Data Source={database}" },
        ["apps"] = new JsonArray([.. options.Apps.Select(app => new JsonObject { ["label"] = app.Label, ["path"] = app.Path })]),
        ["fixtureDirs"] = Texts(options.FixtureDirectories),
        ["missingText"] = options.MissingText == MissingText.Empty ? "empty" : "error",
        ["models"] = ObjectOf(options.Models, ModelOf),
    };

    private static JsonObject ModelOf(ModelOptions model)
    {
        var json = new JsonObject
        {
            ["columns"] = ObjectOf(model.Columns, column => column),
            ["naturalKey"] = Texts(model.NaturalKey),
            ["joinTables"] = ObjectOf(model.JoinTables, join => Without(new JsonObject { ["table"] = join.Table, ["from"] = join.From, ["to"] = join.To, ["symmetrical"] = join.Symmetrical })),
            ["references"] = ObjectOf(model.References, reference => Without(new JsonObject { ["table"] = reference.Table, ["column"] = reference.Column })),
            ["ignoredFields"] = Texts(model.IgnoredFields),
            ["types"] = ObjectOf(model.Types, type => type),
            ["defaults"] = ObjectOf(model.Defaults, DefaultOf),
        };
        if (model.Table is { } table)
            json["table"] = table;
        return json;
    }

    private static JsonNode? DefaultOf(object? value) => value switch
    {
        byte[] bytes => new JsonObject { ["$base64"] = Convert.ToBase64String(bytes) },
        _ => JsonSerializer.SerializeToNode(value),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    private static JsonObject ObjectOf<T>(IReadOnlyDictionary<string, T> entries, Func<T, JsonNode?> convert) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, convert(entry.Value))));

    /// <summary>Leaves out what is null.</summary>
    private static JsonObject Without(JsonObject json)
    {
        foreach (string name in json.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            json.Remove(name);
        return json;
    }
}

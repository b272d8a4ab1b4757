using System.Collections.ObjectModel;
using System.Text.Json;

namespace Fixtures.Configuration;

/// <summary>Reads <c>fixtures.config.json</c>.</summary>
internal static class ConfigurationFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "fixtures.config.json";

    private static readonly string[] Keys = ["databases", "schema", "apps", "fixtureDirs", "missingText", "models"];
    private static readonly string[] AppKeys = ["label", "path"];
    private static readonly string[] MissingTexts = ["error", "empty"];

    /// <summary>Reads a file. Paths in it count from its folder.</summary>
    public static FixtureOptions Read(string path)
    {
        var json = new ConfigurationJson(TextFile.Read(path));
        json.ExpectObject("The configuration");

        string folder = Path.GetDirectoryName(path)!;
        var keys = new KeySet("the configuration", Keys);
        var options = new FixtureOptions();
        while (json.NextKey(keys) is { } key)
        {
            options = key switch
            {
                "databases" => options with { Databases = ReadDatabases(ref json, folder) },
                "schema" => options with { SchemaScripts = ReadPaths(ref json, "'schema'", folder, globs: true) },
                "apps" => options with { Apps = ReadApps(ref json, folder) },
                "fixtureDirs" => options with { FixtureDirectories = ReadPaths(ref json, "'fixtureDirs'", folder, globs: false) },
                "missingText" => options with { MissingText = ReadMissingText(ref json) },
                _ => options with { Models = ModelSection.Read(ref json) },
            };
        }

        // Nothing but comments may follow; the reader itself refuses the rest.
        json.Read();
        return options;
    }

    private static ReadOnlyDictionary<string, string> ReadDatabases(ref ConfigurationJson json, string folder)
    {
        json.ExpectObject("'databases'");
        var keys = new KeySet("databases");
        var databases = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json.NextKey(keys) is { } alias)
        {
            string text = json.Text($"'databases.{alias}'");
            if (text.Contains('\0', StringComparison.Ordinal))
                throw json.Refuse($"'databases.{alias}' holds a NUL character. Take it out.");
            if (!ConnectionStrings.TryRead(text, out var connectionString, out string? problem))
                throw json.Refuse(problem);
            databases.Add(alias, ConnectionStrings.Below(folder, text, connectionString));
        }

        return databases.AsReadOnly();
    }

    private static FixtureApp[] ReadApps(ref ConfigurationJson json, string folder)
    {
        json.ExpectList("'apps'");
        var labels = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var apps = new List<FixtureApp>();
        while (json.NextItem())
        {
            long place = json.Place;
            FixtureApp app = json.Kind switch
            {
                JsonTokenType.String => ReadAppPath(ref json, folder),
                JsonTokenType.StartObject => ReadApp(ref json, folder),
                _ => throw json.WrongKind("Each item of 'apps'", "a path or an object with 'label' and 'path'"),
            };
            if (!labels.Add(app.Label))
                throw json.RefuseAt(place, $"Two apps have the label '{app.Label}'. Give one of them another: {{\"label\": \"...\", \"path\": \"...\"}}.");
            apps.Add(app);
        }

        return [.. apps];
    }

    private static FixtureApp ReadAppPath(ref ConfigurationJson json, string folder)
    {
        string path = json.Name("Each item of 'apps'");
        string full = FullPath(ref json, path, folder, globs: true);

        // The loader labels the folders of a glob; the pattern in the label's place keeps two globs apart.
        string label = PathGlob.IsPattern(full) ? path : Path.GetFileName(full);
        return label.Length > 0
            ? new FixtureApp(label, full)
            : throw json.Refuse($"'{path}' has no name that could be the app's label. Write {{\"label\": \"...\", \"path\": \"{path}\"}}.");
    }

    private static FixtureApp ReadApp(ref ConfigurationJson json, string folder)
    {
        long place = json.Place;
        var keys = new KeySet("an app", AppKeys);
        (string? label, string? path) = (null, null);
        while (json.NextKey(keys) is { } key)
        {
            string name = json.Name($"'{key}' of an app");
            if (key == "label")
            {
                label = name;
                continue;
            }

            path = FullPath(ref json, name, folder, globs: true);
            if (PathGlob.IsPattern(path))
                throw json.Refuse($"'{name}' may stand for several folders, which cannot share a label. Write \"{name}\" alone; the folders' names are the labels.");
        }

        if (label is null || path is null)
            throw json.RefuseAt(place, $"An app has no '{(label is null ? "label" : "path")}'. Write {{\"label\": \"...\", \"path\": \"...\"}}, or the path alone.");
        return new FixtureApp(label, path);
    }

    private static string[] ReadPaths(ref ConfigurationJson json, string what, string folder, bool globs)
    {
        json.ExpectList(what);
        var paths = new List<string>();
        while (json.NextItem())
            paths.Add(FullPath(ref json, json.Name($"Each item of {what}"), folder, globs));
        return [.. paths];
    }

    private static MissingText ReadMissingText(ref ConfigurationJson json)
    {
        string text = json.Text("'missingText'");
        if (!MissingTexts.Contains(text))
        {
            string meant = NearestName.Among(text, MissingTexts) is { } nearest ? $"Did you mean '{nearest}'?" : "Write 'error' or 'empty'.";
            throw json.Refuse($"'missingText' is '{text}', which is not known. {meant}");
        }

        return text == "empty" ? MissingText.Empty : MissingText.Error;
    }

    private static string FullPath(ref ConfigurationJson json, string path, string folder, bool globs)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw json.Refuse("A path holds a NUL character. Take it out.");
        if (globs && PathGlob.Problem(path) is { } problem)
            throw json.Refuse(problem);
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, folder));
    }
}

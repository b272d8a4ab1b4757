using System.Text.Json;

namespace Fixtures.Tests.Conformance;

/// <summary>One case of a set: what is loaded, with which options, and what comes of it.</summary>
internal sealed record ConformanceCase
{
    private static readonly string[] TypedMatrix = ["coerce", "yaml", "xml", "notnull"];

    public required string Set { get; init; }
    public required string SetFolder { get; init; }
    public required string Name { get; init; }
    public required string Note { get; init; }
    public required string[] Labels { get; init; }
    public required string[] Before { get; init; }
    public required string CurrentDirectory { get; init; }

    /// <summary>A file that is given as <see cref="FixtureOptions.Input"/>.</summary>
    public required string? Input { get; init; }

    /// <summary>What the case's own call is made with; its input is not open yet.</summary>
    public required FixtureOptions Options { get; init; }

    /// <summary>The case's models as the corpus writes them: they say which columns are not compared.</summary>
    public required JsonElement Models { get; init; }

    public required JsonElement Expect { get; init; }

    public string Status => Expect.GetProperty("status").GetString()!;

    public bool ExpectsError => Status == "error";

    /// <summary>Whether another outcome is right as well.</summary>
    public bool MayDiffer => Note.StartsWith("Django", StringComparison.Ordinal);

    /// <summary>Whether the case belongs to the matrix that tells value by value what a field accepts.</summary>
    public bool IsTyped => TypedMatrix.Any(prefix => Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Reads the cases of a set's folder, in their order.</summary>
    public static List<ConformanceCase> ReadSet(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        return [.. document.RootElement.EnumerateArray().Select(json => Read(folder, json.Clone()))];
    }

    private static ConformanceCase Read(string folder, JsonElement json)
    {
        JsonElement options = json.GetProperty("options");
        JsonElement models = json.GetProperty("models");
        string Expand(string text) => text.Replace("{SET}", folder, StringComparison.Ordinal);
        return new ConformanceCase
        {
            Set = Path.GetFileName(folder),
            SetFolder = folder,
            Name = json.GetProperty("name").GetString()!,
            Note = Text(json, "note") ?? "",
            Labels = [.. Texts(json, "labels").Select(Expand)],
            Before = [.. Texts(json, "before").Select(Expand)],
            CurrentDirectory = Path.GetFullPath(Text(options, "cwd") ?? ".", folder),
            Input = Text(options, "stdin") is { } input ? Path.Combine(folder, input) : null,
            Options = new FixtureOptions
            {
                Apps = [.. Texts(json, "apps").Select(app => new FixtureApp(app, Path.Combine(folder, "apps", app)))],
                FixtureDirectories = [.. Texts(options, "fixtureDirs").Select(directory => Path.Combine(folder, directory))],
                App = Text(options, "app"),
                Database = Text(options, "database") ?? "default",
                Exclude = [.. Texts(options, "exclude")],
                IgnoreNonexistent = options.TryGetProperty("ignorenonexistent", out JsonElement ignore) && ignore.GetBoolean(),
                InputFormat = Text(options, "format"),
                MissingText = MissingText.Empty,
                Models = models.EnumerateObject().ToDictionary(model => model.Name, model => ReadModel(model.Name, model.Value), StringComparer.OrdinalIgnoreCase),
            },
            Models = models,
            Expect = json.GetProperty("expect"),
        };
    }

    private static ModelOptions ReadModel(string model, JsonElement json) => new()
    {
        Table = Text(json, "table"),
        Columns = Entries(json, "columns", (_, value) => value.GetString()!),
        NaturalKey = [.. Texts(json, "naturalKey")],
        JoinTables = Entries(json, "joinTables", (field, value) => new JoinTableOptions(
            Text(value, "table") ?? $"{Text(json, "table") ?? model.Replace('.', '_')}_{field}",
            Text(value, "from"),
            Text(value, "to"),
            value.TryGetProperty("symmetrical", out JsonElement symmetrical) && symmetrical.GetBoolean())),
        References = Entries(json, "references", (_, value) => new ReferenceOptions(Text(value, "table")!, Text(value, "column"))),
        IgnoredFields = [.. Texts(json, "ignoredFields")],
        Types = Entries(json, "types", (_, value) => value.GetString()!).Where(type => IsAsked(type.Value)).ToDictionary(StringComparer.Ordinal),
        Defaults = Entries(json, "defaults", (_, value) => ReadDefault(value)),
    };

    // A file's name and a project's own field are no types of a loader.
    private static bool IsAsked(string type) => type != "file" && !type.StartsWith("custom:", StringComparison.Ordinal);

    private static object? ReadDefault(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => value.TryGetInt64(out long integer) ? integer : (object)value.GetDouble(),
        JsonValueKind.String => value.GetString() is ['$', ..] text ? "$" + text : value.GetString(),
        _ when Text(value, "$blob") is { } hex => Convert.FromHexString(hex),
        _ => Text(value, "$volatile") switch
        {
            "now" => "$now",
            "uuid4" => "$uuid",
            _ => throw new InvalidDataException($"The default '{value.GetRawText()}' is not known."),
        },
    };

    private static Dictionary<string, T> Entries<T>(JsonElement json, string key, Func<string, JsonElement, T> read) =>
        json.TryGetProperty(key, out JsonElement entries)
            ? entries.EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Name, entry.Value), StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> Texts(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement texts) ? texts.EnumerateArray().Select(text => text.GetString()!) : [];

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement text) ? text.GetString() : null;
}

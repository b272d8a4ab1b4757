using System.Collections.ObjectModel;

namespace Fixtures.Configuration;

/// <summary>Reads <c>models</c>: what the schema cannot tell.</summary>
internal static class ModelSection
{
    private static readonly string[] ModelKeys = ["table", "columns", "naturalKey", "joinTables", "references", "ignoredFields", "types", "defaults"];
    private static readonly string[] JoinTableKeys = ["table", "from", "to", "symmetrical"];
    private static readonly string[] ReferenceKeys = ["table", "column"];

    private delegate T ValueReader<T>(ref ConfigurationJson json, string path);

    /// <summary>Reads the models, by a name that is matched ignoring case.</summary>
    public static ReadOnlyDictionary<string, ModelOptions> Read(ref ConfigurationJson json) =>
        Entries(ref json, "models", ReadModel, StringComparer.OrdinalIgnoreCase);

    private static ModelOptions ReadModel(ref ConfigurationJson json, string path)
    {
        json.ExpectObject($"'{path}'");
        var keys = new KeySet(path, ModelKeys);
        var model = new ModelOptions();
        while (json.NextKey(keys) is { } key)
        {
            string place = $"{path}.{key}";
            model = key switch
            {
                "table" => model with { Table = json.Name($"'{place}'") },
                "columns" => model with { Columns = Entries(ref json, place, ReadName) },
                "naturalKey" => model with { NaturalKey = json.Names($"'{place}'") },
                "joinTables" => model with { JoinTables = Entries(ref json, place, ReadJoinTable) },
                "references" => model with { References = Entries(ref json, place, ReadReference) },
                "ignoredFields" => model with { IgnoredFields = json.Names($"'{place}'") },
                "types" => model with { Types = Entries(ref json, place, ReadType) },
                _ => model with { Defaults = Entries(ref json, place, ReadDefault) },
            };
        }

        return model;
    }

    private static JoinTableOptions ReadJoinTable(ref ConfigurationJson json, string path)
    {
        json.ExpectObject($"'{path}'");
        long place = json.Place;
        var keys = new KeySet(path, JoinTableKeys);
        (string? table, string? from, string? to, bool symmetrical) = (null, null, null, false);
        while (json.NextKey(keys) is { } key)
        {
            string what = $"'{path}.{key}'";
            switch (key)
            {
                case "table":
                    table = json.Name(what);
                    break;
                case "from":
                    from = json.Name(what);
                    break;
                case "to":
                    to = json.Name(what);
                    break;
                default:
                    symmetrical = json.TrueOrFalse(what);
                    break;
            }
        }

        return new JoinTableOptions(table ?? throw WithoutTable(ref json, place, path), from, to, symmetrical);
    }

    private static ReferenceOptions ReadReference(ref ConfigurationJson json, string path)
    {
        json.ExpectObject($"'{path}'");
        long place = json.Place;
        var keys = new KeySet(path, ReferenceKeys);
        (string? table, string? column) = (null, null);
        while (json.NextKey(keys) is { } key)
        {
            if (key == "table")
                table = json.Name($"'{path}.{key}'");
            else
                column = json.Name($"'{path}.{key}'");
        }

        return new ReferenceOptions(table ?? throw WithoutTable(ref json, place, path), column);
    }

    private static string ReadType(ref ConfigurationJson json, string path)
    {
        string name = json.Name($"'{path}'");
        return FieldType.TryRead(name, out string type) ? type : throw json.Refuse(FieldType.Problem(name, $"'{path}'"));
    }

    private static string ReadName(ref ConfigurationJson json, string path) => json.Name($"'{path}'");

    private static object? ReadDefault(ref ConfigurationJson json, string path) => DefaultValue.Read(ref json, $"'{path}'");

    private static ReadOnlyDictionary<string, T> Entries<T>(ref ConfigurationJson json, string path, ValueReader<T> read, StringComparer? comparer = null)
    {
        json.ExpectObject($"'{path}'");
        var keys = new KeySet(path, known: null, comparer);
        var entries = new Dictionary<string, T>(comparer ?? StringComparer.Ordinal);
        while (json.NextKey(keys) is { } key)
            entries.Add(key, read(ref json, $"{path}.{key}"));
        return entries.AsReadOnly();
    }

    private static FixtureException WithoutTable(ref ConfigurationJson json, long place, string path) =>
        json.RefuseAt(place, $"'{path}' has no 'table'. Name the table.");
}

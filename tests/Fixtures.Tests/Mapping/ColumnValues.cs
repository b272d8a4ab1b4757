namespace Fixtures.Tests.Mapping;

/// <summary>Loads one value into a column of its own and looks at what SQLite has stored.</summary>
internal static class ColumnValues
{
    /// <returns>A long, double, string, byte[] or null.</returns>
    public static object? Store(string declaration, string json, string? type = null) =>
        Store(declaration, "data.json", $$$"""[{"model": "t", "pk": 1, "fields": {"c": {{{json}}}}}]""", type);

    public static object? StoreYaml(string declaration, string yaml, string? type = null) =>
        Store(declaration, "data.yaml", $"- model: t\n  pk: 1\n  fields:\n    c: {yaml}\n", type);

    public static object? StoreXml(string declaration, string content, string? type = null) =>
        Store(declaration, "data.xml", $"<django-objects version=\"1.0\"><object model=\"t\" pk=\"1\"><field name=\"c\">{content}</field></object></django-objects>", type);

    /// <summary>The error that says that the value is not of the column's type.</summary>
    public static FixtureError Refused(string declaration, string json, string? type = null) =>
        Refused(() => Store(declaration, json, type));

    public static FixtureError Refused(Action store)
    {
        FixtureException exception = Assert.Throws<FixtureException>(store);
        Assert.Equal(FixtureStage.Map, exception.Stage);
        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal(("t", "1", "c"), (error.Model, error.Key, error.Field));
        return error;
    }

    private static object? Store(string declaration, string file, string text, string? type)
    {
        using var project = new TestProject($"CREATE TABLE t (id integer PRIMARY KEY, c {declaration})");
        if (type is not null)
            project.Configure("t", new ModelOptions { Types = new Dictionary<string, string> { ["c"] = type } });
        project.Write(file, text).Load("data");
        return project.Scalar("SELECT c FROM t");
    }
}

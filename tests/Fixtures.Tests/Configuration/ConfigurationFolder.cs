namespace Fixtures.Tests.Configuration;

/// <summary>A temporary folder with a configuration and what belongs to it.</summary>
public sealed class ConfigurationFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fixtures-config-").FullName;

    public string ConfigPath => At("fixtures.config.json");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Folder(string name) => Directory.CreateDirectory(At(name)).FullName;

    public string Write(string name, string text)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public FixtureOptions Read(string json) => FixtureOptions.FromFile(Write("fixtures.config.json", json));

    /// <summary>The one error that the configuration is refused with.</summary>
    public FixtureError Refused(string json) => Refused(() => Read(json));

    public static FixtureError Refused(Action act)
    {
        FixtureException exception = Assert.Throws<FixtureException>(act);
        Assert.Equal(FixtureStage.Config, exception.Stage);
        return Assert.Single(exception.Errors);
    }
}

namespace Fixtures.Tests.Testing;

/// <summary>A schema script and fixtures in a temporary folder, all with times that are old enough to be trusted.</summary>
public sealed class LoaderFolder : IDisposable
{
    private readonly DateTime _long = DateTime.UtcNow.AddHours(-1);

    public LoaderFolder()
    {
        Write("schema.sql", "CREATE TABLE post (id integer PRIMARY KEY, title text NOT NULL); CREATE TABLE comment (id integer PRIMARY KEY, post_id integer REFERENCES post);");
        Write("posts.json", """[{"model": "post", "pk": 1, "fields": {"title": "One"}}, {"model": "post", "pk": 2, "fields": {"title": "Two"}}]""");
        Write("more.json", """[{"model": "post", "pk": 3, "fields": {"title": "Three"}}]""");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("fixtures-loader-").FullName;

    internal FixtureOptions Options => new() { SearchCurrentDirectory = false, FixtureDirectories = [Path], SchemaScripts = [At("schema.sql")] };

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, and makes it and its folder as old as others are; each write a second younger than the one before.</summary>
    public void Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        Settle(name);
    }

    public void Delete(string name)
    {
        File.Delete(At(name));
        Directory.SetLastWriteTimeUtc(Path, Later());
    }

    /// <summary>Makes a file's time, and its folder's, one that is trusted and was not there before.</summary>
    public void Settle(string name)
    {
        File.SetLastWriteTimeUtc(At(name), Later());
        Directory.SetLastWriteTimeUtc(Path, Later());
    }

    internal FixtureLoader Loader(FixtureOptions? options = null) => new(options ?? Options);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private int _writes;

    private DateTime Later() => _long.AddSeconds(++_writes);
}

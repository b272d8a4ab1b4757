namespace Fixtures.Tests.Discovery;

/// <summary>A folder of one test's own, with files that hold nothing.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(params string[] files)
    {
        Path = Directory.CreateTempSubdirectory("fixtures-").FullName;
        foreach (string file in files)
            Add(file);
        Settle();
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Add(string file)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllText(this[file], "");
    }

    /// <summary>Makes every folder old enough for its modification time to be trusted.</summary>
    public void Settle()
    {
        DateTime old = DateTime.UtcNow.AddHours(-1);
        foreach (string folder in Directory.GetDirectories(Path, "*", SearchOption.AllDirectories).Where(folder => new DirectoryInfo(folder).LinkTarget is null))
            Directory.SetLastWriteTimeUtc(folder, old);
        Directory.SetLastWriteTimeUtc(Path, old);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public sealed class ListingTaskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Each_directory_that_is_wanted_is_listed_once(int count)
    {
        string[] paths = [.. Enumerable.Range(0, count).Select(i => Path.Combine(_folder, $"d{i}"))];
        foreach (string path in paths.Where((_, i) => i % 5 != 0))
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, $"{Path.GetFileName(path)}.json"), "[]");
        }
        List<int> wanted = [.. Enumerable.Range(0, count).Where(i => i % 3 != 0)];
        var listings = new DirectoryListing[count];
        int calls = 1;

        new ListingTask(paths, wanted, listings).Run(ref calls);

        for (int i = 0; i < count; i++)
        {
            bool exists = i % 5 != 0;
            string[]? expected = i % 3 == 0 ? null : exists ? [$"d{i}.json"] : [];
            Assert.Equal(expected, listings[i]?.Names.InOrder());
            Assert.Equal(i % 3 == 0 ? null : exists, listings[i]?.Exists);
        }
        Assert.Equal(1 + wanted.Sum(i => i % 5 == 0 ? 1 : 2), calls);
    }

    [Fact]
    public void What_goes_wrong_on_either_thread_is_thrown()
    {
        string[] paths = [.. Enumerable.Repeat("\0", 200)];
        int calls = 0;

        Assert.Throws<ArgumentException>(() => new ListingTask(paths, [.. Enumerable.Range(0, paths.Length)], new DirectoryListing[paths.Length]).Run(ref calls));
    }

    [Fact]
    public void A_label_is_found_among_many_directories_and_again_after_one_of_them_changed()
    {
        string[] directories = [.. Enumerable.Range(0, 100).Select(i => Directory.CreateDirectory(Path.Combine(_folder, $"f{i:D2}")).FullName)];
        File.WriteAllText(Path.Combine(directories[70], "wanted.json"), "[]");
        var loader = new FixtureLoader(new FixtureOptions { FixtureDirectories = directories, SearchCurrentDirectory = false });

        Assert.Equal([Path.Combine(directories[70], "wanted.json")], loader.Find("wanted").Select(file => file.Path));
        File.WriteAllText(Path.Combine(directories[20], "wanted.yaml"), "[]");
        Assert.Equal([Path.Combine(directories[20], "wanted.yaml"), Path.Combine(directories[70], "wanted.json")], loader.Find("wanted").Select(file => file.Path));
    }
}

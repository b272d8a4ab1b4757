using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

/// <summary>What the resolver remembers, and when it looks again.</summary>
public sealed class ResolverMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("blog/fixtures/x.json", "common/y.json", "here/readme.txt", "there/x.xml");
    private readonly FixtureResolver _resolver;
    private string _here;

    public ResolverMemoryTests()
    {
        _here = _folder["here"];
        _resolver = new FixtureResolver(Options, () => _here);
    }

    private FixtureOptions Options => new() { Apps = [new("blog", _folder["blog"])], FixtureDirectories = [_folder["common"]] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_directory_is_listed_once_and_then_costs_one_call()
    {
        Assert.Equal(3 * 2, _resolver.Explain("x").FileSystemCalls);
        Assert.Equal(3, _resolver.Explain("x").FileSystemCalls);
        // Another label: two listings are known, the current directory is read anew.
        Assert.Equal(2 + 2, _resolver.Explain("y").FileSystemCalls);
        Assert.Equal(3, _resolver.Explain("y").FileSystemCalls);
    }

    [Fact]
    public void The_labels_of_one_call_share_one_look_at_each_directory()
    {
        _resolver.Find("x");
        _resolver.Find("y");
        DirectoryLook look = DirectoryLook.For(labelCount: 2);

        _resolver.Find("x", ref look);
        Assert.Equal(3, look.Calls);
        _resolver.Find("y", ref look);
        // What the current directory has of a label is kept for each label.
        Assert.Equal(3 + 1, look.Calls);
    }

    [Fact]
    public void That_nothing_was_found_of_a_label_that_need_not_be_there_costs_no_call_again()
    {
        DirectoryLook look = default;
        Assert.Empty(_resolver.FindIfAny("initial_data", ref look));
        int first = look.Calls;
        _folder.Add("blog/fixtures/initial_data.json");

        Assert.Empty(_resolver.FindIfAny("initial_data", ref look));
        Assert.Equal(first, look.Calls);

        _resolver.Refresh();
        Assert.Single(_resolver.FindIfAny("initial_data", ref look));
    }

    [Fact]
    public void Where_something_was_found_of_it_the_directories_are_looked_at()
    {
        Assert.Single(_resolver.FindIfAny("x"));
        _folder.Settle();
        File.Delete(_folder["blog/fixtures/x.json"]);

        Assert.Empty(_resolver.FindIfAny("x"));
        _here = _folder["there"];
        Assert.Single(_resolver.FindIfAny("x"));
    }

    [Fact]
    public void A_known_label_gives_the_same_files_without_listing()
    {
        IReadOnlyList<FixtureFile> first = _resolver.Find("x");

        Assert.Same(first, _resolver.Find("x"));
    }

    [Fact]
    public void An_added_removed_or_renamed_fixture_is_noticed()
    {
        AssertFinds("blog/fixtures/x.json");
        _folder.Add("common/x.yaml");
        AssertFinds("blog/fixtures/x.json", "common/x.yaml");
        _folder.Settle();
        AssertFinds("blog/fixtures/x.json", "common/x.yaml");
        File.Delete(_folder["blog/fixtures/x.json"]);
        AssertFinds("common/x.yaml");
        _folder.Settle();
        AssertFinds("common/x.yaml");
        File.Move(_folder["common/x.yaml"], _folder["common/x.yml"]);
        AssertFinds("common/x.yml");
    }

    [Fact]
    public void A_fixture_that_is_added_to_the_current_directory_is_noticed()
    {
        AssertFinds("blog/fixtures/x.json");
        _folder.Add("here/x.json");
        AssertFinds("blog/fixtures/x.json", "here/x.json");
    }

    [Fact]
    public void Changes_in_quick_succession_are_all_noticed()
    {
        for (int i = 0; i < 200; i++)
        {
            _folder.Add("common/quick.json");
            Assert.Single(_resolver.Find("quick"));
            File.Delete(_folder["common/quick.json"]);
            Assert.NotNull(_resolver.Explain("quick").Problem);
        }
    }

    [Fact]
    public void A_refusal_does_not_outlive_its_reason()
    {
        Assert.Throws<FixtureException>(() => _resolver.Find("late"));
        Assert.Equal(3, _resolver.Explain("late").FileSystemCalls);
        _folder.Add("blog/fixtures/late.json");
        Assert.Single(_resolver.Find("late"));
        _folder.Add("blog/fixtures/late.xml");
        Assert.Throws<FixtureException>(() => _resolver.Find("late"));
        File.Delete(_folder["blog/fixtures/late.xml"]);
        Assert.Single(_resolver.Find("late"));
    }

    [Fact]
    public void A_directory_that_appears_or_goes_is_noticed()
    {
        Assert.NotNull(_resolver.Explain("sub/z").Problem);
        _folder.Add("common/sub/z.json");
        Assert.Single(_resolver.Find("sub/z"));
        _folder.Settle();
        Assert.Single(_resolver.Find("sub/z"));
        Directory.Delete(_folder["common/sub"], recursive: true);
        Assert.NotNull(_resolver.Explain("sub/z").Problem);
    }

    [Fact]
    public void Another_current_directory_is_another_search()
    {
        AssertFinds("blog/fixtures/x.json");
        _here = _folder["there"];
        AssertFinds("blog/fixtures/x.json", "there/x.xml");
        _here = _folder["here"] + Path.DirectorySeparatorChar;
        AssertFinds("blog/fixtures/x.json");
    }

    [Fact]
    public void Relative_paths_follow_the_current_directory()
    {
        _folder.Add("here/blog/fixtures/x.json");
        _folder.Add("there/blog/fixtures/x.yaml");
        var resolver = new FixtureResolver(new FixtureOptions { Apps = [new("blog", "blog")], SearchCurrentDirectory = false }, () => _here);

        Assert.Equal(_folder["here/blog/fixtures/x.json"], Assert.Single(resolver.Find("x")).Path);
        _here = _folder["there"];
        Assert.Equal(_folder["there/blog/fixtures/x.yaml"], Assert.Single(resolver.Find("x")).Path);
    }

    [Fact]
    public void The_current_directory_is_not_asked_for_where_nothing_depends_on_it()
    {
        int asked = 0;
        var resolver = new FixtureResolver(Options with { SearchCurrentDirectory = false }, () => _folder[$"{asked++}"]);
        resolver.Find("x");
        resolver.Find("y");
        resolver.Find(_folder["there/x"]);
        resolver.Find("x");

        Assert.Equal(1, asked);
    }

    [Fact]
    public void Refresh_forgets_all()
    {
        _resolver.Find("x");
        _resolver.Refresh();

        Assert.Equal(3 * 2, _resolver.Explain("x").FileSystemCalls);
    }

    [Fact]
    public void A_report_tells_what_was_there_and_what_matched()
    {
        SearchReport report = _resolver.Explain("x.json");

        Assert.Equal("x.json", report.Label);
        Assert.Equal(12, report.Targets.Count);
        Assert.Equal("x.default.json", report.Targets[0]);
        Assert.Equal([_folder["blog/fixtures"], _folder["common"], _folder["here"]], report.Directories.Select(directory => directory.Path));
        Assert.All(report.Directories, directory => Assert.Equal((true, 1), (directory.Exists, directory.FileCount)));
        Assert.Equal([["x.json"], [], []], report.Directories.Select(directory => directory.Matches));
        Assert.Equal([new FixtureFile(_folder["blog/fixtures/x.json"], "x", "json", null)], report.Files);
        Assert.Null(report.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("sub/")]
    [InlineData("./x")]
    [InlineData("nosuch")]
    public void A_label_that_cannot_be_loaded_is_reported_not_thrown(string label)
    {
        SearchReport report = _resolver.Explain(label);

        Assert.Equal(Assert.Throws<FixtureException>(() => _resolver.Find(label)).Message, report.Problem);
    }

    [Fact]
    public void Threads_that_start_together_share_one_listing()
    {
        int calls = 0;

        Together(8, () => Interlocked.Add(ref calls, _resolver.Explain("x").FileSystemCalls));

        // Each reads the current directory (2) and looks at the two others (1 each); those are listed (1) by one thread only.
        Assert.InRange(calls, 8 * 3, (8 * 4) + 2);
    }

    [Fact]
    public void Every_thread_sees_what_was_added_before_it_asked()
    {
        for (int i = 0; i < 50; i++)
        {
            string label = $"added{i}";
            _folder.Add($"common/{label}.json");
            int found = 0;

            Together(4, () => Interlocked.Add(ref found, _resolver.Explain(label).Files.Count));

            Assert.Equal(4, found);
        }
    }

    private static void Together(int threadCount, Action action)
    {
        using var ready = new Barrier(threadCount);
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(_ => new Thread(() =>
        {
            ready.SignalAndWait();
            action();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private void AssertFinds(params string[] files) =>
        Assert.Equal(files.Select(file => _folder[file]), _resolver.Find("x").Select(file => file.Path));
}

using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public class DirectoryListingTests
{
    [Fact]
    public void Files_are_listed_in_ordinal_order_and_directories_are_not()
    {
        using var folder = new TemporaryFolder("b.json", ".hidden.json", "B.json", "sub.json/inner.json", "ä ö.json");

        DirectoryListing listing = Read(folder.Path);

        Assert.True(listing.Exists);
        Assert.Equal([".hidden.json", "B.json", "b.json", "ä ö.json"], listing.Names.InOrder());
        Assert.Equal(4, listing.FileCount);
    }

    [Fact]
    public void A_link_to_a_file_is_a_file_and_a_link_to_a_directory_is_none()
    {
        using var folder = new TemporaryFolder("real/x.json");
        File.CreateSymbolicLink(folder["link.json"], folder["real/x.json"]);
        Directory.CreateSymbolicLink(folder["folder.json"], folder["real"]);

        Assert.Equal(["link.json"], Read(folder.Path).Names.InOrder());
    }

    [Fact]
    public void Streaming_keeps_only_what_is_wanted_and_counts_the_rest()
    {
        using var folder = new TemporaryFolder("x.json", "x.txt", "y.json");
        int calls = 0;

        var listing = DirectoryListing.Read(folder.Path, new Targets(LabelParts.Parse("x"), "default"), ref calls);

        Assert.Equal(["x.json"], listing.Names.InOrder());
        Assert.Equal(3, listing.FileCount);
    }

    [Fact]
    public void A_settled_directory_is_trusted_for_one_call_until_a_name_is_added_removed_or_renamed()
    {
        using var folder = new TemporaryFolder("a.json");

        AssertNotices(folder, () => File.WriteAllText(folder["b.json"], ""));
        AssertNotices(folder, () => File.Move(folder["b.json"], folder["c.json"]));
        AssertNotices(folder, () => File.Delete(folder["c.json"]));
    }

    [Fact]
    public void A_directory_that_changed_just_now_is_not_trusted()
    {
        using var folder = new TemporaryFolder();
        // The future is younger than any tick, however slow the machine is.
        Directory.SetLastWriteTimeUtc(folder.Path, DateTime.UtcNow.AddHours(1));
        DirectoryListing listing = Read(folder.Path);
        int calls = 0;

        Assert.False(listing.IsCurrent(ref calls));
        Assert.Equal(0, calls);
    }

    [Fact]
    public void A_missing_directory_is_noticed_when_it_appears_and_when_it_goes()
    {
        using var folder = new TemporaryFolder();
        string later = folder["later"];
        DirectoryListing missing = Read(later);
        Assert.False(missing.Exists);
        AssertCurrent(missing, calls: 1);

        Directory.CreateDirectory(later);
        AssertChanged(missing);
        folder.Settle();
        DirectoryListing there = Read(later);
        Assert.True(there.Exists);

        Directory.Delete(later);
        AssertChanged(there);
    }

    [Fact]
    public void A_file_in_a_directorys_place_is_no_directory()
    {
        using var folder = new TemporaryFolder("fixtures");

        Assert.False(Read(folder["fixtures"]).Exists);
        Assert.False(Read(folder["fixtures/below"]).Exists);
    }

    [Fact]
    public void A_directory_that_cannot_be_reached_says_why_and_is_asked_again()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder["loop"], folder["pool"]);
        Directory.CreateSymbolicLink(folder["pool"], folder["loop"]);

        foreach (string path in (string[])[folder["loop"], folder["loop/sub"], folder[new string('a', 300)]])
        {
            DirectoryListing listing = Read(path);

            Assert.NotNull(listing.Unreadable);
            AssertChanged(listing);
        }
    }

    [Fact]
    public void A_change_behind_a_link_is_noticed()
    {
        using var folder = new TemporaryFolder("real/a.json");
        Directory.CreateSymbolicLink(folder["link"], "real");
        SettleLinks(folder, "link");
        DirectoryListing listing = Read(folder["link"]);
        Assert.Equal(["a.json"], listing.Names.InOrder());
        AssertCurrent(listing, calls: 2);

        folder.Add("real/b.json");

        AssertChanged(listing);
    }

    [Fact]
    public void A_link_in_the_middle_of_a_chain_that_is_pointed_elsewhere_is_noticed()
    {
        using var folder = new TemporaryFolder("one/a.json", "two/b.json");
        Directory.CreateSymbolicLink(folder["current"], "one");
        Directory.CreateSymbolicLink(folder["link"], "current");
        SettleLinks(folder, "current", "link");
        DirectoryListing listing = Read(folder["link"]);
        Assert.Equal(["a.json"], listing.Names.InOrder());
        AssertCurrent(listing, calls: 3);

        Directory.Delete(folder["current"]);
        Directory.CreateSymbolicLink(folder["current"], "two");

        AssertChanged(listing);
        Assert.Equal(["b.json"], Read(folder["link"]).Names.InOrder());
    }

    [Fact]
    public void A_relative_link_below_a_link_counts_from_where_it_really_is()
    {
        using var folder = new TemporaryFolder("deep/down/shared/a.json", "shared/wrong.json");
        Directory.CreateDirectory(folder["deep/down/app"]);
        Directory.CreateSymbolicLink(folder["deep/down/app/fixtures"], "../shared");
        Directory.CreateSymbolicLink(folder["app"], "deep/down/app");
        folder.Settle();
        SettleLinks(folder, "deep/down/app/fixtures", "app");
        DirectoryListing listing = Read(folder["app/fixtures"]);
        Assert.Equal(["a.json"], listing.Names.InOrder());

        folder.Add("deep/down/shared/b.json");

        AssertChanged(listing);
    }

    [Fact]
    public void A_link_to_nothing_is_a_missing_directory_until_its_target_appears()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder["link"], "later");
        SettleLinks(folder, "link");
        DirectoryListing listing = Read(folder["link"]);
        Assert.False(listing.Exists);
        AssertCurrent(listing, calls: 2);

        Directory.CreateDirectory(folder["later"]);

        AssertChanged(listing);
    }

    private static void AssertNotices(TemporaryFolder folder, Action change)
    {
        folder.Settle();
        DirectoryListing listing = Read(folder.Path);
        AssertCurrent(listing, calls: 1);
        change();
        AssertChanged(listing);
    }

    private static void AssertCurrent(DirectoryListing listing, int calls)
    {
        int counted = 0;
        Assert.True(listing.IsCurrent(ref counted));
        Assert.Equal(calls, counted);
    }

    private static void AssertChanged(DirectoryListing listing)
    {
        int calls = 0;
        Assert.False(listing.IsCurrent(ref calls));
    }

    private static void SettleLinks(TemporaryFolder folder, params string[] links)
    {
        foreach (string link in links)
            Directory.SetLastWriteTimeUtc(folder[link], DateTime.UtcNow.AddHours(-1));
    }

    private static DirectoryListing Read(string path)
    {
        int calls = 0;
        return DirectoryListing.Read(path, only: null, ref calls);
    }
}

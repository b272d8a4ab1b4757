using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public class FileNamesTests
{
    [Fact]
    public void Names_that_begin_with_a_text_are_found_wherever_they_stand()
    {
        FileNames names = Of("x.json", "a.x.json", "x.x.json", "xx.json", "X.json", "x.");

        Assert.Equal(["x.json", "x.x.json", "x."], names.StartingWith("x."));
        Assert.Equal(["x.x.json"], names.StartingWith("x.x."));
        Assert.Empty(names.StartingWith("y."));
    }

    [Fact]
    public void Names_that_follow_each_other_are_not_read_as_one()
    {
        Assert.Empty(Of("x", ".json", "x").StartingWith("x."));
    }

    [Fact]
    public void Names_are_compared_by_their_characters()
    {
        // A comparison by culture takes a soft hyphen for nothing, and 'ä' for 'a' with its dots.
        Assert.Empty(Of("x\u00AD.json", "a\u0308.json").StartingWith("x."));
        Assert.Empty(Of("a\u0308.json").StartingWith("ä."));
    }

    [Fact]
    public void All_come_in_ordinal_order()
    {
        Assert.Equal([".b", "B", "a", "ä"], Of("ä", "a", "B", ".b").InOrder());
        Assert.Empty(FileNames.None.InOrder());
        Assert.Empty(FileNames.None.StartingWith("x."));
    }

    private static FileNames Of(params string[] fileNames)
    {
        var names = new FileNames.Builder();
        foreach (string name in fileNames)
            names.Add(name);
        return names.Build();
    }
}

using System.Globalization;
using Fixtures.Testing;

namespace Fixtures.Tests.NothingLost;

/// <summary>
/// Whatever a fixture holds, it is loaded whole or refused with a <see cref="FixtureException"/> that leaves the database as it was. FIXTURES_FUZZ_COUNT (10000) and
/// FIXTURES_FUZZ_SEED (1) make longer and other runs.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const string Schema =
        """
        CREATE TABLE blog_user (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE blog_post (id integer PRIMARY KEY, title varchar(20) NOT NULL, views integer, rating real, price decimal(8,2), is_open bool, created datetime, day date,
            at time, token uuid, data json, body text, bytes blob, author_id integer REFERENCES blog_user (id));
        CREATE TABLE blog_post_tags (id integer PRIMARY KEY, post_id integer NOT NULL REFERENCES blog_post (id), tag_id integer NOT NULL REFERENCES blog_tag (id), UNIQUE (post_id, tag_id));
        CREATE TABLE blog_tag (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
        INSERT INTO blog_user VALUES (1, 'kept');
        """;

    // The longest text is 70 KB; a hundred thousand nodes of aliases are what a small file may take most memory for.
    private const long MostAllocatedBytes = 100 << 20;

    private readonly TestProject _project = new(Schema);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_damaged_fixture_is_loaded_whole_or_refused()
    {
        int count = Number("FIXTURES_FUZZ_COUNT", 10_000);
        int seed = Number("FIXTURES_FUZZ_SEED", 1);
        var fuzz = new Fuzz(new Random(seed));
        using TestDatabase database = Snapshot.Take(_project.Connection).Clone();
        string before = Content(database);
        int loaded = 0;
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            FuzzInput input = fuzz.Next();
            string path = _project.At(input.Name);
            File.WriteAllBytes(path, input.Bytes);
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                new FixtureLoader(new FixtureOptions { SearchCurrentDirectory = false, MaxUnpackedBytes = 1 << 20 }).LoadInto(database.Connection, path);
                loaded++;
                database.Reset();
            }
            catch (FixtureException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Errors[0].Message);
                Assert.True(before == Content(database), Described(seed, i, path, input.Bytes));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{Described(seed, i, path, input.Bytes)}\n{exception}");
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore < MostAllocatedBytes, Described(seed, i, path, input.Bytes));
            File.Delete(path);
        }
        Assert.InRange(loaded, count / 50, count);
        Assert.InRange(refused, count / 3, count);
    }

    [Fact]
    public void Every_damage_is_done_to_every_format_and_every_compression()
    {
        var fuzz = new Fuzz(new Random(1));
        string[] compressions = ["", .. FixtureFile.Compressions];
        FuzzInput[] inputs = [.. Enumerable.Range(0, 1_500).Select(_ => fuzz.Next())];

        foreach (Damage damage in Enum.GetValues<Damage>())
        {
            Assert.Equal(FixtureFile.Formats.Order(), inputs.Where(input => input.Plain.Contains(damage)).Select(input => input.Format).Distinct().Order());
            Assert.Equal(compressions.Order(), inputs.Where(input => input.Plain.Contains(damage) || input.Packed.Contains(damage)).Select(input => input.Compression).Distinct().Order());
        }
        Assert.Equal(FixtureFile.Formats.Count * compressions.Length, inputs.Select(input => (input.Format, input.Compression)).Distinct().Count());
    }

    private static string Content(TestDatabase database) => string.Join(
        '\n',
        ((string[])["blog_user", "blog_post", "blog_post_tags", "blog_tag"]).Select(table => TestProject.Rows(database.Connection, $"SELECT * FROM {table}")));

    private static string Described(int seed, int number, string path, byte[] bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, input {number}, {Path.GetFileName(path)}: {Convert.ToBase64String(bytes)}");

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

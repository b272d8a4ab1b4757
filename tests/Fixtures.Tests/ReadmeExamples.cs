using Microsoft.Data.Sqlite;

namespace Fixtures.Tests;

/// <summary>
/// The C# of the root's README, compiled and run. <see cref="ReadmeTests.Every_piece_of_code_is_an_example_that_runs"/> checks that each block stands here,
/// line for line; change both. The default loader finds the samples beside the test assembly.
/// </summary>
public sealed class ReadmeExamples
{
    [Fact]
    public void Load_returns_a_report()
    {
        using SqliteConnection connection = NewDatabase();

        LoadReport report = FixtureLoader.Load(connection, "testdata", "countries");
        Console.WriteLine(report); // Installed 154 object(s) from 3 fixture(s)
        foreach (FileReport file in report.Files)
            Console.WriteLine($"{file.File.Path}: {file.Objects}");

        Assert.Equal("Installed 154 object(s) from 3 fixture(s)", report.ToString());
        Assert.Equal([69, 49, 36], report.Files.Select(file => file.Objects));
    }

    [Fact]
    public void A_loader_has_options_of_its_own()
    {
        using SqliteConnection connection = NewDatabase();

        var loader = new FixtureLoader(FixtureOptions.Discover() with
        {
            SearchCurrentDirectory = false,
            Exclude = ["shop.review"],
            Code = new Dictionary<string, Action<SqliteConnection>>
            {
                ["many-tags"] = AddManyTags, // a label may stand for code
            },
        });
        LoadReport report = loader.LoadInto(connection, "testdata", "many-tags");

        Assert.Equal("Installed 112 object(s) (of 118) from 2 fixture(s)", report.ToString());
        Assert.Equal(0L, Scalar(connection, "SELECT count(*) FROM shop_review"));
        Assert.Equal(1000L, Scalar(connection, "SELECT count(*) FROM blog_tag WHERE slug LIKE 'many-%'"));
    }

    [Fact]
    public void A_fixture_may_lie_beside_its_source_file()
    {
        using SqliteConnection connection = NewDatabase();

        FixtureLoader.Load(connection, FixtureLabel.Beside("ReadmeExamples.jsonl"));

        Assert.Equal("soup", Scalar(connection, "SELECT slug FROM blog_tag"));
    }

    [Fact]
    public void Find_gives_the_files_of_a_label()
    {
        FixtureLoader loader = FixtureLoader.Default;

        foreach (FixtureFile file in loader.Find("testdata"))
            Console.WriteLine($"{file.Path} ({file.Format})");

        Assert.Equal(["json", "yaml"], loader.Find("testdata").Select(file => file.Format));
    }

    [Fact]
    public void Flush_empties_all_tables()
    {
        using SqliteConnection connection = NewDatabase();
        FixtureLoader loader = FixtureLoader.Default;
        loader.LoadInto(connection, "testdata");

        LoadReport report = loader.Flush(connection);
        Console.WriteLine($"{report.RowsDeleted} rows deleted, {report.Objects} objects of initial_data loaded");

        Assert.Equal((172L, 0), (report.RowsDeleted, report.Objects));
        Assert.All(FixtureLoader.CountRows(connection), table => Assert.Equal(0, table.Rows));
    }

    [Fact]
    public void Check_finds_what_is_wrong()
    {
        using SqliteConnection connection = NewDatabase();
        FixtureLoader loader = FixtureLoader.Default;

        CheckReport report = loader.Check(connection, "testdata");
        foreach (CheckProblem problem in report.Problems)
            Console.WriteLine($"{problem.Rule}: {problem.Error}");

        Assert.Equal((0, 118), (report.ErrorCount, report.Objects));
    }

    [Fact]
    public void Errors_have_a_stage_and_a_message()
    {
        using SqliteConnection connection = NewDatabase();

        FixtureException exception = Assert.Throws<FixtureException>(() => FixtureLoader.Load(connection, "tesdata"));
        Assert.Equal(FixtureStage.Resolve, exception.Stage);
        Console.WriteLine(exception.Errors[0].Message);

        Assert.Contains("Did you mean 'testdata.json'?", exception.Errors[0].Message, StringComparison.Ordinal);
    }

    private static void AddManyTags(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO blog_tag (slug, name) SELECT 'many-' || i, 'Tag ' || i FROM n";
        command.ExecuteNonQuery();
    }

    private static SqliteConnection NewDatabase()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        FixtureLoader.Default.ApplySchema(connection);
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }
}

public sealed class PostTests : IDisposable
{
    private readonly TestDatabase _db = FixtureLoader.Load("testdata");

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Featured_posts_are_published()
    {
        using SqliteCommand command = _db.Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM blog_post WHERE is_featured AND status <> 'published'";
        Assert.Equal(0L, command.ExecuteScalar());
    }
}

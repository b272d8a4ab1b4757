using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Configuration;

public sealed class ConnectionStringsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:shared?mode=memory&cache=shared")]
    [InlineData("Data Source=FILE:app.db")]
    [InlineData("Data Source=")]
    [InlineData("")]
    [InlineData("Data Source=|DataDirectory|app.db")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    public void What_names_no_relative_file_stays_as_it_is(string connectionString) =>
        Assert.Equal(connectionString, Read(connectionString));

    [Fact]
    public void An_absolute_file_stays_as_it_is()
    {
        string connectionString = $"Filename={_folder.At("app.db").Replace('\\', '/')};Foreign Keys=False";

        Assert.Equal(connectionString, Read(connectionString));
    }

    [Theory]
    [InlineData("DataSource=../data/app.db;Mode=ReadOnly;Foreign Keys=True")]
    [InlineData("filename=../data/app.db;Mode=ReadOnly;Foreign Keys=True")]
    public void A_relative_file_is_below_the_configuration_and_the_rest_is_kept(string connectionString)
    {
        var read = new SqliteConnectionStringBuilder(Read(connectionString));

        Assert.Equal(Path.GetFullPath(_folder.At("../data/app.db")), read.DataSource);
        Assert.Equal(SqliteOpenMode.ReadOnly, read.Mode);
        Assert.True(read.ForeignKeys);
    }

    [Fact]
    public void A_file_with_a_semicolon_in_its_name_survives() =>
        Assert.Equal(_folder.At("a;b.db"), new SqliteConnectionStringBuilder(Read("Data Source='a;b.db'")).DataSource);

    [Theory]
    [InlineData("app.db", "Write 'Data Source=app.db'.")]
    [InlineData("Data Sauce=app.db", "Known words are those of Microsoft.Data.Sqlite")]
    [InlineData("Data Source=app.db;Mode=Fast", "'Data Source=app.db;Mode=Fast' is not a connection string")]
    [InlineData("Data Source=app.db;Pooling=perhaps", "is not a connection string")]
    [InlineData("Data Source=app.db;Default Timeout=soon", "is not a connection string")]
    [InlineData("Data Source=app.db;Default Timeout=99999999999", "is not a connection string")]
    public void What_is_no_connection_string_is_refused_with_its_place(string connectionString, string message)
    {
        FixtureError error = _folder.Refused($$$"""{ "databases": { "default": "{{{connectionString}}}" } }""");

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 29), (error.Line, error.Column));
    }

    private string Read(string connectionString) => _folder.Read($$$"""{ "databases": { "default": "{{{connectionString}}}" } }""").Databases["default"];
}

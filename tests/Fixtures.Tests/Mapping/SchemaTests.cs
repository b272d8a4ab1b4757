using Fixtures.Mapping;
using ValueType = Fixtures.Mapping.ValueType;

namespace Fixtures.Tests.Mapping;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("", ValueType.Any)]
    [InlineData("any", ValueType.Any)]
    [InlineData("BOOL", ValueType.Bool)]
    [InlineData("boolean", ValueType.Bool)]
    [InlineData("INT", ValueType.Integer)]
    [InlineData("Integer", ValueType.Integer)]
    [InlineData("bigint", ValueType.Integer)]
    [InlineData("smallint", ValueType.Integer)]
    [InlineData("tinyint(1)", ValueType.Integer)]
    [InlineData("integer unsigned", ValueType.Integer)]
    [InlineData("integer(11)", ValueType.Integer)]
    [InlineData("int2", ValueType.Integer)]
    [InlineData("int8", ValueType.Integer)]
    [InlineData("UNSIGNED BIG INT", ValueType.Integer)]
    [InlineData("real", ValueType.Real)]
    [InlineData("double", ValueType.Real)]
    [InlineData("DOUBLE PRECISION", ValueType.Real)]
    [InlineData("float", ValueType.Real)]
    [InlineData("decimal", ValueType.Decimal)]
    [InlineData("NUMERIC", ValueType.Decimal)]
    [InlineData("decimal(10, 2)", ValueType.Decimal)]
    [InlineData("date", ValueType.Date)]
    [InlineData("DateTime", ValueType.DateTime)]
    [InlineData("timestamp", ValueType.DateTime)]
    [InlineData("datetimeoffset", ValueType.DateTimeOffset)]
    [InlineData("time", ValueType.Time)]
    [InlineData("char(32)", ValueType.Hex32)]
    [InlineData("CHAR ( 32 )", ValueType.Hex32)]
    [InlineData("char(36)", ValueType.ShortText)]
    [InlineData("char", ValueType.ShortText)]
    [InlineData("varchar(32)", ValueType.ShortText)]
    [InlineData("nvarchar(5)", ValueType.ShortText)]
    [InlineData("nchar(5)", ValueType.ShortText)]
    [InlineData("uuid", ValueType.Uuid)]
    [InlineData("GUID", ValueType.Uuid)]
    [InlineData("uniqueidentifier", ValueType.Uuid)]
    [InlineData("json", ValueType.Json)]
    [InlineData("jsonb", ValueType.Json)]
    [InlineData("blob", ValueType.Blob)]
    [InlineData("varbinary(16)", ValueType.Blob)]
    [InlineData("bytea", ValueType.Blob)]
    [InlineData("text", ValueType.Text)]
    [InlineData("clob", ValueType.Text)]
    [InlineData("interval", ValueType.Text)]
    [InlineData("point", ValueType.Text)]
    internal void A_declaration_says_what_a_value_must_be(string declaration, ValueType type)
    {
        using var project = new TestProject($"CREATE TABLE t (c {declaration})");
        Assert.Equal(type, Read(project, "t").Columns[0].Type.Type);
    }

    [Theory]
    [InlineData("c text CHECK (json_valid(c))", true)]
    [InlineData("c text CHECK ((JSON_VALID(\"c\") OR \"c\" IS NULL))", true)]
    [InlineData("c text, CHECK (JSON_VALID ( [c] ))", true)]
    [InlineData("c text CHECK (json_valid(`C`))", true)]
    [InlineData("c text, d text CHECK (json_valid(d))", false)]
    [InlineData("c text, cc text CHECK (json_valid(cc))", false)]
    [InlineData("c text CHECK (length(c) > 1)", false)]
    public void A_check_for_JSON_makes_a_column_JSON(string columns, bool isJson)
    {
        using var project = new TestProject($"CREATE TABLE t ({columns})");
        Assert.Equal(isJson ? ValueType.Json : ValueType.Text, Read(project, "t").Columns[0].Type.Type);
    }

    [Fact]
    public void A_check_for_JSON_is_found_by_any_name()
    {
        using var project = new TestProject("""CREATE TABLE t ("my data" text CHECK (json_valid("my data")), "a""b" text CHECK (json_valid("a""b")), c text)""");
        Assert.Equal([ValueType.Json, ValueType.Json, ValueType.Text], Read(project, "t").Columns.Select(column => column.Type.Type));
    }

    [Fact]
    public void Columns_know_what_they_are()
    {
        using var project = new TestProject("""
            CREATE TABLE t (b text NOT NULL, a integer DEFAULT 5, g integer GENERATED ALWAYS AS (a + 1) STORED, v integer AS (a + 2), PRIMARY KEY (a, b)) WITHOUT ROWID;
            """);
        Table table = Read(project, "T");

        Assert.Equal("t", table.Name);
        Assert.Equal(["b", "a", "g", "v"], table.Columns.Select(column => column.Name));
        Assert.Equal(["a", "b"], table.PrimaryKey.Select(column => column.Name));
        Assert.Equal([true, true, false, false], table.Columns.Select(column => column.IsNotNull));
        Assert.Equal([false, true, false, false], table.Columns.Select(column => column.HasDefault));
        Assert.Equal([false, false, true, true], table.Columns.Select(column => column.IsGenerated));
        Assert.Equal([true, true, false, false], table.Columns.Select(column => column.IsPrimaryKey));
    }

    [Fact]
    public void Foreign_keys_of_one_column_are_known()
    {
        using var project = new TestProject("""
            CREATE TABLE p (id integer PRIMARY KEY, x, y, UNIQUE (x, y));
            CREATE TABLE t (a REFERENCES p, b REFERENCES P(x), c, d, e, FOREIGN KEY (c, d) REFERENCES p (x, y));
            """);
        Table table = Read(project, "t");

        Assert.Equal(new ForeignKey("p", null), table.ForeignKeys[table.Columns[0]]);
        Assert.Equal(new ForeignKey("P", "x"), table.ForeignKeys[table.Columns[1]]);
        Assert.Equal(2, table.ForeignKeys.Count);
    }

    [Fact]
    public void Only_full_unique_indexes_count()
    {
        using var project = new TestProject("""
            CREATE TABLE t (id integer PRIMARY KEY, k text UNIQUE, a, b, c, d);
            CREATE UNIQUE INDEX i1 ON t (b, a);
            CREATE UNIQUE INDEX i2 ON t (c) WHERE c > 0;
            CREATE UNIQUE INDEX i3 ON t (lower(d));
            CREATE INDEX i4 ON t (d);
            CREATE TABLE w (k text PRIMARY KEY) WITHOUT ROWID;
            """);
        Assert.Equal(["k", "b,a"], Read(project, "t").UniqueIndexes.Select(index => string.Join(',', index.Select(column => column.Name))));
        Assert.Empty(Read(project, "w").UniqueIndexes);
    }

    [Fact]
    public void Tables_and_views_of_the_main_database_are_listed()
    {
        using var project = new TestProject("CREATE TABLE b (x); CREATE TABLE A (x PRIMARY KEY); CREATE VIEW v AS SELECT 1; CREATE TEMP TABLE mine (x); ATTACH ':memory:' AS other; CREATE TABLE other.o (x);");
        var schema = new Schema(project.Connection.Handle!);

        Assert.Equal(["A", "b"], schema.TableNames);
        Assert.Equal(["v"], schema.ViewNames);
        Assert.Null(schema.Find("o"));
        Assert.Null(schema.Find("v"));
    }

    private static Table Read(TestProject project, string table) => new Schema(project.Connection.Handle!).Find(table)!;
}

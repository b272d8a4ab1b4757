using System.Globalization;
using Microsoft.Data.Sqlite;
using static Fixtures.Tests.Mapping.ColumnValues;

namespace Fixtures.Tests.Mapping;

public sealed class DateTimeTextTests
{
    [Theory]
    [InlineData("2020-02-29", "2020-02-29")]
    [InlineData("2000-02-29", "2000-02-29")]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("9999-12-31", "9999-12-31")]
    [InlineData("2020-2-9", "2020-02-09")]
    public void A_date_is_stored(string text, string stored)
    {
        Assert.Equal(stored, Store("date", $"\"{text}\""));
        Assert.Equal(stored, StoreYaml("date", text));
        Assert.Equal(stored, StoreXml("date", text));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"2019-02-29\"")]
    [InlineData("\"1900-02-29\"")]
    [InlineData("\"2020-13-01\"")]
    [InlineData("\"2020-00-01\"")]
    [InlineData("\"2020-01-32\"")]
    [InlineData("\"0000-01-01\"")]
    [InlineData("\"20-01-01\"")]
    [InlineData("\"20200101\"")]
    [InlineData("\"2020-01-01x\"")]
    [InlineData("\"01/02/2020\"")]
    [InlineData("\"-2020-01-01\"")]
    [InlineData("20200101")]
    [InlineData("[2020]")]
    [InlineData("true")]
    public void What_is_no_date_is_refused(string json) => Assert.Contains("date", Refused("date", json).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2020-02-29T13:14:15", "2020-02-29 13:14:15")]
    [InlineData("2020-02-29 13:14", "2020-02-29 13:14:00")]
    [InlineData("2020-02-29", "2020-02-29 00:00:00")]
    [InlineData("2020-02-29T13:14:15.1200", "2020-02-29 13:14:15.12")]
    [InlineData("2020-02-29T13:14:15.1234567", "2020-02-29 13:14:15.1234567")]
    [InlineData("2020-02-29T13:14:15.123456700", "2020-02-29 13:14:15.1234567")]
    [InlineData("2020-02-29T13:14:15Z", "2020-02-29 13:14:15")]
    [InlineData("2020-02-29T23:14:15.5-05:30", "2020-03-01 04:44:15.5")]
    [InlineData("2020-03-01T01:00:00+0130", "2020-02-29 23:30:00")]
    [InlineData("2020-03-01T01:00:00+14", "2020-02-29 11:00:00")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31 23:59:59.9999999")]
    public void A_datetime_is_stored_in_UTC(string text, string stored)
    {
        Assert.Equal(stored, Store("datetime", $"\"{text}\""));
        Assert.Equal(stored, Store("timestamp", $"\"{text}\""));
        Assert.Equal(stored, StoreYaml("datetime", text));
    }

    [Theory]
    [InlineData("2001-12-14t21:59:43.10-05:00", "2001-12-15 02:59:43.1")]
    [InlineData("2001-12-14 21:59:43.10 -5", "2001-12-15 02:59:43.1")]
    [InlineData("2001-12-15 2:59:43.10", "2001-12-15 02:59:43.1")]
    public void A_timestamp_of_YAML_is_a_datetime(string yaml, string stored) => Assert.Equal(stored, StoreYaml("datetime", yaml));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2020-02-30T00:00:00")]
    [InlineData("2020-01-01T24:00:00")]
    [InlineData("2020-01-01T00:60:00")]
    [InlineData("2020-01-01T00:00:60")]
    [InlineData("2020-01-01T")]
    [InlineData("2020-01-01T12")]
    [InlineData("2020-01-01T12:00:00.")]
    [InlineData("2020-01-01T12:00:00.12345678")]
    [InlineData("2020-01-01T12:00:00+15:00")]
    [InlineData("2020-01-01T12:00:00+01:60")]
    [InlineData("2020-01-01T12:00:00 UTC")]
    [InlineData("2020-01-01T12:00:00Z x")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void What_is_no_datetime_is_refused(string text)
    {
        Assert.Contains("date and time", Refused("datetime", $"\"{text}\"").Message, StringComparison.Ordinal);
        Refused("datetimeoffset", $"\"{text}\"");
    }

    [Theory]
    [InlineData("2020-02-29T13:14:15.5+02:00", "2020-02-29 13:14:15.5+02:00")]
    [InlineData("2020-02-29T13:14:15-00:30", "2020-02-29 13:14:15-00:30")]
    [InlineData("2020-02-29T13:14:15Z", "2020-02-29 13:14:15+00:00")]
    [InlineData("2020-02-29", "2020-02-29 00:00:00+00:00")]
    public void A_datetimeoffset_keeps_its_offset(string text, string stored)
    {
        Assert.Equal(stored, Store("datetimeoffset", $"\"{text}\""));
        Assert.Equal(stored, Store("text", $"\"{text}\"", "datetimeoffset"));
    }

    [Theory]
    [InlineData("13:14", "13:14:00")]
    [InlineData("13:14:15", "13:14:15")]
    [InlineData("13:14:15.5", "13:14:15.5000000")]
    [InlineData("1:02:03", "01:02:03")]
    [InlineData("23:59:59.9999999", "23:59:59.9999999")]
    public void A_time_is_stored(string text, string stored) => Assert.Equal(stored, Store("time", $"\"{text}\""));

    [Theory]
    [InlineData("")]
    [InlineData("24:00")]
    [InlineData("13")]
    [InlineData("13:14:15Z")]
    [InlineData("-01:00")]
    [InlineData("13:14:15.00000001")]
    public void What_is_no_time_is_refused(string text) => Assert.Contains("time", Refused("time", $"\"{text}\"").Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_stored_is_what_the_driver_stores()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, a datetime, b datetimeoffset, c time, d date, e time)");
        project.LoadJson("""[{"model": "t", "pk": 1, "fields": {"a": "2020-02-29T13:14:15.67", "b": "2020-02-29T13:14:15.67-03:00", "c": "13:14:15.67", "d": "2020-02-29", "e": "13:14:15"}}]""");
        using SqliteCommand command = project.Connection.CreateCommand();
        command.CommandText = "SELECT a = $a, b = $b, c = $c, d = $d, e = $e FROM t";
        command.Parameters.AddWithValue("$a", new DateTime(2020, 2, 29, 13, 14, 15, 670));
        command.Parameters.AddWithValue("$b", new DateTimeOffset(2020, 2, 29, 13, 14, 15, 670, TimeSpan.FromHours(-3)));
        command.Parameters.AddWithValue("$c", new TimeOnly(13, 14, 15, 670));
        command.Parameters.AddWithValue("$d", new DateOnly(2020, 2, 29));
        command.Parameters.AddWithValue("$e", new TimeOnly(13, 14, 15));
        using SqliteDataReader reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal([1L, 1L, 1L, 1L, 1L], Enumerable.Range(0, 5).Select(reader.GetInt64));
    }

    [Fact]
    public void Any_ten_or_twenty_characters_are_a_time_only_if_they_are_one()
    {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            char[] text = [.. new DateTime(1, 1, 1).AddSeconds(random.NextInt64(315_537_897_600)).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), .. random.Next(2) == 0 ? "Z" : ""];
            if (random.Next(2) == 0)
                text[random.Next(text.Length)] = "0123456789-:TZ "[random.Next(15)];
            string given = new(text);
            string plain = given.EndsWith('Z') ? given[..^1] : given;
            bool isTime = DateTime.TryParseExact(plain, ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:s", "yyyy-MM-ddTHH:mm:s"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time);
            if (isTime)
                Assert.Equal(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Store("datetime", $"\"{given}\""));
            bool isDate = DateTime.TryParseExact(given[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
            Assert.Equal(isDate ? given[..10] : "refused", StoreOrRefuse("date", given[..10]));
            if (!isDate)
                Assert.Equal("refused", StoreOrRefuse("datetime", given));
        }
    }

    private static object? StoreOrRefuse(string type, string text)
    {
        try
        {
            return Store(type, $"\"{text}\"");
        }
        catch (FixtureException)
        {
            return "refused";
        }
    }
}

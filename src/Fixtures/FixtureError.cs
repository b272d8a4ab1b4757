using System.Globalization;

namespace Fixtures;

/// <summary>One thing that is wrong, and where. Members that do not apply are null.</summary>
/// <param name="Message">What is wrong and what to do, without the place.</param>
public sealed record FixtureError(string Message)
{
    /// <summary>The fixture's path, <c>-</c> for standard input.</summary>
    public string? File { get; init; }

    /// <summary>The line in the unpacked text, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>The column in UTF-16 characters, from 1.</summary>
    public long? Column { get; init; }

    /// <summary>The record's number in its fixture, from 1.</summary>
    public int? Record { get; init; }

    /// <summary>The record's model as the fixture writes it, such as <c>blog.post</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The record's primary key as the fixture writes it.</summary>
    public string? Key { get; init; }

    /// <summary>The field as the fixture writes it.</summary>
    public string? Field { get; init; }

    /// <summary>The error as one line: <c>file(line,column): blog.post pk=3: message</c>; a record without pk is named by its number.</summary>
    public override string ToString()
    {
        string place = (File, Line, Column) switch
        {
            (null, _, _) => "",
            (_, null, _) => $"{File}: ",
            (_, _, null) => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): "),
            _ => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): "),
        };
        string record = (Model, Key, Record) switch
        {
            (null, _, _) => "",
            (_, not null, _) => $"{Model} pk={Key}: ",
            (_, _, not null) => string.Create(CultureInfo.InvariantCulture, $"{Model} (record {Record}): "),
            _ => $"{Model}: ",
        };
        return place + record + Message;
    }
}

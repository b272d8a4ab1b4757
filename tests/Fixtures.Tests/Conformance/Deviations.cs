namespace Fixtures.Tests.Conformance;

/// <summary>Why a case differs on purpose.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="IsRule">Whether a rule of the project's contract decides the case: labels, names, what a column's type takes and stores.</param>
internal sealed record Deviation(string Reason, bool IsRule);

/// <summary>Cases whose outcome differs on purpose. One that no longer differs fails the test, and so does one that differs and is not here.</summary>
internal static class Deviations
{
    private static readonly Deviation NameWithDot = Rule("Labels: an unknown extension is part of the name, and only the last path segment is parsed.");
    private static readonly Deviation FieldCase = Rule("Column: a field is also found ignoring case and underscores.");
    private static readonly Deviation PassedOver = Rule("Command line: -i passes over unknown models and fields, in each format.");
    private static readonly Deviation NotANumber = Rule("Values: nan is NULL in SQLite and is refused; NaN and Infinity are no JSON (RFC 8259, section 6).");
    private static readonly Deviation Bool = Rule("Values: bool takes the usual words, in any case.");
    private static readonly Deviation Uuid = Rule("Values: char(32) takes any text of a UUID, else plain text.");
    private static readonly Deviation AsWritten = Rule("Values: text stores a scalar as it is written, whatever YAML 1.1 would guess, and true and false as these words.");
    private static readonly Deviation NoText = Rule("Values: varchar(n) takes no list, no object and no bytes; Django stores Python's text of them.");
    private static readonly Deviation PlainTime = Rule("Values: they follow the column's type; in a time column hh:mm:ss is a time, and no number to the base of 60.");
    private static readonly Deviation PlainJson = Rule("Values: json takes any value; JSON knows no dates, so a date of YAML is text.");

    private static readonly Deviation ByteOrderMark = Choice("A byte order mark is passed over in every format, as RFC 8259, section 8.1, allows for JSON: editors on Windows write one.");
    private static readonly Deviation NoList = Choice("m2m: a list of keys; Django takes the text '12' for the two keys 1 and 2.");
    private static readonly Deviation NothingCutOff = Choice("Nothing is cut off: 5.9 is no integer, a timestamp no date, a time with an offset no time. Leaving a part out would hide a mistake.");
    private static readonly Deviation Offset = Choice("A space before the offset is what .NET's DateTimeOffset and Django from version 4 on write or take.");
    private static readonly Deviation Base64 = Choice("Characters that are not base64 are refused, not passed over: what is left would be other bytes.");
    private static readonly Deviation File = Choice("The type of a file field is not asked of a loader; a null that is given is no missing text and is refused.");

    public static IReadOnlyDictionary<string, Dictionary<string, Deviation>> BySet { get; } = new Dictionary<string, Dictionary<string, Deviation>>
    {
        ["django-fixtures"] = new()
        {
            ["db_fixture_1.default"] = NameWithDot,
            ["name a.b without ext"] = NameWithDot,
            ["name dotted.folder/fixture"] = NameWithDot,
            ["name .hidden"] = NameWithDot,
            ["value bom.json"] = ByteOrderMark,
            ["value coerce.json"] = AsWritten,
            ["value fieldcase.json"] = FieldCase,
            ["ignorenonexistent fieldcase.json"] = FieldCase,
            ["ignorenonexistent badmodel.xml"] = PassedOver,
            ["ignorenonexistent reverse.json"] = PassedOver,
            ["value floatpk.json"] = NothingCutOff,
            ["value m2mstring.json"] = NoList,
            ["value nan.json"] = NotANumber,
            ["value uuidbad.json"] = Uuid,
            ["value uuidpk.json"] = Uuid,
        },
        ["django-fixtures-regress"] = new()
        {
            ["path containing dots, no ext"] = NameWithDot,
        },
        ["django-misc"] = new()
        {
            ["coerce boolean \"true\""] = Bool,
            ["coerce boolean \"false\""] = Bool,
            ["coerce boolean \"yes\""] = Bool,
            ["coerce boolean \"TRUE\""] = Bool,
            ["coerce char Infinity"] = NotANumber,
            ["coerce integer 5.9"] = NothingCutOff,
            ["coerce integer -5.9"] = NothingCutOff,
            ["coerce dec \"NaN\""] = NotANumber,
            ["coerce datetime \"2020-01-05T10:20:30 +02\""] = Offset,
            ["coerce time \"10:20:30+02:00\""] = NothingCutOff,
            ["coerce uuid \"\""] = Uuid,
            ["coerce uuid \"xyz\""] = Uuid,
            ["coerce binary \"____\""] = Base64,
            ["yaml char 'yes'"] = AsWritten,
            ["yaml char 'No'"] = AsWritten,
            ["yaml char 'on'"] = AsWritten,
            ["yaml char 'TRUE'"] = AsWritten,
            ["yaml char '0x1f'"] = AsWritten,
            ["yaml char '-0x1'"] = AsWritten,
            ["yaml char '0777'"] = AsWritten,
            ["yaml char '+12'"] = AsWritten,
            ["yaml char '1_000'"] = AsWritten,
            ["yaml char '5.'"] = AsWritten,
            ["yaml char '190:20:30'"] = AsWritten,
            ["yaml char '2020-01-01T10:00:00Z'"] = AsWritten,
            ["yaml char '!!float 3'"] = AsWritten,
            ["yaml char '!!binary aGVsbG8='"] = NoText,
            ["yaml char '[a, b]'"] = NoText,
            ["yaml integer '1.5'"] = NothingCutOff,
            ["yaml integer '.5'"] = NothingCutOff,
            ["yaml date '2020-01-01 10:00:00'"] = NothingCutOff,
            ["yaml date '2001-12-14t21:59:43.10-05:00'"] = NothingCutOff,
            ["yaml time '10:20:30'"] = PlainTime,
            ["yaml time '10:20'"] = PlainTime,
            ["yaml jsonf '2020-01-01'"] = PlainJson,
            ["yaml jsonf '{2020-01-01: x}'"] = PlainJson,
            ["yaml uuid '12345678123456781234567812345678'"] = Uuid,
            ["xml floating 'nan'"] = NotANumber,
            ["notnull with null file"] = File,
        },
    };

    private static Deviation Rule(string reason) => new(reason, IsRule: true);

    private static Deviation Choice(string reason) => new(reason, IsRule: false);
}

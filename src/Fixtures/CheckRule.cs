namespace Fixtures;

/// <summary>What a check has found something to be. Up to <see cref="Constraint"/> a load is refused for it.</summary>
public enum CheckRule
{
    /// <summary>A label does not say which file is meant: two files of one directory match it.</summary>
    Resolve,

    /// <summary>A file, or a record in it, cannot be read.</summary>
    Decode,

    /// <summary>A record does not fit the schema: model, field, value, natural key.</summary>
    Map,

    /// <summary>A row breaks a constraint: NOT NULL, UNIQUE, CHECK, a foreign key.</summary>
    Constraint,

    /// <summary>A fixture holds no records.</summary>
    Empty,

    /// <summary>A file lies among the fixtures and looks like one, and no label reaches it.</summary>
    UnreachedFile,

    /// <summary>A record has a member beside <c>model</c>, <c>pk</c> and <c>fields</c>, which is passed over.</summary>
    UnknownMember,

    /// <summary>An object gives a key twice, and the last one counts.</summary>
    DuplicateKey,

    /// <summary>Two records of one load are the same row, and the later one counts.</summary>
    DuplicateRecord,

    /// <summary>A text is longer than its column's declaration says, which SQLite does not enforce.</summary>
    TooLong,

    /// <summary>SQLite stores another value than the fixture's: by the affinity of the column, or because a number has more than 64 bit.</summary>
    ChangedValue,
}

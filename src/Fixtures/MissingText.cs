namespace Fixtures;

/// <summary>What a NOT NULL text column without DEFAULT becomes that a record does not give. A null that is given stays one, and is refused.</summary>
public enum MissingText
{
    /// <summary>NULL, and the NOT NULL constraint refuses the record.</summary>
    Error,

    /// <summary>The empty text, as Django stores it.</summary>
    Empty,
}

namespace Fixtures;

/// <summary>Where on the way from a label to rows an error arose.</summary>
public enum FixtureStage
{
    /// <summary>The configuration: <c>fixtures.config.json</c>, <see cref="FixtureOptions"/> or the schema scripts.</summary>
    Config,

    /// <summary>Finding the files of a label.</summary>
    Resolve,

    /// <summary>Reading a file: its compression, its bytes, its format, the structure of its records.</summary>
    Decode,

    /// <summary>Matching a record with the database schema: model, field, value, natural key.</summary>
    Map,

    /// <summary>A constraint of the database: NOT NULL, UNIQUE, CHECK, foreign keys.</summary>
    Constraint,

    /// <summary>The database itself: locked, read-only, full, not a database.</summary>
    Database,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

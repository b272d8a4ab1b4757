using SQLitePCL;

namespace Fixtures.Cli;

/// <summary>
/// A load of one record into memory, on a second processor while the first one reads the command line: the runtime finds and compiles there what the load itself will call.
/// A load of five records takes three quarters of the time with it (benchmarks: start_up).
/// </summary>
internal static class WarmUp
{
    // In short lines, as most fixtures are: what counts the characters of long ones is compiled by itself.
    private static ReadOnlySpan<byte> Record => """
        [
          {
            "model": "a.b",
            "pk": 1,
            "fields": {
              "a": 1,
              "c": "c",
              "d": 0.5,
              "e": true,
              "f": "2024-03-01T12:00:00"
            }
          }
        ]
        """u8;

    /// <summary>Begins it, where there is a second processor.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1)
            new Thread(Run) { IsBackground = true }.Start();
    }

    /// <summary>The load itself.</summary>
    public static LoadReport Load()
    {
        Batteries_V2.Init();
        raw.sqlite3_open_v2(":memory:", out sqlite3 database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            // Not by sqlite3_exec, which the load does not call and the runtime would compile for this.
            raw.sqlite3_prepare_v2(database, "CREATE TABLE a_b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a_b (id), c text NOT NULL UNIQUE, d real, e bool NOT NULL, f datetime NOT NULL)", out sqlite3_stmt create);
            using (create)
                raw.sqlite3_step(create);
            var options = new FixtureOptions { Input = new MemoryStream(Record.ToArray()), InputFormat = "json" };
            return new FixtureLoader(options).LoadInto(database, ["-"]);
        }
    }

    private static void Run()
    {
        try
        {
            Load();
        }
        catch (Exception exception) when (exception is TypeLoadException or BadImageFormatException or OutOfMemoryException or InvalidOperationException or FixtureException)
        {
            // SQLite is missing, or has no memory to open a database: the load itself meets that too, and says it.
        }
    }
}

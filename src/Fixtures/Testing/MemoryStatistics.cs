using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>
/// SQLite counts the memory that it uses under one lock for all threads, with every allocation: threads with a database each then wait for each other.
/// See SQLITE_CONFIG_MEMSTATUS in https://www.sqlite.org/c3ref/c_config_covering_index_scan.html.
/// </summary>
internal static class MemoryStatistics
{
    /// <summary>Switches the count off for the process. SQLite refuses that once it is in use, and goes on counting.</summary>
    public static void SwitchOff()
    {
        // Before this, raw has no library to ask.
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }
}

using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// Switches off the triggers of a connection's databases, and its foreign keys where that is asked for, until it is disposed. Works inside a transaction, where the
/// pragma for foreign keys does not. Temporary triggers run on: https://www.sqlite.org/c3ref/c_dbconfig_defensive.html.
/// </summary>
internal sealed class SuspendedRules : IDisposable
{
    private readonly sqlite3 _database;
    private readonly List<int> _switchedOff = [];

    public SuspendedRules(sqlite3 database, bool foreignKeysToo)
    {
        _database = database;
        SwitchOff(raw.SQLITE_DBCONFIG_ENABLE_TRIGGER);
        if (foreignKeysToo)
            SwitchOff(raw.SQLITE_DBCONFIG_ENABLE_FKEY);
    }

    public void Dispose()
    {
        foreach (int option in _switchedOff)
            Configure(option, 1);
    }

    private void SwitchOff(int option)
    {
        const int ReadOnly = -1;
        if (Configure(option, ReadOnly) == 0)
            return;
        Configure(option, 0);
        _switchedOff.Add(option);
    }

    private int Configure(int option, int value)
    {
        int result = raw.sqlite3_db_config(_database, option, value, out int current);
        return result == raw.SQLITE_OK ? current : throw new InvalidOperationException($"sqlite3_db_config gave {result}.");
    }
}

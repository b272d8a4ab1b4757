using Microsoft.Data.Sqlite;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private static readonly Lock DefaultLock = new();
    private static FixtureOptions? _configured;
    private static FixtureLoader? _default;

    /// <summary>
    /// The loader that the static methods use: with the options of <see cref="Configure"/>, else those that <see cref="FixtureOptions.Discover(string)"/> finds.
    /// Made when it is first used; where that fails, it is tried again the next time.
    /// </summary>
    /// <exception cref="FixtureException">No configuration was found, or it is not valid (stage Config).</exception>
    public static FixtureLoader Default
    {
        get
        {
            lock (DefaultLock)
                return _default ??= new FixtureLoader(_configured);
        }
    }

    /// <summary>Says what <see cref="Default"/> is made with. Once for a process, before the first use.</summary>
    /// <exception cref="InvalidOperationException">It was called before, or <see cref="Default"/> is in use.</exception>
    public static void Configure(FixtureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (DefaultLock)
        {
            if (_default is not null || _configured is not null)
                throw new InvalidOperationException("FixtureLoader.Configure must be called once, before FixtureLoader.Default is first used. Where several configurations are needed, make a FixtureLoader for each.");
            _configured = options;
        }
    }

    /// <summary>Loads fixtures into an open connection with <see cref="Default"/>; see <see cref="LoadInto(SqliteConnection, string[])"/>.</summary>
    /// <param name="connection">Stays open.</param>
    /// <param name="labels">The labels, loaded in order.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="FixtureException">Something is wrong; the database is as it was.</exception>
    public static LoadReport Load(SqliteConnection connection, params string[] labels) => Default.LoadInto(connection, labels);
}

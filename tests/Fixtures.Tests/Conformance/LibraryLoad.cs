using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Conformance;

/// <summary>Loads a case by the public API.</summary>
internal static class LibraryLoad
{
    public static ConformanceOutcome Run(SqliteConnection connection, ConformanceCase conformanceCase)
    {
        ConformanceOutcome outcome = Load(connection, conformanceCase);
        return raw.sqlite3_get_autocommit(connection.Handle) == 0 ? outcome with { Defect = "left a transaction open" } : outcome;
    }

    private static ConformanceOutcome Load(SqliteConnection connection, ConformanceCase conformanceCase)
    {
        using FileStream? input = conformanceCase.Input is { } file ? File.OpenRead(file) : null;
        try
        {
            LoadReport report = new FixtureLoader(conformanceCase.Options with { Input = input }).LoadInto(connection, conformanceCase.Labels);
            return new ConformanceOutcome { Objects = report.Objects, ObjectsInFixtures = report.ObjectsInFixtures, Fixtures = report.Files.Count, Warnings = report.Warnings };
        }
        catch (FixtureException exception)
        {
            return new ConformanceOutcome { Stage = exception.Stage.ToString().ToLowerInvariant(), Message = exception.Message };
        }
        // Any other exception is a defect of the library, whatever the case expects; it must not hide the other cases.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new ConformanceOutcome { Defect = $"threw {exception.GetType().Name}: {exception.Message}{exception.StackTrace?.Split('\n').FirstOrDefault()}" };
        }
    }
}

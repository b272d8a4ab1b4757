using System.Runtime.InteropServices;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>Looks whether a connection has statements that have been stepped and not reset. SQLitePCLRaw counts only those that it was told to from the beginning.</summary>
internal static class OpenStatements
{
    /// <returns>True also where it cannot be told.</returns>
    public static bool MayBeAny(sqlite3 database)
    {
        nint library = NativeSqlite.Find();
        if (library == 0 || !NativeLibrary.TryGetExport(library, "sqlite3_next_stmt", out nint nextFunction) || !NativeLibrary.TryGetExport(library, "sqlite3_stmt_busy", out nint busyFunction))
            return true;
        var next = Marshal.GetDelegateForFunctionPointer<NextStatement>(nextFunction);
        var isBusy = Marshal.GetDelegateForFunctionPointer<IsBusy>(busyFunction);
        nint connection = database.DangerousGetHandle();
        for (nint statement = next(connection, 0); statement != 0; statement = next(connection, statement))
        {
            if (isBusy(statement) != 0)
                return true;
        }
        return false;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint NextStatement(nint connection, nint statement);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int IsBusy(nint statement);
}

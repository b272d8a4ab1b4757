using System.Runtime.InteropServices;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Finds functions of the SQLite library that SQLitePCLRaw has loaded, for the few calls that it does not offer or makes slow.</summary>
internal static class NativeSqlite
{
    /// <returns>The library; 0 where it cannot be had by its name.</returns>
    public static nint Find()
    {
        if (!NativeLibrary.TryLoad(raw.GetNativeLibraryName(), typeof(raw).Assembly, null, out nint library)
            || !NativeLibrary.TryGetExport(library, "sqlite3_version", out nint version))
        {
            return 0;
        }
        // Another copy of SQLite under the same name would not know the connections of this one.
        return Marshal.PtrToStringUTF8(version) == raw.sqlite3_libversion().utf8_to_string() ? library : 0;
    }
}

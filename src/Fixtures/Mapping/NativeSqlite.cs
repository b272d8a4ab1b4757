using System.Runtime.InteropServices;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>Finds functions of the SQLite library that SQLitePCLRaw has loaded, for the few calls that it does not offer or makes slow.</summary>
internal static class NativeSqlite
{
    /// <returns>The library; 0 where it cannot be had by its name, or is called otherwise than by cdecl.</returns>
    public static nint Find()
    {
        // The one that comes with Windows is called by stdcall, which is the same everywhere but on x86.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X86 && raw.GetNativeLibraryName() == "winsqlite3")
            return 0;
        if (!NativeLibrary.TryLoad(raw.GetNativeLibraryName(), typeof(raw).Assembly, null, out nint library)
            || !NativeLibrary.TryGetExport(library, "sqlite3_version", out nint version))
        {
            return 0;
        }
        // Another copy of SQLite under the same name would not know the connections of this one.
        return Marshal.PtrToStringUTF8(version) == raw.sqlite3_libversion().utf8_to_string() ? library : 0;
    }
}

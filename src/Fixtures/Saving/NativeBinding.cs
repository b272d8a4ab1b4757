using System.Runtime.InteropServices;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>
/// Binds rows by calling SQLite's own functions, without copies: the values stay where they are (SQLITE_STATIC) until the statement has run.
/// Unsafe, as only Testing/NativeDatabaseFile.cs is beside it. SQLitePCLRaw copies each text and marshals a SafeHandle for each call: measured 60 ns a text of 30 bytes against 22 here.
/// Where the library that SQLitePCLRaw uses cannot be had by its name, <see cref="TryFind"/> gives null, and <see cref="Statement.Bind(int, in SqlValue, ReadOnlySpan{byte})"/> does the same.
/// </summary>
internal sealed unsafe class NativeBinding
{
    private readonly delegate* unmanaged[Cdecl]<nint, int, long, int> _bindInteger;
    private readonly delegate* unmanaged[Cdecl]<nint, int, double, int> _bindReal;
    private readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> _bindText;
    private readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> _bindBlob;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _bindNull;

    // What nearly every program needs: SQLitePCLRaw is told its library once.
    private static readonly NativeBinding? First = TryCreate(raw.GetNativeLibraryName());

    private readonly string _libraryName;

    private NativeBinding(string libraryName, nint library)
    {
        _libraryName = libraryName;
        _bindInteger = (delegate* unmanaged[Cdecl]<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");
        _bindReal = (delegate* unmanaged[Cdecl]<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");
        _bindText = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_text");
        _bindBlob = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_blob");
        _bindNull = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
    }

    /// <summary>Finds the functions in the library that SQLitePCLRaw has loaded.</summary>
    public static NativeBinding? TryFind()
    {
        string libraryName = raw.GetNativeLibraryName();
        return First?._libraryName == libraryName ? First : TryCreate(libraryName);
    }

    private static NativeBinding? TryCreate(string libraryName)
    {
        nint library = NativeSqlite.Find();
        return library == 0 ? null : new NativeBinding(libraryName, library);
    }

    /// <summary>Binds the values of a row to the parameters of a statement, from the first on.</summary>
    /// <param name="statement">The statement; it must run before the bytes change or move.</param>
    /// <param name="values">The values; there are as many parameters.</param>
    /// <param name="arena">Pinned bytes that the values slice.</param>
    /// <returns>SQLite's result code: the first that is not SQLITE_OK.</returns>
    public int Bind(Statement statement, ReadOnlySpan<SqlValue> values, ReadOnlySpan<byte> arena)
    {
        var origin = default(RowOrigin);
        return Bind(statement, values, new ReadOnlySpan<RowOrigin>(in origin), arena);
    }

    /// <summary>Binds the values of all rows of a batch to the parameters of a statement, from the first on.</summary>
    /// <param name="statement">The statement; it must run before the batch changes.</param>
    /// <param name="batch">The batch, pinned.</param>
    /// <returns>SQLite's result code: the first that is not SQLITE_OK.</returns>
    public int Bind(Statement statement, RowBatch batch) => Bind(statement, batch.Values(), batch.Origins, batch.Bytes.Span);

    private int Bind(Statement statement, ReadOnlySpan<SqlValue> values, ReadOnlySpan<RowOrigin> rows, ReadOnlySpan<byte> bytes)
    {
        nint handle = statement.Handle;
        int width = values.Length / rows.Length;
        int i = 0;
        // Not null where there are no bytes: SQLite would take an empty text for NULL.
        fixed (byte* first = &MemoryMarshal.GetReference(bytes))
        {
            foreach (ref readonly RowOrigin row in rows)
            {
                byte* arena = first + row.Start;
                for (int end = i + width; i < end; i++)
                {
                    ref readonly SqlValue value = ref values[i];
                    int result = value.Type switch
                    {
                        SqlType.Integer => _bindInteger(handle, i + 1, value.Integer),
                        SqlType.Real => _bindReal(handle, i + 1, value.Real),
                        SqlType.Text => _bindText(handle, i + 1, arena + value.Start, value.Length, 0),
                        SqlType.Blob => _bindBlob(handle, i + 1, arena + value.Start, value.Length, 0),
                        _ => _bindNull(handle, i + 1),
                    };
                    if (result != raw.SQLITE_OK)
                        return result;
                }
            }
        }
        GC.KeepAlive(statement);
        return raw.SQLITE_OK;
    }
}

using System.Runtime.InteropServices;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>
/// The functions of SQLite that a load calls most, called as they are. Unsafe, as only Testing/NativeDatabaseFile.cs is beside it. SQLitePCLRaw marshals a SafeHandle for each call
/// and copies each text: measured 60 ns a text of 30 bytes against 22 here, where rows stay where they are (SQLITE_STATIC) until the statement has run; and the runtime compiles each
/// kind of call when it is first made, which a small load waits for.
/// Where the library that SQLitePCLRaw uses cannot be had by its name, <see cref="TryFind"/> gives null, and <see cref="Statement"/> calls SQLitePCLRaw.
/// </summary>
/// <remarks>Statements are handles that the caller keeps alive.</remarks>
internal sealed unsafe class NativeStatements
{
    // SQLite copies the bytes before it returns, or reads them where they are when the statement runs.
    private const nint Transient = -1, Static = 0;

    // What nearly every program needs: SQLitePCLRaw is told its library once.
    private static readonly string FirstLibrary = raw.GetNativeLibraryName();
    private static readonly NativeStatements? First = TryCreate();

    private readonly delegate* unmanaged[Cdecl]<nint, int> _step;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _reset;
    private readonly delegate* unmanaged[Cdecl]<nint, int, long> _columnInteger;
    private readonly delegate* unmanaged[Cdecl]<nint, int, nint> _columnText;
    private readonly delegate* unmanaged[Cdecl]<nint, int, long, int> _bindInteger;
    private readonly delegate* unmanaged[Cdecl]<nint, int, double, int> _bindReal;
    private readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> _bindText;
    private readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> _bindBlob;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _bindNull;

    private NativeStatements(nint library)
    {
        _step = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");
        _reset = (delegate* unmanaged[Cdecl]<nint, int>)NativeLibrary.GetExport(library, "sqlite3_reset");
        _columnInteger = (delegate* unmanaged[Cdecl]<nint, int, long>)NativeLibrary.GetExport(library, "sqlite3_column_int64");
        _columnText = (delegate* unmanaged[Cdecl]<nint, int, nint>)NativeLibrary.GetExport(library, "sqlite3_column_text");
        _bindInteger = (delegate* unmanaged[Cdecl]<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");
        _bindReal = (delegate* unmanaged[Cdecl]<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");
        _bindText = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_text");
        _bindBlob = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_blob");
        _bindNull = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
    }

    /// <summary>Finds the functions in the library that SQLitePCLRaw has loaded.</summary>
    public static NativeStatements? TryFind() => raw.GetNativeLibraryName() == FirstLibrary ? First : TryCreate();

    private static NativeStatements? TryCreate()
    {
        nint library = NativeSqlite.Find();
        return library == 0 ? null : new NativeStatements(library);
    }

    /// <returns>SQLite's result code.</returns>
    public int Step(nint statement) => _step(statement);

    /// <inheritdoc cref="Step"/>
    public int Reset(nint statement) => _reset(statement);

    public long Integer(nint statement, int column) => _columnInteger(statement, column);

    /// <returns>Null for NULL.</returns>
    public string? Text(nint statement, int column) => Marshal.PtrToStringUTF8(_columnText(statement, column));

    /// <summary>Binds a value, which SQLite copies.</summary>
    /// <inheritdoc cref="Step"/>
    public int Bind(nint statement, int parameter, in SqlValue value, ReadOnlySpan<byte> arena)
    {
        int start = 0;
        fixed (SqlValue* pointer = &value)
        fixed (byte* bytes = &MemoryMarshal.GetReference(arena))
            return Bind(statement, parameter, pointer, 1, new ReadOnlySpan<int>(in start), bytes, Transient);
    }

    /// <summary>Binds the values of rows to the parameters of a statement, from the first on, and steps it once. What is bound is void then.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="values">The values of one row after the other.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="width">How many values a row has.</param>
    /// <param name="starts">Where each row's bytes begin.</param>
    /// <param name="bytes">The bytes that the values slice.</param>
    /// <returns>SQLite's result code: of binding, if it is not SQLITE_OK, else of the step.</returns>
    public int Run(nint statement, SqlValue[] values, int first, int width, ReadOnlySpan<int> starts, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + width * starts.Length, values.Length);
        fixed (SqlValue* pointer = values)
        fixed (byte* origin = &MemoryMarshal.GetReference(bytes))
        {
            int result = Bind(statement, 1, pointer + first, width, starts, origin, Static);
            return result == raw.SQLITE_OK ? _step(statement) : result;
        }
    }

    // In one method: each that calls SQLite is told by the runtime on which thread it runs, and none of them is inlined. With one for each value, loads took 1.08.
    private int Bind(nint statement, int parameter, SqlValue* value, int width, ReadOnlySpan<int> starts, byte* bytes, nint lifetime)
    {
        foreach (int start in starts)
        {
            // Never null, not even where there are no bytes: SQLite would take an empty text for NULL.
            byte* arena = bytes + start;
            for (SqlValue* end = value + width; value < end; value++, parameter++)
            {
                int result = value->Type switch
                {
                    SqlType.Integer => _bindInteger(statement, parameter, value->Integer),
                    SqlType.Real => _bindReal(statement, parameter, value->Real),
                    SqlType.Text => _bindText(statement, parameter, arena + value->Start, value->Length, lifetime),
                    SqlType.Blob => _bindBlob(statement, parameter, arena + value->Start, value->Length, lifetime),
                    _ => _bindNull(statement, parameter),
                };
                if (result != raw.SQLITE_OK)
                    return result;
            }
        }
        return raw.SQLITE_OK;
    }
}

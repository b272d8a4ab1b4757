using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Fixtures.Benchmarks.Posts;

/// <summary>
/// insert_loop.c in C#: one prepared INSERT, values decoded beforehand and pinned, one row a step, one transaction; the C functions are called through
/// function pointers, because SQLitePCLRaw copies every text.
/// </summary>
internal sealed unsafe class PreparedLoop
{
    private const int Done = 101;
    private const int Null = 0, Integer = 1, Real = 2;

    private readonly byte[] _bytes;
    private readonly Value[] _values;
    private readonly int _columnCount;
    private readonly delegate* unmanaged<byte*, nint*, int> _open;
    private readonly delegate* unmanaged<nint, int> _close;
    private readonly delegate* unmanaged<nint, byte*, nint, nint, nint, int> _exec;
    private readonly delegate* unmanaged<nint, byte*, int, nint*, nint, int> _prepare;
    private readonly delegate* unmanaged<nint, int> _finalize, _step, _reset;
    private readonly delegate* unmanaged<nint, int, int> _bindNull;
    private readonly delegate* unmanaged<nint, int, long, int> _bindInt64;
    private readonly delegate* unmanaged<nint, int, double, int> _bindDouble;
    private readonly delegate* unmanaged<nint, int, byte*, int, nint, int> _bindText;

    /// <param name="libraryPath">The SQLite library.</param>
    /// <param name="rowsPath">What <see cref="PostFiles.WriteRows"/> wrote.</param>
    public PreparedLoop(string libraryPath, string rowsPath)
    {
        nint library = NativeLibrary.Load(libraryPath);
        _open = (delegate* unmanaged<byte*, nint*, int>)NativeLibrary.GetExport(library, "sqlite3_open");
        _close = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sqlite3_close");
        _exec = (delegate* unmanaged<nint, byte*, nint, nint, nint, int>)NativeLibrary.GetExport(library, "sqlite3_exec");
        _prepare = (delegate* unmanaged<nint, byte*, int, nint*, nint, int>)NativeLibrary.GetExport(library, "sqlite3_prepare_v2");
        _finalize = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sqlite3_finalize");
        _step = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sqlite3_step");
        _reset = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sqlite3_reset");
        _bindNull = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "sqlite3_bind_null");
        _bindInt64 = (delegate* unmanaged<nint, int, long, int>)NativeLibrary.GetExport(library, "sqlite3_bind_int64");
        _bindDouble = (delegate* unmanaged<nint, int, double, int>)NativeLibrary.GetExport(library, "sqlite3_bind_double");
        _bindText = (delegate* unmanaged<nint, int, byte*, int, nint, int>)NativeLibrary.GetExport(library, "sqlite3_bind_text");
        _bytes = GC.AllocateUninitializedArray<byte>((int)new FileInfo(rowsPath).Length, pinned: true);
        using (FileStream file = File.OpenRead(rowsPath))
            file.ReadExactly(_bytes);
        (_values, _columnCount) = Decode(_bytes);
    }

    /// <summary>Inserts all rows into the database file.</summary>
    /// <returns>The time from BEGIN to COMMIT.</returns>
    public TimeSpan Run(string databasePath, string insert)
    {
        nint database, statement;
        fixed (byte* path = Terminated(databasePath))
            Check(_open(path, &database), 0);
        fixed (byte* sql = Terminated(insert))
            Check(_prepare(database, sql, -1, &statement, 0), 0);

        long started = Stopwatch.GetTimestamp();
        Execute(database, "BEGIN IMMEDIATE");
        InsertRows(statement);
        Execute(database, "COMMIT");
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        _finalize(statement);
        _close(database);
        GC.KeepAlive(_bytes);
        return elapsed;
    }

    private void InsertRows(nint statement)
    {
        Value[] values = _values;
        for (int first = 0; first < values.Length; first += _columnCount)
        {
            for (int column = 0; column < _columnCount; column++)
            {
                ref readonly Value value = ref values[first + column];
                switch (value.Type)
                {
                    case Integer: _bindInt64(statement, column + 1, value.Number); break;
                    case Real: _bindDouble(statement, column + 1, BitConverter.Int64BitsToDouble(value.Number)); break;
                    case Null: _bindNull(statement, column + 1); break;
                    default: _bindText(statement, column + 1, (byte*)value.Number, value.Length, 0); break;
                }
            }
            Check(_step(statement), Done);
            _reset(statement);
        }
    }

    private void Execute(nint database, string sql)
    {
        fixed (byte* text = Terminated(sql))
            Check(_exec(database, text, 0, 0, 0), 0);
    }

    private static (Value[] Values, int ColumnCount) Decode(byte[] bytes)
    {
        int columnCount = BitConverter.ToInt32(bytes, 4);
        var values = new Value[BitConverter.ToInt32(bytes, 0) * columnCount];
        int at = 8;
        for (int i = 0; i < values.Length; i++)
        {
            int type = bytes[at++];
            if (type is Integer or Real)
            {
                values[i] = new Value(type, 0, BitConverter.ToInt64(bytes, at));
                at += 8;
            }
            else if (type != Null)
            {
                int length = BitConverter.ToInt32(bytes, at);
                values[i] = new Value(type, length, (long)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, at + 4));
                at += 4 + length;
            }
        }
        return (values, columnCount);
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static void Check(int result, int expected)
    {
        if (result != expected)
            throw new InvalidOperationException($"SQLite gave {result}.");
    }

    /// <summary>A value; of a text, Number is its address in the pinned bytes.</summary>
    private readonly record struct Value(int Type, int Length, long Number);
}

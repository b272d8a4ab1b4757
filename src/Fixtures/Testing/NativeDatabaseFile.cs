using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Testing;

/// <summary>
/// Writes the bytes of a whole database under a connection that is open, through the file object that SQLite itself has for it
/// (https://www.sqlite.org/c3ref/io_methods.html): one copy, no page goes through the pager. A second connection to the same database in memory
/// sees it, which sqlite3_deserialize does not give; and a reset costs a fifth of it, because the schema need not be parsed again.
/// Unsafe; where the functions cannot be had, <see cref="TryCreate"/> gives null, and SQLite's backup does the same.
/// </summary>
internal sealed unsafe class NativeDatabaseFile
{
    // https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int FilePointer = 7;

    // Offsets in the header of a database: https://www.sqlite.org/fileformat.html#the_database_header.
    private const int ChangeCounter = 24;
    private const int SchemaCookie = 40;
    private const int VersionValidFor = 92;
    private const int HeaderByteCount = 100;

    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int> _fileControl;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _transactionState;

    private NativeDatabaseFile(nint fileControl, nint transactionState)
    {
        _fileControl = (delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int>)fileControl;
        _transactionState = (delegate* unmanaged[Cdecl]<nint, byte*, int>)transactionState;
    }

    /// <summary>Finds the functions in the library that SQLitePCLRaw has loaded.</summary>
    public static NativeDatabaseFile? TryCreate()
    {
        nint library = NativeSqlite.Find();
        return library != 0 && NativeLibrary.TryGetExport(library, "sqlite3_file_control", out nint fileControl)
            && NativeLibrary.TryGetExport(library, "sqlite3_txn_state", out nint transactionState)
            ? new NativeDatabaseFile(fileControl, transactionState)
            : null;
    }

    /// <summary>Whether a statement of the connection is reading or writing its main database.</summary>
    public bool IsInUse(sqlite3 connection)
    {
        fixed (byte* main = "main\0"u8)
            return _transactionState(connection.DangerousGetHandle(), main) != 0;
    }

    /// <summary>How many bytes the main database has now; none if it is new.</summary>
    public long ByteCount(sqlite3 connection)
    {
        File* file = Open(connection);
        long byteCount;
        Check(file->Methods->FileSize(file, &byteCount));
        return byteCount;
    }

    /// <summary>Gives a new main database its content. The connection has not read it yet.</summary>
    public void Write(sqlite3 connection, ReadOnlySpan<byte> image)
    {
        File* file = Open(connection);
        fixed (byte* bytes = image)
            Check(file->Methods->Write(file, bytes, image.Length, 0));
    }

    /// <summary>
    /// Gives the main database another content. The connection holds the exclusive lock, so that nobody reads meanwhile. All connections notice:
    /// the change counter is one that this database has not had yet, and so is the schema's where the schema was changed.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="image">The content, no less than a header.</param>
    /// <param name="schemaCookie">The schema's version after the last call, or that of the first content.</param>
    /// <returns>The schema's version now.</returns>
    public uint Overwrite(sqlite3 connection, ReadOnlySpan<byte> image, uint schemaCookie)
    {
        File* file = Open(connection);
        byte* header = stackalloc byte[HeaderByteCount];
        Check(file->Methods->Read(file, header, HeaderByteCount, 0));
        var now = new ReadOnlySpan<byte>(header, HeaderByteCount);
        uint counter = BinaryPrimitives.ReadUInt32BigEndian(now[ChangeCounter..]) + 1;
        uint cookieNow = ReadSchemaCookie(now);
        uint cookie = cookieNow == schemaCookie ? schemaCookie : cookieNow + 1;

        long byteCount;
        Check(file->Methods->FileSize(file, &byteCount));
        if (byteCount > image.Length)
            Check(file->Methods->Truncate(file, image.Length));
        fixed (byte* bytes = image)
            Check(file->Methods->Write(file, bytes, image.Length, 0));
        WriteNumber(file, counter, ChangeCounter);
        WriteNumber(file, counter, VersionValidFor);
        WriteNumber(file, cookie, SchemaCookie);
        return cookie;
    }

    /// <summary>The schema's version in the header of a database.</summary>
    public static uint ReadSchemaCookie(ReadOnlySpan<byte> image) => BinaryPrimitives.ReadUInt32BigEndian(image[SchemaCookie..]);

    private static void WriteNumber(File* file, uint number, int offset)
    {
        uint bytes = BinaryPrimitives.ReverseEndianness(number);
        Check(file->Methods->Write(file, &bytes, sizeof(uint), offset));
    }

    private File* Open(sqlite3 connection)
    {
        File* file;
        fixed (byte* main = "main\0"u8)
            Check(_fileControl(connection.DangerousGetHandle(), main, FilePointer, &file));
        return file;
    }

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new Microsoft.Data.Sqlite.SqliteException($"A database in memory cannot be written: {raw.sqlite3_errstr(result).utf8_to_string()}.", result);
    }

    /// <summary><c>sqlite3_file</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct File
    {
        public readonly FileMethods* Methods;
    }

    /// <summary>The first members of <c>sqlite3_io_methods</c>, which no version of SQLite moves.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FileMethods
    {
        public readonly int Version;
        public readonly delegate* unmanaged[Cdecl]<File*, int> Close;
        public readonly delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Read;
        public readonly delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Write;
        public readonly delegate* unmanaged[Cdecl]<File*, long, int> Truncate;
        public readonly delegate* unmanaged[Cdecl]<File*, int, int> Sync;
        public readonly delegate* unmanaged[Cdecl]<File*, long*, int> FileSize;
    }
}

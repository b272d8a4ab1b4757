using System.ComponentModel;
using System.Diagnostics;

namespace Fixtures.Tests.NothingLost;

/// <summary>A load into a file that must not be written, or cannot grow: by the permissions, by a limit of the process, by a file system that is full.</summary>
public sealed class NoRoomTests
{
    // To a shell, this many blocks of half a kilobyte; more than the database has and fewer than the fixture needs.
    private const string Limit = "ulimit -f 512; ";

    [Theory]
    [InlineData("DELETE", true)]
    [InlineData("WAL", true)]
    [InlineData("DELETE", false)]
    [InlineData("WAL", false)]
    public void A_read_only_file_or_folder_is_refused_and_stays_as_it_is(string journalMode, bool isFile)
    {
        if (OperatingSystem.IsWindows())
            return;
        string[] through = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set", "-dac_override"] : [];
        Assert.SkipUnless(through.Length == 0 || CanRun(through, "true"), "To a privileged user all files are writable.");
        using var file = new LoadedFile(journalMode);
        byte[] before = File.ReadAllBytes(file.Database);
        string path = isFile ? file.Database : file.Folder;
        UnixFileMode mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode & ~UnixFileMode.UserWrite);

        (int exitCode, string error) = file.Load(through);

        File.SetUnixFileMode(path, mode);
        Assert.Equal(1, exitCode);
        Assert.Contains("is read-only", error, StringComparison.Ordinal);
        Assert.Equal([file.Database], Directory.GetFiles(file.Folder));
        Assert.Equal(before, File.ReadAllBytes(file.Database));
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_file_that_may_not_grow_keeps_its_rows(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        using var file = new LoadedFile(journalMode);

        (int exitCode, string error) = file.Load("sh", "-c", $"trap '' XFSZ; {Limit}exec \"$@\"", "sh");

        Assert.Equal(1, exitCode);
        Assert.Contains("disk I/O error", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal("old|500", file.Rows());
        Assert.Equal((0, ""), file.Load());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_process_that_is_ended_because_its_file_grows_leaves_the_old_rows(string journalMode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        using var file = new LoadedFile(journalMode);

        Assert.NotEqual(0, file.Load("sh", "-c", $"{Limit}exec \"$@\"", "sh").ExitCode);

        Assert.Equal("old|500", file.Rows());
        Assert.Equal((0, ""), file.Load());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_full_disk_keeps_its_rows(string journalMode)
    {
        using var file = new LoadedFile(journalMode);
        Assert.SkipUnless(CanRun(["unshare", "-rm", "mount", "-t", "tmpfs", "none"], file.Folder), "A small file system cannot be mounted here.");
        // It is gone with the process, so what it holds is copied before.
        const string script = """
            cp "$0/app.db" old.db && mount -t tmpfs -o size=512k none "$0" && cp old.db "$0/app.db" || exit 99
            "$@"
            code=$?
            cp "$0"/app.db* after && exit $code
            """;
        string after = Directory.CreateDirectory(file.At("after")).FullName;
        (int exitCode, string error) = file.Load("unshare", "-rm", "sh", "-c", script, file.Folder);

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no room", error, StringComparison.Ordinal);
        Assert.Equal("old|500", LoadedFile.Rows(Path.Combine(after, "app.db")));
    }

    private static bool CanRun(string[] through, string last)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(through[0], [.. through[1..], last]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

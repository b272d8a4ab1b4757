using System.IO.Compression;
using ICSharpCode.SharpZipLib.Zip;

namespace Fixtures.Tests.Extraction;

public sealed class ZipUnpackerTests : ExtractionTest
{
    private const int EndRecordByteCount = 22;

    [Fact]
    public void More_than_one_file_or_none_is_refused()
    {
        byte[] two = Pack.Zip(CompressionLevel.Fastest, ("a.json", Pack.Small), ("b.json", Pack.Small));
        byte[] none = Pack.Zip(CompressionLevel.Fastest);

        Assert.Equal("'data.json.zip' holds 2 files. Zip-compressed fixtures must contain one file; pack each one by itself.", Refusal(two, "zip"));
        Assert.Equal("'data.json.zip' holds 0 files. Zip-compressed fixtures must contain one file; pack each one by itself.", Refusal(none, "zip"));
    }

    [Fact]
    public void An_empty_file_counts()
    {
        byte[] two = Pack.Zip(CompressionLevel.Fastest, ("a.json", Pack.Small), ("b.json", []));

        Assert.Contains("holds 2 files", Refusal(two, "zip"), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_and_the_name_of_the_file_do_not_matter()
    {
        byte[] packed = Pack.Zip(CompressionLevel.Fastest, ("fixtures/", []), ("fixtures/other/", []), ("fixtures/other/été.txt", Pack.Small));

        Assert.Equal(Pack.Small, Unpack(packed, "zip"));
    }

    [Fact]
    public void An_encrypted_file_is_refused()
    {
        byte[] packed = PackElsewhere(zip => zip.Password = "secret");

        Assert.Equal("'data.json.zip' is encrypted. Pack it again without a password.", Refusal(packed, "zip"));
    }

    [Theory]
    [InlineData(UseZip64.On)]
    [InlineData(UseZip64.Off)]
    public void Zip64_and_sizes_after_the_data_are_read(UseZip64 zip64)
    {
        Assert.Equal(Pack.Small, Unpack(PackElsewhere(zip => zip.UseZip64 = zip64), "zip"));
    }

    [Fact]
    public void A_method_other_than_deflate_or_store_is_refused()
    {
        byte[] packed = Pack.Zip(Pack.Small);
        int directory = packed.AsSpan().LastIndexOf("PK\x01\x02"u8);
        packed[8] = packed[directory + 10] = 99;

        Assert.Contains("packed in a way that is not supported", Refusal(packed, "zip"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_zip_in_several_parts_is_refused()
    {
        byte[] packed = Pack.Zip(Pack.Small);
        packed[^(EndRecordByteCount - 4)] = 1;

        Assert.Contains("is one part of a zip in several parts", Refusal(packed, "zip"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a comment")]
    [InlineData("")]
    public void A_comment_is_passed_over(string comment)
    {
        byte[] packed = PackElsewhere(zip => zip.SetComment(comment));

        Assert.Equal(Pack.Small, Unpack(packed, "zip"));
        Assert.Contains("holds other bytes after", Refusal(Join(packed, [0]), "zip"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, "its checksum differs")]
    [InlineData(24, "its length differs")]
    public void A_checksum_or_length_that_differs_is_refused(int offset, string message)
    {
        byte[] packed = Pack.Zip(Pack.Small);
        packed[packed.AsSpan().LastIndexOf("PK\x01\x02"u8) + offset]++;

        Assert.Contains(message, Refusal(packed, "zip"), StringComparison.Ordinal);
    }

    private static byte[] PackElsewhere(Action<ZipOutputStream> configure)
    {
        var packed = new MemoryStream();
        using (var stream = new ZipOutputStream(packed))
        {
            configure(stream);
            stream.PutNextEntry(new ZipEntry("data.json"));
            stream.Write(Pack.Small, 0, Pack.Small.Length);
        }
        return packed.ToArray();
    }
}

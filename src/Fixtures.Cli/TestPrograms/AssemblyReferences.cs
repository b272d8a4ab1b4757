using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Fixtures.Cli.TestPrograms;

/// <summary>What an assembly says of how its tests run. It is read and not loaded.</summary>
/// <param name="StartsXunit">It starts the console runner of xunit v3.</param>
/// <param name="StartsTestingPlatform">It starts Microsoft.Testing.Platform.</param>
/// <param name="WritesTrx">It has the TRX extension of that.</param>
internal sealed record AssemblyReferences(bool StartsXunit, bool StartsTestingPlatform, bool WritesTrx)
{
    /// <summary>Reads an assembly.</summary>
    /// <returns>Null if it is not a .NET assembly.</returns>
    public static AssemblyReferences? Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var image = new PEReader(file);
        try
        {
            return image.HasMetadata ? Read(image.GetMetadataReader()) : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    // The calls are in the entry point that the packages generate. Whether a package is there says less: an xunit v3 program has
    // Microsoft.Testing.Platform too, and an NUnit program has it whether its runner is enabled or not.
    private static AssemblyReferences Read(MetadataReader metadata)
    {
        HashSet<string> types = [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
        return new AssemblyReferences(
            types.Contains("Xunit.Runner.InProc.SystemConsole.ConsoleRunner"),
            types.Contains("Microsoft.Testing.Platform.Builder.TestApplication"),
            metadata.AssemblyReferences.Any(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name) == "Microsoft.Testing.Extensions.TrxReport"));
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Fixtures.Tests.Architecture;

/// <summary>Who may use whom. Each message names file and line of what breaks the rule.</summary>
public sealed partial class FolderDependencyTests
{
    private const string Core = "src/Fixtures";

    /// <summary>The folders of the library, and the other folders that each may use. The root's public types are open to all; the root uses all.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Configuration"] = [],
        ["Discovery"] = ["Configuration"],
        ["Extraction"] = [],
        ["Formats"] = [],
        ["Mapping"] = ["Configuration", "Formats"],
        ["Saving"] = ["Configuration", "Formats", "Mapping"],
        ["Testing"] = ["Mapping"],
    };

    private static readonly string[] WithoutSqlite = ["Discovery", "Extraction", "Formats"];

    private static readonly Assembly Library = typeof(FixtureLoader).Assembly;

    [Fact]
    public void Every_folder_of_the_library_has_a_row_in_the_table()
    {
        IEnumerable<string> folders = Repository.Sources(Core).Select(file => file.FolderBelow(Core)).Where(folder => folder.Length > 0).Distinct();

        Assert.Equal(MayUse.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_use_one_another_one_way()
    {
        Regex use = Qualified(MayUse.Keys);
        List<string> offenders = [];
        foreach (SourceFile file in Repository.Sources(Core))
        {
            string folder = file.FolderBelow(Core);
            foreach ((Match match, string place) in file.Find(use))
            {
                string used = match.Groups["folder"].Value;
                if (folder.Length > 0 && used != folder && !MayUse[folder].Contains(used))
                    offenders.Add($"{place}: {folder} may use {Listed(MayUse[folder])}, not {used} ('{match.Value}').");
            }
        }

        Offenders.AssertNone(offenders);
    }

    [Fact]
    public void The_table_has_no_circle()
    {
        List<string> left = [.. MayUse.Keys];
        while (left.Find(folder => !MayUse[folder].Any(left.Contains)) is { } free)
            left.Remove(free);

        Assert.Empty(left);
    }

    [Fact]
    public void A_namespace_is_named_as_its_folder()
    {
        AssertNamespaces(Core, "Fixtures");
        AssertNamespaces("src/Fixtures.Cli", "Fixtures.Cli");
    }

    [Fact]
    public void Using_directives_are_not_global() =>
        Offenders.AssertNone(Breaches(Repository.Sources("src"), GlobalUsing(), "write the directive in each file that needs it"));

    [Fact]
    public void The_library_does_not_touch_the_console() =>
        Offenders.AssertNone(Breaches(Repository.Sources(Core), Console(), "the library reports through LoadReport, IProgress and FixtureException"));

    [Fact]
    public void The_library_refers_to_no_entity_or_test_framework()
    {
        string[] frameworks = ["Microsoft.EntityFrameworkCore", "xunit", "nunit", "Microsoft.VisualStudio"];

        Assert.DoesNotContain(Library.GetReferencedAssemblies(), name => frameworks.Any(framework => name.Name!.StartsWith(framework, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Discovery_opens_no_file() =>
        Offenders.AssertNone(Breaches(Repository.Sources(Core, "Discovery"), OpensFile(), "Discovery lists directories; Extraction opens files"));

    [Fact]
    public void Only_mapping_saving_and_configuration_know_sqlite() =>
        Offenders.AssertNone(WithoutSqlite.SelectMany(folder => Breaches(Repository.Sources(Core, folder), Sqlite(), $"{folder} knows nothing of SQLite")));

    [Fact]
    public void The_command_uses_the_public_api_only()
    {
        string[] publicFolders = ["Testing"];
        Offenders.AssertNone(Breaches(Repository.Sources("src/Fixtures.Cli"), Qualified(MayUse.Keys.Except(publicFolders)), "the command uses the namespaces Fixtures and Fixtures.Testing only"));
        Assert.DoesNotContain(Library.GetCustomAttributes<InternalsVisibleToAttribute>(), friend => friend.AssemblyName.Contains("Cli", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_root_folder_holds_public_types_only() =>
        Offenders.AssertNone(Types().Where(type => type.Namespace == "Fixtures" && !type.IsNested && !type.IsPublic).Select(type => $"{type} is internal: move it into a folder."));

    [Fact]
    public void Types_in_folders_are_internal() =>
        Offenders.AssertNone(Types().Where(type => type.Namespace is not ("Fixtures" or "Fixtures.Testing") && type.IsPublic).Select(type => $"{type} is public: make it internal, or move it to the root."));

    // The default loader is the one exception: the contract has it, once for a process.
    [Fact]
    public void There_is_no_static_state() => Offenders.AssertNone(
        Types().Where(type => type != typeof(FixtureLoader))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsLiteral: false, IsInitOnly: false })
            .Select(field => $"{field.DeclaringType}.{field.Name} can be changed: keep it in the instance that owns it."));

    private static void AssertNamespaces(string root, string rootNamespace)
    {
        List<string> offenders = [];
        foreach (SourceFile file in Repository.Sources(root))
        {
            string folders = Path.GetDirectoryName(file.Path[(root.Length + 1)..])!.Replace('\\', '/').Replace('/', '.');
            string expected = folders.Length == 0 ? rootNamespace : $"{rootNamespace}.{folders}";
            offenders.AddRange(file.Find(Namespace()).Where(found => found.Match.Groups[1].Value != expected).Select(found => $"{found.Place}: the namespace of this folder is {expected}."));
        }
        Offenders.AssertNone(offenders);
    }

    private static IEnumerable<string> Breaches(IEnumerable<SourceFile> files, Regex pattern, string rule) =>
        files.SelectMany(file => file.Find(pattern)).Select(found => $"{found.Place}: '{found.Match.Value.Trim()}': {rule}.");

    private static string Listed(string[] folders) => folders.Length == 0 ? "only the root's types" : string.Join(" and ", folders);

    /// <summary>What people wrote: no closures, iterators, caches of lambdas or generated regular expressions.</summary>
    private static IEnumerable<Type> Types() => Library.GetTypes().Where(type => type.Namespace?.StartsWith("Fixtures", StringComparison.Ordinal) == true
        && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal));

    /// <summary><c>using Fixtures.X;</c> and a type written out as <c>Fixtures.X.Y</c> or, from inside the namespace, <c>X.Y</c>.</summary>
    private static Regex Qualified(IEnumerable<string> folders) =>
        new($@"(?<![\w.])(?<!namespace\s)(?:Fixtures\.(?<folder>{string.Join('|', folders)})\b|(?<folder>{string.Join('|', folders)})\.(?=[A-Z]\w*[.\s(<]))");

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bglobal\s+using\b.*")]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"\bConsole\b(?:\.\w+)?")]
    private static partial Regex Console();

    [GeneratedRegex(@"\b(?:FileStream|StreamReader|StreamWriter|RandomAccess|FileMode|MemoryMappedFile)\b|\bFile\.(?:Open|Read|Create|Write|Append|Copy|Move|Delete)\w*|\.Open(?:Read|Text|Write)\b")]
    private static partial Regex OpensFile();

    [GeneratedRegex(@"\b(?:Microsoft\.Data\.Sqlite|SQLitePCL|Sqlite[A-Z]\w+)\b")]
    private static partial Regex Sqlite();
}

using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        /// <summary>Reads the files of a load again, for the places of the records that hold broken foreign keys.</summary>
        private FixtureError[] Trace(IReadOnlyList<BrokenForeignKey> broken, List<LoadStep> steps)
        {
            var trace = new ReferenceTrace(loader._schemas.Get(connection, isCommitted: false), broken);
            foreach (LoadStep step in steps)
            {
                // Standard input cannot be read again.
                if (step.File is not { } file || file.Path == StandardInput)
                    continue;
                try
                {
                    using FixtureReader reader = FixtureFormat.Open(file.Format, FixtureExtractor.Open(file, _options.MaxUnpackedBytes), file.Path);
                    while (reader.Read(_record))
                        trace.Look(_record);
                }
                // Another file, or after code another schema, than that of the load: the rows are named without their places.
                catch (Exception exception) when (exception is FixtureException or MappingError)
                {
                    continue;
                }
            }
            return trace.Errors;
        }
    }
}

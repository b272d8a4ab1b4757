using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        /// <summary>Errors with the places of the records that hold broken foreign keys.</summary>
        private FixtureError[] Trace(IReadOnlyList<BrokenForeignKey> broken)
        {
            var trace = new ReferenceTrace(loader._schemas.Get(connection, isCommitted: false), broken);
            ReadAgain(record =>
            {
                trace.Look(record);
                return true;
            });
            return trace.Errors;
        }

        /// <summary>A constraint's error with the place of the value, and the other record that has it.</summary>
        private FixtureException Trace(ConstraintException refusal)
        {
            var trace = new ConstraintTrace(loader._schemas.Get(connection, isCommitted: false), refusal);
            ReadAgain(trace.Look);
            return new FixtureException(refusal.Stage, trace.Error, refusal.InnerException);
        }

        /// <summary>Reads the files of the load again, for places that are not kept while all goes well.</summary>
        /// <param name="look">Looks at a record; false: it was the last one.</param>
        private void ReadAgain(Func<Record, bool> look)
        {
            var record = new Record();
            foreach (LoadStep step in _steps)
            {
                // Standard input cannot be read again.
                if (step.File is not { } file || file.Path == StandardInput)
                    continue;
                try
                {
                    using FixtureReader reader = FixtureFormat.Open(file.Format, FixtureExtractor.Open(file, _options.MaxUnpackedBytes), file.Path);
                    while (reader.Read(record))
                    {
                        if (!look(record))
                            return;
                    }
                }
                // Another file, or after code another schema, than that of the load: the rows are named without their places.
                catch (Exception exception) when (exception is FixtureException or MappingError)
                {
                    continue;
                }
            }
        }
    }
}

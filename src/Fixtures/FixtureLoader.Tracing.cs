using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        private SchemaMap SchemaOfRecords => _schema ?? loader._schemas.Get(target.Database, isCommitted: false);

        /// <summary>Errors with the places of the records that hold broken foreign keys.</summary>
        private FixtureError[] Trace(IReadOnlyList<BrokenForeignKey> broken)
        {
            var trace = new ReferenceTrace(SchemaOfRecords, broken);
            ReadAgain(new Record(), record =>
            {
                trace.Look(record);
                return true;
            });
            return trace.Errors;
        }

        /// <summary>The error of a row that was refused with the place of its record or value, and the other record that has the same.</summary>
        private FixtureException Trace(RefusedRowException refusal)
        {
            var trace = new RefusalTrace(SchemaOfRecords, refusal);
            if (!refusal.IsPlaced)
                ReadAgain(new Record(), trace.Look);
            return new FixtureException(refusal.Stage, trace.Error, refusal.InnerException);
        }

        /// <summary>Puts errors about the names of fields where the names stand.</summary>
        private void TraceNames()
        {
            var trace = new NameTrace(_errors.Problems);
            if (!trace.Any)
                return;
            ReadAgain(new Record { NamePositions = [] }, trace.Look);
            _errors.Replace(trace.Found);
        }

        /// <summary>Reads the files of the load again, for places that are not kept while all goes well.</summary>
        /// <param name="record">What they are read into.</param>
        /// <param name="look">Looks at a record; false: it was the last one.</param>
        private void ReadAgain(Record record, Func<Record, bool> look)
        {
            foreach (LoadStep step in _steps)
            {
                if (step.File is not { } file || !_readableAgain.Contains(file))
                    continue;
                try
                {
                    using FixtureReader reader = FixtureFormat.Open(file.Format, FixtureExtractor.Open(file, _options.MaxUnpackedBytes), file.Path);
                    while (TryRead(reader, record))
                    {
                        if (!LookAt(record, look))
                            return;
                    }
                }
                // Another file than that of the load, or one that is damaged: the rows are named without their places.
                catch (FixtureException)
                {
                    continue;
                }
            }
        }

        private static bool TryRead(FixtureReader reader, Record record)
        {
            while (true)
            {
                try
                {
                    return reader.Read(record);
                }
                catch (RecordException)
                {
                    // Told by itself.
                    continue;
                }
            }
        }

        /// <returns>Whether to look on.</returns>
        private static bool LookAt(Record record, Func<Record, bool> look)
        {
            try
            {
                return look(record);
            }
            catch (MappingError)
            {
                // Told by itself, or after code it has another schema than it had.
                return true;
            }
        }
    }
}

using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        private const int MostKept = 100;

        // A file of which more are malformed is of another format, or none, and may have a million lines.
        private const int MostMalformed = 1000;

        // Of a load that is refused all fixtures are read to their ends, so that whoever mends them sees everything at once.
        private readonly LoadErrors _errors = new(isCheck ? MostReviewed : MostKept);

        private void Add(MappingError error, ModelMap? model, RecordSaver saver)
        {
            _selfContained = 0;
            // A record before this one, still to be written, may be the first that is wrong.
            saver.Flush();
            foreach (MappingError each in model is null ? [error] : saver.Mapper.FindErrors(_record, model, error))
                _errors.Add(RecordText.Error(_record, each.Node, each.Field, each.Message), each, model?.Table);
        }

        private void Add(FixtureException exception, RecordSaver saver)
        {
            _selfContained = 0;
            saver.Flush();
            _recordsRead += exception is RecordException ? 1 : 0;
            if (exception is RecordException && TableOfRecord(saver) is { } table)
                _errors.Add(exception, table);
            else
                _errors.Add(exception);
        }

        /// <summary>The table that lacks a malformed record, as far as it was read.</summary>
        private Table? TableOfRecord(RecordSaver saver)
        {
            try
            {
                return _record.Model >= 0 ? saver.Mapper.FindModel(_record)?.Table : null;
            }
            catch (MappingError)
            {
                // That its model is not known either is told when it is mended.
                return null;
            }
        }

        /// <summary>Damage is known for sure at the end of what a checksum covers only; until then it looks like wrong records.</summary>
        private void CheckDamage(ExtractedStream extracted, int errorsBefore)
        {
            try
            {
                extracted.ReadToEnd();
            }
            catch (FixtureException damage)
            {
                _errors.ForgetAfter(errorsBefore);
                _errors.Add(damage);
            }
        }
    }
}

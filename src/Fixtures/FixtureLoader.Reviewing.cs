using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    /// <summary>A load that is a check: every row is written by itself and looked at, nothing ends it, and nothing is kept.</summary>
    private sealed partial class LoadRun
    {
        private const int MostReviewed = 1000;

        // Each reads files again.
        private const int MostTraced = 100;

        private readonly RecordReview? _review = isCheck ? new RecordReview(target.Database) : null;
        private int _traced;
        private int _recordsRead;

        public LoadErrors Errors => _errors;

        public RecordReview Findings => _review!;

        public IEnumerable<FixtureFile> Files => _files.Select(file => file.File);

        public int Objects => _recordsRead;

        /// <summary>Checks labels as one load. The database is as it was afterwards.</summary>
        public void Check(IReadOnlyList<string> labels)
        {
            _steps = Resolve(labels);
            using LoadTransaction transaction = BeginTransaction();
            Review(() =>
            {
                var foreignKeys = new ForeignKeyCheck(target.Database, transaction, MostReviewed);
                LoadSteps(target.Database, transaction, _steps);
                CheckForeignKeys(foreignKeys);
            });
            TraceNames();
        }

        /// <summary>Writes the rows of a label, but for those that are refused. They stay for as long as the transaction.</summary>
        public void Provide(string label, LoadTransaction transaction)
        {
            _steps = Resolve([label]);
            Review(() => LoadSteps(target.Database, transaction, _steps));
        }

        /// <summary>Checks a label among rows that are there already, and may break foreign keys by themselves.</summary>
        /// <returns>All foreign keys that are broken then. Those of the label's own records are among its errors.</returns>
        public IReadOnlyList<BrokenForeignKey> CheckAmong(string label)
        {
            IReadOnlyList<BrokenForeignKey> broken = [];
            _steps = Resolve([label]);
            using LoadTransaction transaction = BeginTransaction();
            Review(() =>
            {
                LoadSteps(target.Database, transaction, _steps);
                broken = ForeignKeyCheck.Find(target.Database);
                AddBroken(broken, Trace(broken), isOurs: error => error.File is not null);
            });
            return broken;
        }

        private void Review(Action check)
        {
            try
            {
                check();
            }
            catch (FixtureException exception) when (exception.Stage == FixtureStage.Constraint)
            {
                // A reference that has waited to the end breaks a constraint: there is no record to go on behind.
                _errors.Add(exception);
            }
            catch (SqliteException exception)
            {
                throw SqliteErrors.At(exception, new FixtureError(""), "The fixtures cannot be checked");
            }
            finally
            {
                Findings.Dispose();
            }
        }

        private void CheckForeignKeys(ForeignKeyCheck foreignKeys)
        {
            IReadOnlyList<BrokenForeignKey> found = [];
            FixtureError[] errors = [];
            try
            {
                foreignKeys.Check(broken => errors = Trace(found = broken));
            }
            catch (FixtureException exception) when (exception.Stage == FixtureStage.Constraint)
            {
                if (errors.Length == 0)
                    _errors.Add(exception);
                AddBroken(found, errors, isOurs: _ => true);
                _errors.CountMore(exception.ErrorCount - Math.Max(errors.Length, 1));
            }
        }

        private void AddBroken(IReadOnlyList<BrokenForeignKey> broken, FixtureError[] errors, Predicate<FixtureError> isOurs)
        {
            Schema schema = SchemaOfRecords.Schema;
            for (int i = 0; i < errors.Length; i++)
            {
                if (isOurs(errors[i]) && !(schema.Find(broken[i].ReferencedTable) is { } table && _errors.IsMissing(table, broken[i].Value)))
                    _errors.Add(errors[i], broken[i]);
            }
        }

        /// <summary>Opens a fixture. One that cannot be opened, such as a link that leads nowhere, ends a load, and no check.</summary>
        /// <param name="file">The fixture.</param>
        /// <param name="extracted">Null for standard input.</param>
        /// <returns>False if it cannot be opened.</returns>
        private bool TryOpen(FixtureFile file, out ExtractedStream? extracted)
        {
            extracted = null;
            if (file.Path == StandardInput)
                return true;
            try
            {
                extracted = FixtureExtractor.Open(file, _options.MaxUnpackedBytes);
                return true;
            }
            catch (FixtureException exception) when (isCheck)
            {
                _errors.Add(exception);
                return false;
            }
        }

        private void LookAt(Record record)
        {
            _recordsRead++;
            _review!.Look(record);
        }

        /// <summary>Looks at a record that was saved. Its row is written now: the next one may have to be told from it.</summary>
        private void LookAt(Row row, RecordSaver saver)
        {
            saver.Flush();
            _review!.Look(_record, row);
        }

        /// <summary>A row that SQLite does not take ends a load, and no check.</summary>
        /// <returns>False: it is a load.</returns>
        private bool TryAdd(FixtureException exception, Table? table)
        {
            if (_review is null || table is null || exception.Stage != FixtureStage.Constraint)
                return false;
            _errors.Add(exception is RefusedRowException { IsPlaced: false } refusal && _traced++ < MostTraced ? Trace(refusal) : exception, table);
            return true;
        }
    }
}

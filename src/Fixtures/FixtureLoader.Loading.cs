using System.Diagnostics;
using Fixtures.Discovery;
using Fixtures.Extraction;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private const string StandardInput = "-";

    /// <summary>What one part of a load does: reads a file, or runs code.</summary>
    private sealed record LoadStep(string Label, FixtureFile? File, Action<SqliteConnection>? Code);

    /// <summary>One call: from labels to rows, all or nothing.</summary>
    private sealed partial class LoadRun(FixtureLoader loader, LoadTarget target, CancellationToken cancellationToken, bool isCheck = false)
    {
        // Often enough for a person and a cancellation, too seldom to cost anything.
        private const int RecordsBetweenLooks = 1024;

        private readonly FixtureOptions _options = loader.Options;
        private readonly Record _record = new() { Members = isCheck ? [] : null };
        private readonly List<FileReport> _files = [];
        private readonly List<string> _warnings = [];
        private int _objects;
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _objectsInFixtures;
        private List<LoadStep> _steps = [];

        // That the last records were loaded by. A load that makes or drops indexes changes the database's, and not what it knows of the tables.
        private SchemaMap? _schema;

        // All that were read but standard input and pipes.
        private readonly HashSet<FixtureFile> _readableAgain = [];

        public LoadReport Load(IReadOnlyList<string> labels) => Run(Resolve(labels), isFlush: false);

        private LoadReport Run(List<LoadStep> steps, bool isFlush)
        {
            _steps = steps;
            sqlite3 database = target.Database;
            long rowsDeleted = 0;
            using (LoadTransaction transaction = BeginTransaction())
            {
                try
                {
                    var foreignKeys = new ForeignKeyCheck(database, transaction, MostKept);
                    if (isFlush)
                        rowsDeleted = new DatabaseFlush(database, ThrowIfCancelled).Run();
                    if (steps.Count > 0)
                    {
                        CheckExclusions(loader._schemas.Get(database, isCommitted: !transaction.IsJoined));
                        LoadSteps(database, transaction, steps);
                    }
                    if (!_errors.Any)
                    {
                        foreignKeys.Check(Trace);
                        transaction.Commit();
                    }
                }
                catch (SqliteException exception)
                {
                    throw RolledBack(transaction, SqliteErrors.At(exception, new FixtureError("")));
                }
                catch (FixtureException exception)
                {
                    FixtureException traced = exception is RefusedRowException refusal ? Trace(refusal) : exception;
                    bool isOfFixtures = exception.Stage is FixtureStage.Decode or FixtureStage.Map or FixtureStage.Constraint;
                    throw RolledBack(transaction, _errors.Any && isOfFixtures ? _errors.ToException(traced) : traced);
                }
                if (_errors.Any)
                {
                    TraceNames();
                    throw RolledBack(transaction, _errors.ToException());
                }
            }
            return new LoadReport
            {
                Objects = _objects,
                ObjectsInFixtures = _objectsInFixtures,
                RowsDeleted = rowsDeleted,
                Files = _files,
                Warnings = _warnings,
                Elapsed = Stopwatch.GetElapsedTime(_started),
            };
        }

        private List<LoadStep> Resolve(IReadOnlyList<string> labels)
        {
            if (labels.Count == 0)
                throw new FixtureException(FixtureStage.Resolve, new FixtureError("No fixture label was given. Name at least one, such as 'testdata'."));

            List<LoadStep> steps = [];
            DirectoryLook look = DirectoryLook.For(labels.Count);
            foreach (string label in labels)
            {
                if (label == StandardInput)
                {
                    steps.Add(new LoadStep(label, InputFile(), null));
                    continue;
                }
                steps.AddRange(Steps(label, loader.Current.Resolver.Find(label, ref look)));
            }
            return steps;
        }

        private IEnumerable<LoadStep> Steps(string label, IReadOnlyList<FixtureFile> files)
        {
            foreach (FixtureFile file in files)
                yield return new LoadStep(label, file, null);
            if (_options.FindCode(label) is { } code)
            {
                yield return target.HasConnection
                    ? new LoadStep(label, null, code)
                    : throw new FixtureException(FixtureStage.Resolve, new FixtureError($"The label '{label}' names code, which is given a SqliteConnection: load it into one."));
            }
        }

        private FixtureFile InputFile()
        {
            if (_options.Input is null)
                throw new FixtureException(FixtureStage.Resolve, new FixtureError("The label '-' reads FixtureOptions.Input, which is not set."));
            if (_options.InputFormat is not { } format)
                throw new FixtureException(FixtureStage.Resolve, new FixtureError($"The format must be specified when reading from standard input (--format, FixtureOptions.InputFormat): one of {string.Join(", ", FixtureFile.Formats)}.") { File = StandardInput });
            if (!FixtureFile.Formats.Contains(format))
            {
                string? nearest = NearestName.Among(format, FixtureFile.Formats);
                throw new FixtureException(
                    FixtureStage.Resolve,
                    new FixtureError($"'{format}' is not a known serialization format. {(nearest is null ? "" : $"Did you mean '{nearest}'? ")}The formats are {string.Join(", ", FixtureFile.Formats)}.") { File = StandardInput });
            }
            return new FixtureFile(StandardInput, StandardInput, format, null);
        }

        /// <exception cref="FixtureException">The database is locked (stage Database), or it was waited for and the call cancelled.</exception>
        public LoadTransaction BeginTransaction()
        {
            try
            {
                return new LoadTransaction(target, ThrowIfCancelled);
            }
            catch (SqliteException exception)
            {
                throw SqliteErrors.At(exception, new FixtureError(""));
            }
        }

        private FixtureException RolledBack(LoadTransaction transaction, FixtureException exception)
        {
            bool lost = !transaction.IsActive;
            transaction.Rollback();
            if (!lost || !transaction.IsJoined || _isEndedByCode)
                return exception;
            FixtureError[] errors = [.. exception.Errors];
            errors[0] = errors[0] with { Message = errors[0].Message + " SQLite rolled back the whole transaction that the load had joined." };
            return new FixtureException(exception.Stage, errors, exception.ErrorCount, exception);
        }

        private void LoadSteps(sqlite3 database, LoadTransaction transaction, List<LoadStep> steps)
        {
            RecordSaver saver = CreateSaver(database, isSchemaCommitted: !transaction.IsJoined);
            try
            {
                for (int i = 0; i < steps.Count; i++)
                {
                    ThrowIfCancelled();
                    if (steps[i].File is { } file)
                    {
                        LoadFile(saver, file, i + 1, steps.Count);
                        continue;
                    }

                    // Code may do anything to the database, also to its schema, and is not made for one that lacks records.
                    saver.Complete(_errors);
                    if (_errors.Any)
                        return;
                    saver.Dispose();
                    RunCode(transaction, steps[i].Label, steps[i].Code!);
                    saver = CreateSaver(database, isSchemaCommitted: false);
                    _excluded.Clear();
                }
                saver.Complete(_errors);
            }
            finally
            {
                saver.Dispose();
                _record.GiveBack();
            }
        }

        private RecordSaver CreateSaver(sqlite3 database, bool isSchemaCommitted)
        {
            _schema = loader._schemas.Get(database, isSchemaCommitted);
            return new RecordSaver(database, _schema, _options, ThrowIfCancelled);
        }

        private void LoadFile(RecordSaver saver, FixtureFile file, int number, int count)
        {
            long started = Stopwatch.GetTimestamp();
            int objectsBefore = _objects;
            int objectsInFixturesBefore = _objectsInFixtures;
            if (!TryOpen(file, out ExtractedStream? extracted))
                return;

            Action look = () => Look(file, number, count, extracted);
            int errorsBefore = _errors.Count;
            bool isReadOnce = extracted?.FileByteCount is null;
            if (!isReadOnce)
                _readableAgain.Add(file);
            saver.BeginFixture(() => EstimateRecordsLeft(extracted, _objects - objectsBefore), isReadOnce);
            using (FixtureReader reader = FixtureFormat.Open(file.Format, extracted ?? (Stream)new KeptOpenStream(_options.Input!, file.Path), file.Path))
            {
                try
                {
                    SaveRecords(reader, saver, look, mayReadAhead: !isCheck && !isReadOnce && Environment.ProcessorCount > 1);
                }
                catch (FixtureException exception) when (exception.Stage == FixtureStage.Decode)
                {
                    Add(exception, saver);
                }
                catch (OutOfMemoryException exception)
                {
                    throw new FixtureException(FixtureStage.Decode, new FixtureError("A value of this fixture is too large for the memory that there is.") { File = file.Path }, exception);
                }
                saver.Flush();
                if (_errors.Count > errorsBefore && file.Compression is not null)
                    CheckDamage(extracted!, errorsBefore);
                look();
            }

            int objectsInFixture = _objectsInFixtures - objectsInFixturesBefore;
            if (objectsInFixture == 0 && _errors.Count == errorsBefore)
            {
                string warning = $"No fixture data found for '{file.Name}'. (The file may be empty.)";
                _warnings.Add(warning);
                _review?.Add(CheckRule.Empty, new FixtureError(warning) { File = file.Path });
            }
            _files.Add(new FileReport(file, _objects - objectsBefore, objectsInFixture, Stopwatch.GetElapsedTime(started)));
        }

        private void SaveRecords(FixtureReader reader, RecordSaver saver, Action look, bool mayReadAhead)
        {
            _selfContained = 0;
            for (int malformed = 1; ; malformed++)
            {
                try
                {
                    while (reader.Read(_record))
                    {
                        Save(saver);
                        if (_record.Number % RecordsBetweenLooks == 0)
                            look();
                        while (mayReadAhead && _selfContained >= RecordsBeforeReadingAhead && ReadAhead(reader, saver, look, ref mayReadAhead))
                            Save(saver);
                    }
                    return;
                }
                catch (RecordException exception)
                {
                    Add(exception, saver);
                    if (malformed == MostMalformed)
                        throw new FixtureException(FixtureStage.Decode, new FixtureError($"{malformed} records of this fixture are malformed. What follows was not looked at.") { File = reader.Path });
                }
            }
        }

        private void Save(RecordSaver saver)
        {
            ModelMap? model = null;
            try
            {
                _selfContained = saver.Mapper.NeedsDatabase(_record) ? 0 : _selfContained + 1;
                if (_review is not null)
                    LookAt(_record);
                model = saver.Mapper.FindModel(_record);
                if (model is null || Map(saver.Mapper, model) is not { } row)
                    return;
                saver.Save(_record, row);
                if (_review is not null)
                    LookAt(row, saver);
                _objects++;
            }
            catch (MappingError error)
            {
                Add(error, model, saver);
            }
            catch (SqliteException exception)
            {
                FixtureException refusal = SqliteErrors.At(exception, RecordText.Error(_record, -1, null, ""));
                if (!TryAdd(refusal, model?.Table))
                    throw refusal;
            }
            catch (FixtureException exception)
            {
                if (!TryAdd(exception, model?.Table))
                    throw;
            }
        }

        /// <returns>The record's row; null if it is not to be saved.</returns>
        private Row? Map(RecordMapper mapper, ModelMap model)
        {
            Row row = mapper.Map(_record, model);
            _objectsInFixtures++;
            return _options.Exclude.Count > 0 && IsExcluded(model) ? null : row;
        }

        // As if those to come were as long as those that came. Of standard input and of pipes nobody knows.
        private static long EstimateRecordsLeft(ExtractedStream? extracted, long records) =>
            extracted is { FileByteCount: { } byteCount, FileBytesRead: > 0 and var bytesRead } ? records * (byteCount - bytesRead) / bytesRead : 0;

        private void Look(FixtureFile file, int number, int count, ExtractedStream? extracted)
        {
            ThrowIfCancelled();
            _options.Progress?.Report(new LoadProgress(file, number, count, _objects, extracted?.FileBytesRead ?? 0, extracted?.FileByteCount));
        }

        private void ThrowIfCancelled()
        {
            if (cancellationToken.IsCancellationRequested)
                throw new FixtureException(FixtureStage.Cancelled, new FixtureError("The call was cancelled; the database is as it was."), new OperationCanceledException(cancellationToken));
        }
    }
}

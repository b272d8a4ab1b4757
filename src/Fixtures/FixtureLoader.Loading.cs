using System.Diagnostics;
using Fixtures.Configuration;
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
    private sealed partial class LoadRun(FixtureLoader loader, SqliteConnection connection, CancellationToken cancellationToken)
    {
        // Often enough for a person and a cancellation, too seldom to cost anything.
        private const int RecordsBetweenLooks = 1024;

        private readonly FixtureOptions _options = loader.Options;
        private readonly Record _record = new();
        private readonly List<FileReport> _files = [];
        private readonly List<string> _warnings = [];
        private int _objects;
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _objectsInFixtures;
        private bool _isEndedByCode;

        public LoadReport Load(IReadOnlyList<string> labels) => Run(Resolve(labels), isFlush: false);

        private LoadReport Run(List<LoadStep> steps, bool isFlush)
        {
            sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection is not open. Call Open() before loading into it.");
            long rowsDeleted = 0;
            using (LoadTransaction transaction = Begin())
            {
                try
                {
                    var foreignKeys = new ForeignKeyCheck(database, transaction);
                    if (isFlush)
                        rowsDeleted = new DatabaseFlush(database, ThrowIfCancelled).Run();
                    if (steps.Count > 0)
                    {
                        CheckExclusions(loader._schemas.Get(connection, isCommitted: !transaction.IsJoined));
                        LoadSteps(database, transaction, steps);
                    }
                    foreignKeys.Check(broken => Trace(broken, steps));
                    transaction.Commit();
                }
                catch (SqliteException exception)
                {
                    throw RolledBack(transaction, SqliteErrors.At(exception, new FixtureError("")));
                }
                catch (FixtureException exception)
                {
                    throw RolledBack(transaction, exception);
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
            if (_options.Code.TryGetValue(label, out Action<SqliteConnection>? code))
                yield return new LoadStep(label, null, code);
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

        private LoadTransaction Begin()
        {
            try
            {
                return new LoadTransaction(connection);
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
            RecordSaver saver = new(database, loader._schemas.Get(connection, isCommitted: !transaction.IsJoined), _options, ThrowIfCancelled);
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

                    // Code may do anything to the database, also to its schema.
                    saver.Complete();
                    saver.Dispose();
                    RunCode(transaction, steps[i].Label, steps[i].Code!);
                    saver = new RecordSaver(database, loader._schemas.Get(connection, isCommitted: false), _options, ThrowIfCancelled);
                    _excluded.Clear();
                }
                saver.Complete();
            }
            finally
            {
                saver.Dispose();
            }
        }

        private void LoadFile(RecordSaver saver, FixtureFile file, int number, int count)
        {
            long started = Stopwatch.GetTimestamp();
            int objectsBefore = _objects;
            int objectsInFixturesBefore = _objectsInFixtures;
            ExtractedStream? extracted = file.Path == StandardInput ? null : FixtureExtractor.Open(file, _options.MaxUnpackedBytes);

            Action look = () => Look(file, number, count, extracted);
            _selfContained = 0;
            saver.BeginFixture(() => EstimateRecordsLeft(extracted, _objects - objectsBefore));
            using (FixtureReader reader = FixtureFormat.Open(file.Format, extracted ?? (Stream)new KeptOpenStream(_options.Input!, file.Path), file.Path))
            {
                try
                {
                    bool mayReadAhead = extracted is not null && Environment.ProcessorCount > 1;
                    while (reader.Read(_record))
                    {
                        Save(saver);
                        if (_record.Number % RecordsBetweenLooks == 0)
                            look();
                        while (mayReadAhead && _selfContained >= RecordsBeforeReadingAhead && ReadAhead(reader, saver, look, ref mayReadAhead))
                            Save(saver);
                    }
                }
                catch (FixtureException exception) when (exception.Stage is FixtureStage.Decode or FixtureStage.Map)
                {
                    // Damage is known for sure at the end of what a checksum covers only; until then it looks like wrong records.
                    if (file.Compression is not null)
                        extracted!.ReadToEnd();
                    // A record before this one, still to be written, may be the first that is wrong.
                    saver.Flush();
                    throw;
                }
                saver.Flush();
                look();
            }

            int objectsInFixture = _objectsInFixtures - objectsInFixturesBefore;
            if (objectsInFixture == 0)
                _warnings.Add($"No fixture data found for '{file.Name}'. (The file may be empty.)");
            _files.Add(new FileReport(file, _objects - objectsBefore, objectsInFixture, Stopwatch.GetElapsedTime(started)));
        }

        private void Save(RecordSaver saver)
        {
            try
            {
                _selfContained = saver.Mapper.NeedsDatabase(_record) ? 0 : _selfContained + 1;
                if (Map(saver.Mapper) is not { } row)
                    return;
                saver.Save(_record, row);
                _objects++;
            }
            catch (MappingError error)
            {
                throw NotMapped(error);
            }
            catch (SqliteException exception)
            {
                throw SqliteErrors.At(exception, RecordText.Error(_record, -1, null, ""));
            }
        }

        /// <returns>The record's row; null if it is passed over.</returns>
        private Row? Map(RecordMapper mapper)
        {
            if (mapper.FindModel(_record) is not { } model)
                return null;
            _objectsInFixtures++;
            Row row = mapper.Map(_record, model);
            return _options.Exclude.Count > 0 && IsExcluded(model) ? null : row;
        }

        // As if those to come were as long as those that came. Of standard input and of pipes nobody knows.
        private static long EstimateRecordsLeft(ExtractedStream? extracted, long records) =>
            extracted is { FileByteCount: { } byteCount, FileBytesRead: > 0 and var bytesRead } ? records * (byteCount - bytesRead) / bytesRead : 0;

        private FixtureException NotMapped(MappingError error) =>
            new(FixtureStage.Map, RecordText.Error(_record, error.Node, error.Field, error.Message), error);

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

        private void RunCode(LoadTransaction transaction, string label, Action<SqliteConnection> code)
        {
            const string MustNotBegin = "must not open or end a transaction: it runs inside the load's own.";
            try
            {
                code(connection);
            }
            catch (Exception exception) when (IsNestedTransaction(exception))
            {
                throw new FixtureException(FixtureStage.Database, new FixtureError($"The code of label '{label}' {MustNotBegin}"), exception);
            }
            catch (SqliteException exception)
            {
                throw new FixtureException(SqliteErrors.StageOf(exception), new FixtureError($"The code of label '{label}' failed: {SqliteErrors.Words(exception)}."), exception);
            }
            if (!transaction.IsActive)
            {
                _isEndedByCode = true;
                throw new FixtureException(FixtureStage.Database, new FixtureError($"The code of label '{label}' {MustNotBegin} What it committed cannot be taken back."));
            }
        }

        /// <summary>SQLite's words, and those of the driver where it began the transaction that the load has joined. Neither has a code of its own.</summary>
        private static bool IsNestedTransaction(Exception exception) => exception switch
        {
            SqliteException => exception.Message.Contains("cannot start a transaction within a transaction", StringComparison.Ordinal),
            InvalidOperationException => exception.Message.Contains("nested transactions", StringComparison.Ordinal),
            _ => false,
        };
    }
}

using System.Diagnostics;
using Fixtures.Discovery;
using Fixtures.Mapping;
using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    /// <summary>
    /// Checks fixtures against the schema and the rows of an open connection's database: everything that a load would be refused for, and what it would take and
    /// hardly was meant so. Nothing is kept: all is written in a transaction, or in a savepoint of the active one, which is rolled back.
    /// </summary>
    /// <param name="connection">Stays open. Its database is locked for writing meanwhile.</param>
    /// <param name="labels">The labels, as one load. None: every fixture of the apps and fixture directories, each label as a load of its own, and what one of
    /// them refers to may be in another.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="FixtureException">The check itself is not possible: no such label, a database that is locked.</exception>
    /// <remarks>Code that a label stands for is run too, and rolled back. What <see cref="FixtureOptions.Exclude"/> names is not looked at beyond its fit to the schema.</remarks>
    public CheckReport Check(SqliteConnection connection, params string[] labels) => Check(connection, labels, CancellationToken.None);

    /// <inheritdoc cref="Check(SqliteConnection, string[])"/>
    /// <param name="connection">Stays open. Its database is locked for writing meanwhile.</param>
    /// <param name="labels">The labels, as one load. None: every fixture of the apps and fixture directories.</param>
    /// <param name="cancellationToken">Looked at between records; a check that is cancelled throws with stage Cancelled.</param>
    public CheckReport Check(SqliteConnection connection, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(labels);
        return new CheckRun(this, LoadTarget.Of(connection), cancellationToken).Check(labels);
    }

    /// <summary>One check, of one load or of all there are.</summary>
    private sealed class CheckRun(FixtureLoader loader, LoadTarget target, CancellationToken cancellationToken)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly List<CheckProblem> _problems = [];
        private readonly List<FixtureFile> _files = [];
        private int _errorCount;
        private int _warningCount;
        private int _objects;

        public CheckReport Check(IReadOnlyList<string> labels)
        {
            if (labels.Count > 0)
            {
                LoadRun run = Begin();
                run.Check(labels);
                AddAll(run);
            }
            else
            {
                CheckAll();
            }
            return new CheckReport
            {
                Problems = [.. _problems.OrderBy(problem => problem.Error.File, StringComparer.Ordinal).ThenBy(problem => problem.Error.Line ?? long.MaxValue).ThenBy(problem => problem.Error.Column)],
                ErrorCount = _errorCount,
                WarningCount = _warningCount,
                Objects = _objects,
                Files = _files,
                Elapsed = Stopwatch.GetElapsedTime(_started),
            };
        }

        private LoadRun Begin() => new(loader, target, cancellationToken, isCheck: true);

        private void CheckAll()
        {
            FixtureCatalog catalog = loader.Current.Resolver.Catalog();
            foreach (string file in catalog.Unreached)
            {
                Add(new CheckProblem(
                    CheckRule.UnreachedFile,
                    new FixtureError($"No label reaches this file: a fixture's name ends in {string.Join(", ", FixtureFile.Formats.Select(format => '.' + format))}, and a compression behind that. Rename it or move it elsewhere.") { File = file }));
            }

            List<(string Label, LoadRun Run)> waiting = [];
            List<string> loadable = [];
            foreach (string label in catalog.Labels)
            {
                if (TryResolve(label))
                    loadable.Add(label);
            }
            foreach (string label in loadable)
            {
                LoadRun run = Begin();
                run.Check([label]);
                if (run.Errors.Problems.Any(problem => problem.IsMissing))
                    waiting.Add((label, run));
                else
                    AddAll(run);
            }
            if (waiting.Count > 0)
                CheckAmongAll(waiting, loadable);
        }

        /// <summary>Two files of one directory that a label matches are not meant to be loaded together; it is told, and neither is read.</summary>
        private bool TryResolve(string label)
        {
            try
            {
                loader.Find(label);
                return true;
            }
            catch (FixtureException exception) when (exception.Stage == FixtureStage.Resolve)
            {
                SearchedDirectory? place = loader.Explain(label).Directories.FirstOrDefault(directory => directory.Matches.Count > 1);
                Add(new CheckProblem(CheckRule.Resolve, exception.Errors[0] with { File = place is null ? null : Path.Join(place.Path, place.Matches[0]) }));
                return false;
            }
        }

        /// <summary>Rows that one fixture lacks may be in another: with all of them loaded, those are looked at again that lack any.</summary>
        private void CheckAmongAll(List<(string Label, LoadRun Run)> waiting, List<string> all)
        {
            using LoadTransaction everything = Begin().BeginTransaction();
            foreach (string label in all)
                Begin().Provide(label, everything);
            foreach ((string label, LoadRun alone) in waiting)
            {
                LoadRun among = Begin();
                HashSet<(string, string, string)> broken = [.. among.CheckAmong(label).Select(Reference)];
                // Beside alternatives to it a label may break constraints that it does not break alone.
                IEnumerable<LoadProblem> found = alone.Errors.Problems.Where(problem => !problem.IsMissing || (problem.Broken is { } key && broken.Contains(Reference(key))));
                Add(among, [.. found.Concat(among.Errors.Problems.Where(problem => problem.IsMissing)).DistinctBy(problem => problem.Error)]);
            }
        }

        /// <summary>A foreign key's value, whichever row has it: what has no pk is another row each time.</summary>
        private static (string Table, string Columns, string Value) Reference(BrokenForeignKey broken) => (broken.Table, broken.Columns, broken.Value);

        private void AddAll(LoadRun run)
        {
            Add(run, run.Errors.Problems);
            _errorCount += run.Errors.Count - run.Errors.Problems.Count;
        }

        private void Add(LoadRun run, IReadOnlyList<LoadProblem> errors)
        {
            _files.AddRange(run.Files);
            _objects += run.Objects;
            foreach (LoadProblem problem in errors)
                _problems.Add(new CheckProblem(RuleOf(problem.Stage), problem.Error));
            _errorCount += errors.Count;
            _problems.AddRange(run.Findings.Warnings);
            _warningCount += run.Findings.Count;
        }

        private void Add(CheckProblem problem)
        {
            _problems.Add(problem);
            if (problem.IsError)
                _errorCount++;
            else
                _warningCount++;
        }

        private static CheckRule RuleOf(FixtureStage stage) => stage switch
        {
            FixtureStage.Resolve => CheckRule.Resolve,
            FixtureStage.Decode => CheckRule.Decode,
            FixtureStage.Map => CheckRule.Map,
            FixtureStage.Constraint => CheckRule.Constraint,
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No record is refused at this stage."),
        };
    }
}

using Fixtures.Saving;
using Microsoft.Data.Sqlite;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    /// <summary>Labels that stand for code: it runs inside the load's transaction.</summary>
    private sealed partial class LoadRun
    {
        private bool _isEndedByCode;

        private void RunCode(LoadTransaction transaction, string label, Action<SqliteConnection> code)
        {
            const string MustNotBegin = "must not open or end a transaction: it runs inside the load's own.";
            try
            {
                code(target.Connection);
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

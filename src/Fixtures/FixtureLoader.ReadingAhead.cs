using System.Runtime.ExceptionServices;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;

namespace Fixtures;

public sealed partial class FixtureLoader
{
    private sealed partial class LoadRun
    {
        // What a thread costs that is started for few records: about as much as reading a hundred of them.
        private const int RecordsBeforeReadingAhead = 500;

        // Batches of few rows are handed over more often than that gains.
        private const int LeastRowsOfBatch = 10;

        // How many records in a row needed nothing of the database but to be written.
        private int _selfContained;

        /// <summary>
        /// Reads and maps records on a second thread, while this one, which owns the connection, writes their rows. Ends where a record needs the database
        /// before its row is known.
        /// </summary>
        /// <param name="reader">The reader; nobody's but the second thread's meanwhile, as are the record and the mapper.</param>
        /// <param name="saver">Writes.</param>
        /// <param name="look">Called now and then.</param>
        /// <param name="pays">Whether it is worth while to do it again.</param>
        /// <returns>Whether there is a record that is still to be saved; false at the end of the fixture.</returns>
        private bool ReadAhead(FixtureReader reader, RecordSaver saver, Action look, ref bool pays)
        {
            saver.Flush();
            _selfContained = 0;
            using var queue = new BatchQueue(saver.MostParameters);
            bool isEnd = false;
            ExceptionDispatchInfo? failure = null;
            var thread = new Thread(Fill) { IsBackground = true, Name = "fixtures: reading ahead" };
            thread.Start();

            int batches = 0;
            int rows = 0;
            try
            {
                int rowsBeforeLook = RecordsBetweenLooks;
                while (queue.NextToWrite() is { } batch)
                {
                    saver.Save(batch);
                    batches++;
                    rows += batch.Count;
                    _objects += batch.Count;
                    queue.Written();
                    if (rows >= rowsBeforeLook)
                    {
                        look();
                        rowsBeforeLook = rows + RecordsBetweenLooks;
                    }
                }
            }
            finally
            {
                queue.Stop();
                thread.Join();
            }
            // What was read before it is written by now, as if there were one thread.
            failure?.Throw();
            pays = rows >= batches * LeastRowsOfBatch;
            return !isEnd;

            void Fill()
            {
                try
                {
                    isEnd = !FillBatches(reader, saver.Mapper, queue);
                }
                // For the thread that waits for the batches.
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
                finally
                {
                    queue.Complete();
                }
            }
        }

        /// <returns>Whether it ended at a record that is still to be saved, or because no more are wanted; false at the end of the fixture.</returns>
        private bool FillBatches(FixtureReader reader, RecordMapper mapper, BatchQueue queue)
        {
            RowBatch? batch = queue.NextToFill();
            try
            {
                while (batch is not null && reader.Read(_record))
                {
                    if (mapper.NeedsDatabase(_record))
                        return true;
                    if (mapper.FindModel(_record) is not { } model || Map(mapper, model) is not { } row)
                        continue;
                    if (!batch.TryAdd(_record, row))
                    {
                        if (batch.Count > 0)
                        {
                            HandOver(batch);
                            batch = queue.NextToFill();
                        }
                        if (batch?.TryAdd(_record, row) == false)
                        {
                            // Too large for any batch: saved by itself, and counted then.
                            _objectsInFixtures--;
                            return true;
                        }
                    }
                    if (batch?.IsFull == true)
                    {
                        HandOver(batch);
                        batch = queue.NextToFill();
                    }
                }
                return batch is null;
            }
            catch (MappingError)
            {
                // Whoever saves it finds what is wrong with it, after the rows before it have been written.
                return true;
            }
            finally
            {
                if (batch?.Count > 0)
                    HandOver(batch);
            }

            void HandOver(RowBatch filled)
            {
                filled.Detach();
                queue.Filled();
            }
        }
    }
}

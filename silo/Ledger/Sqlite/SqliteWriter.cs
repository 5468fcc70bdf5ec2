using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>
/// The one thread that writes, with the one connection that writes. SQLite's calls block (a commit waits for the disk), so they get a thread
/// of their own instead of the pool's; and as everything that writes comes through here, writers never wait for each other's locks.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // The group commit sends one batch at a time; the rest are snapshots, documents and cleared wake-ups.
    private const int QueueLimit = 1_000;

    private readonly BlockingCollection<Action> work = new(QueueLimit);
    private readonly SqliteFile file;
    private readonly Thread thread;
    private SqliteConnection? connection;
    private SqliteCommits? commits;

    public SqliteWriter(SqliteFile file)
    {
        this.file = file;
        thread = new Thread(Work) { Name = "Ledger writer", IsBackground = true };
        thread.Start();
    }

    /// <summary>Runs work with the connection and its prepared statements.</summary>
    public Task<T> Run<T>(Func<SqliteCommits, T> action)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = work.TryAdd(() =>
        {
            try
            {
                answer.SetResult(action(commits ??= new SqliteCommits(connection ??= file.OpenWriter())));
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
            // After a failed commit or a full disk the connection's state is not worth guessing: the next work gets a new one.
            if (commits is { Broken: true }) Close();
        });
        if (!queued) throw new LedgerUnavailableException("Too many changes wait for the ledger's file.");
        return answer.Task;
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Work()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
        Close();
    }

    private void Close()
    {
        commits?.Dispose();
        connection?.Dispose();
        (commits, connection) = (null, null);
    }
}

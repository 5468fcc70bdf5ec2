using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>One store of some backend, and ledgers on it.</summary>
public abstract class LedgerHarness : IAsyncLifetime
{
    private readonly List<DurableLedger> opened = [];

    private protected LedgerOptions Options { get; private set; } = null!;
    private protected DueSignal Signal { get; } = new();

    private protected virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>Whether several ledgers may be open on one store, as in several processes.</summary>
    protected abstract bool IsShared { get; }

    private protected abstract Task<LedgerOptions> NewStore();

    /// <summary>Changes the database behind the ledger's back.</summary>
    private protected abstract Task<int> Execute(string sql);

    public virtual async ValueTask InitializeAsync() => Options = await NewStore();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var ledger in opened) await ledger.DisposeAsync();
        Signal.Dispose();
    }

    private protected async Task<DurableLedger> Open() => (await OpenGated()).Ledger;

    private protected async Task<(DurableLedger Ledger, GatedBackend Gate)> OpenGated(int writers = 1)
    {
        var gate = new GatedBackend(DurableLedger.Backend(Options, NullLogger.Instance)) { Writers = writers };
        var ledger = new DurableLedger(gate, Options, Signal, Clock, NullLogger.Instance);
        opened.Add(ledger);
        await ledger.Open();
        return (ledger, gate);
    }

    /// <summary>Ledgers as different processes would have them, where the backend allows several.</summary>
    private protected async Task<DurableLedger[]> OpenProcesses(int count)
    {
        if (IsShared) return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Open()));
        var only = await Open();
        return [.. Enumerable.Repeat(only, count)];
    }

    /// <summary>Has commits wait together, so that they are offered to one batch.</summary>
    private protected static Task<CommitResult[]> Together(DurableLedger ledger, GatedBackend gate, params Commit[] commits) =>
        Together(ledger, gate, () => [.. commits.Select(ledger.Append)]);

    /// <summary>Has what <paramref name="offer"/> appends wait together.</summary>
    private protected static async Task<CommitResult[]> Together(DurableLedger ledger, GatedBackend gate, Func<Task<CommitResult>[]> offer)
    {
        gate.Hold();
        var plug = ledger.Append(Sample.Plain($"plug/{Guid.NewGuid()}"));
        await gate.Entered;
        var waiting = offer();
        gate.Release();
        Assert.IsType<CommitResult.Appended>(await plug);
        return await Task.WhenAll(waiting);
    }

    private protected static async Task Appended(ILedger ledger, params Commit[] commits)
    {
        foreach (var commit in commits) Assert.IsType<CommitResult.Appended>(await ledger.Append(commit));
    }
}

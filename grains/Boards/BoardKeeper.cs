using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Territories;

namespace SnpLive.Grains.Boards;

/// <summary>
/// What the board grain does, apart from being a grain. What takes time (asking agendas, reading the ledger) runs beside the grain's turns, on
/// the grain's own scheduler: a slow ledger or agenda never delays a change on its way to the screens. Such work catches everything and is started
/// once at a time.
/// </summary>
internal sealed partial class BoardKeeper(
    string territoryId, ILedger ledger, IGrainFactory grains, BoardOptions options, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>A web node that watches.</summary>
    private sealed record Lease(IBoardObserver Observer, long Renewed);

    private readonly Dictionary<string, Lease> leases = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> heardWhileLoading = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim asking = new(options.AskedAtOnce);
    private BoardPicture picture = new([]);
    private string epoch = NewEpoch();
    private long seq;
    private Task? loading;
    private bool loaded, loadAgain, converging;
    private long rangeRead, turnsRead;
    private Task<ImmutableArray<AgendaTurn>>? turns;

    /// <summary>The first load; a failure is left to the next watcher or comparison.</summary>
    public async Task Start()
    {
        try { await Load(); }
        catch (Exception e) { LogLoadFailed(log, e, territoryId); }
    }

    /// <inheritdoc cref="IBoardGrain.AgendaChanged"/>
    public void AgendaChanged(AgendaChange change)
    {
        if (loading is not null) heardWhileLoading[change.AgendaId] = Math.Max(change.Version, heardWhileLoading.GetValueOrDefault(change.AgendaId));
        Publish(picture.Apply(change, Range()));
        if (picture.IsBehind(change.AgendaId)) _ = Ask(change.AgendaId);
    }

    /// <inheritdoc cref="IBoardGrain.RequestChanged"/>
    public void RequestChanged(RequestNews news) => TellAll(observer => observer.RequestChanged(news));

    /// <inheritdoc cref="IBoardGrain.Watch"/>
    public async Task<BoardSnapshot?> Watch(string nodeId, IBoardObserver observer, string? epoch, long seq)
    {
        leases[nodeId] = new(observer, Stopwatch.GetTimestamp());
        if (!loaded) await Load();
        return epoch == this.epoch && seq == this.seq ? null : new(territoryId, this.epoch, this.seq, time.GetUtcNow(), picture.Slots);
    }

    /// <inheritdoc cref="IBoardGrain.Turns"/>
    public async Task<ImmutableArray<AgendaTurn>> Turns()
    {
        if (!loaded) await Load();
        if (turns is null or { IsFaulted: true }) turns = ReadTurns(picture.AgendaIds);
        return await turns; // later readings replace it beside the turns: only the first is waited for
    }

    /// <inheritdoc cref="IBoardGrain.Unwatch"/>
    public void Unwatch(string nodeId) => leases.Remove(nodeId);

    /// <inheritdoc/>
    public void Dispose() => asking.Dispose();

    /// <inheritdoc cref="IBoardGrain.TerritoryChanged"/>
    public async Task TerritoryChanged()
    {
        try
        {
            loadAgain = true; // what is being read may be older than this call
            while (loadAgain) await Load();
        }
        catch (Exception e) { LogLoadFailed(log, e, territoryId); } // again at the next comparison; meanwhile the picture serves on
    }

    private async Task Load()
    {
        if (loading is { } underWay) await underWay;
        else
        {
            loading = LoadOnce();
            try { await loading; }
            finally
            {
                loading = null;
                heardWhileLoading.Clear();
            }
        }
    }

    private async Task LoadOnce()
    {
        await Task.Yield(); // so that 'loading' is set whatever follows
        loadAgain = false;
        try { await LoadAll(); }
        catch
        {
            loadAgain = true;
            throw;
        }
    }

    /// <summary>A cold start: the territory's agendas, one range query, and the exact pictures of agendas with recent holds. Then a new epoch.</summary>
    private async Task LoadAll()
    {
        var territory = await grains.GetGrain<ITerritoryGrain>(territoryId).Get();
        var fresh = new BoardPicture(territory?.Agendas.Select(a => a.Id) ?? []);
        var range = Range();
        await ReadRange(fresh, range);
        var exact = await Task.WhenAll(fresh.Behind.Select(id => Look(id, range)));
        foreach (var one in exact)
            if (one is not null) fresh.Replace(one, range);
        fresh.Inherit(picture, range);
        foreach (var (id, version) in heardWhileLoading) fresh.Hear(id, version);
        var first = !loaded;
        (picture, loaded, epoch, seq) = (fresh, true, NewEpoch(), 0);
        turns = null;
        if (!first) Tell(new(territoryId, epoch, seq, time.GetUtcNow(), [], [])); // nodes see the new epoch and ask
        AskBehind();
    }

    private async Task<PictureChange> ReadRange(BoardPicture into, BoardRange range)
    {
        rangeRead = Stopwatch.GetTimestamp();
        if (into.AgendaIds.IsEmpty) return PictureChange.None;
        var read = await ledger.ReadBoard(into.AgendaIds, range.From, range.To, time.GetUtcNow() - options.HoldMemory);
        var slots = read.Slots.ToLookup(s => s.Slot.AgendaId, ToPicture, StringComparer.Ordinal);
        var held = read.RecentlyHeld.ToHashSet(StringComparer.Ordinal);
        var changed = ImmutableArray.CreateBuilder<SlotPicture>();
        for (var i = 0; i < into.AgendaIds.Length; i++)
        {
            var id = into.AgendaIds[i];
            changed.AddRange(into.Merge(id, read.Versions[i], slots[id], held.Contains(id), range).Slots);
        }
        return new(changed.DrainToImmutable(), []);
    }

    /// <summary>Every few seconds: what got lost is noticed and healed, what ended leaves.</summary>
    public async Task Converge()
    {
        if (converging) return;
        converging = true;
        try
        {
            foreach (var (node, lease) in leases)
                if (Stopwatch.GetElapsedTime(lease.Renewed) > options.Lease) leases.Remove(node);
            if (!loaded || loadAgain) await Load();
            var current = picture;
            var range = Range();
            Publish(current.Trim(range));
            if (Stopwatch.GetElapsedTime(rangeRead) > options.RangeRefresh)
            {
                var entered = await ReadRange(current, range);
                if (ReferenceEquals(current, picture)) Publish(entered);
            }
            else
            {
                var versions = await ledger.ReadVersions([.. current.AgendaIds.Select(AgendaIds.Stream)]);
                for (var i = 0; i < versions.Length; i++) picture.Hear(current.AgendaIds[i], versions[i]);
            }
            AskBehind();
            if (turns is { IsCompleted: true } && Stopwatch.GetElapsedTime(turnsRead) > options.TurnRefresh)
                turns = Task.FromResult(await ReadTurns(picture.AgendaIds));
        }
        catch (Exception e) { LogConvergeFailed(log, e, territoryId); }
        finally { converging = false; }
    }

    private async Task<ImmutableArray<AgendaTurn>> ReadTurns(ImmutableArray<string> agendaIds)
    {
        turnsRead = Stopwatch.GetTimestamp();
        if (agendaIds.IsEmpty) return [];
        var now = time.GetUtcNow();
        var read = await ledger.ReadBoard(agendaIds, now - FairShare.Memory, now, now);
        return FairShare.Turns(agendaIds, read.Slots.Select(ToPicture));
    }

    private void AskBehind()
    {
        foreach (var id in picture.Behind) _ = Ask(id);
    }

    /// <summary>Asks an agenda for its exact picture until it knows what was heard of it.</summary>
    private async Task Ask(string agendaId)
    {
        if (!asked.Add(agendaId)) return;
        try
        {
            for (var turn = 0; turn < options.AskedInARow && picture.IsBehind(agendaId); turn++)
            {
                var range = Range();
                if (await Look(agendaId, range) is not { } exact) return;
                Publish(picture.Replace(exact, range));
            }
        }
        finally { asked.Remove(agendaId); }
    }

    private async Task<AgendaPicture?> Look(string agendaId, BoardRange range)
    {
        await asking.WaitAsync();
        try { return await grains.GetGrain<IAgendaGrain>(agendaId).Look(range.From, range.To); }
        catch (Exception e)
        {
            LogLookFailed(log, e, territoryId, agendaId); // it stays behind, and is asked again at the next comparison
            return null;
        }
        finally { asking.Release(); }
    }

    private void Publish(PictureChange change)
    {
        if (change.IsEmpty) return;
        Tell(new(territoryId, epoch, ++seq, time.GetUtcNow(), change.Slots, change.Removed));
    }

    /// <summary>Started together, never awaited: a slow or dead node delays nobody.</summary>
    private void Tell(BoardFrame frame) => TellAll(observer => observer.Changed(frame));

    private void TellAll(Func<IBoardObserver, Task> tell)
    {
        foreach (var (node, lease) in leases)
            if (Stopwatch.GetElapsedTime(lease.Renewed) <= options.Lease) _ = Send(node, lease.Observer, tell);
    }

    private async Task Send(string node, IBoardObserver observer, Func<IBoardObserver, Task> tell)
    {
        try { await tell(observer); }
        catch (Exception e) { LogSendFailed(log, e, territoryId, node); }
    }

    private BoardRange Range()
    {
        var now = time.GetUtcNow();
        return new(now - options.KeepAfterEnd, now + options.Horizon);
    }

    private static SlotPicture ToPicture(BoardSlotRow row) =>
        new(JsonSerializer.Deserialize<SlotFacts>(row.Slot.Facts, SnpJson.Options)!, row.Taken, row.Slot.Withdrawn, []);

    private static string NewEpoch() => Guid.NewGuid().ToString("N");

    [LoggerMessage(1, LogLevel.Warning, "Board {Territory} could not be loaded; it will try again.")]
    private static partial void LogLoadFailed(ILogger log, Exception error, string territory);

    [LoggerMessage(2, LogLevel.Warning, "Board {Territory} could not be compared with the ledger; it serves what it knows and will try again.")]
    private static partial void LogConvergeFailed(ILogger log, Exception error, string territory);

    [LoggerMessage(3, LogLevel.Warning, "Board {Territory} could not ask agenda {Agenda}; it will try again.")]
    private static partial void LogLookFailed(ILogger log, Exception error, string territory, string agenda);

    [LoggerMessage(4, LogLevel.Warning, "Board {Territory} could not tell web node {Node}.")]
    private static partial void LogSendFailed(ILogger log, Exception error, string territory, string node);
}

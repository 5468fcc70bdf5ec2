using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <inheritdoc cref="IDispatchCentreGrain"/>
public sealed partial class DispatchCentreGrain(
    ILedger ledger, CentreOptions options, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<DispatchCentreGrain> log) : Grain, IDispatchCentreGrain
{
    private static readonly TimeSpan LoseTimeLimit = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (ICentreObserver Observer, long Renewed)> nodes = new(StringComparer.Ordinal);
    private readonly string epoch = Guid.NewGuid().ToString("N");
    private readonly HashSet<string> losing = new(StringComparer.Ordinal);
    private CentrePicture picture = null!;
    private long seq, compared;
    private bool loaded, comparing;

    private string Id => this.GetPrimaryKeyString();

    private DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        picture = new(options);
        this.RegisterGrainTimer(Converge, new GrainTimerCreationOptions(options.Convergence, options.Convergence));
        this.RegisterGrainTimer(LookAround, new GrainTimerCreationOptions(options.Look, options.Look));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CallChanged(CallPicture call)
    {
        Take([call]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string?> PickNext(Actor actor, string? level)
    {
        await Loaded();
        picture.Seen(CallPerson.Of(actor), Now);
        if (picture.Pick(actor, level, Now) is { } first) return first;
        // A call's word may be late or lost: “nobody waits” is said only after a look at the ledger, one for all who ask within a moment.
        if (Stopwatch.GetElapsedTime(compared) < options.EmptyLook) return null;
        await Compare();
        return picture.Pick(actor, level, Now);
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> SetDuty(Actor actor, bool onDuty, string? level)
    {
        if (picture.SetDuty(CallPerson.Of(actor), onDuty, level, Now)) Publish([], []);
        return Task.FromResult(Now + options.Lease);
    }

    /// <inheritdoc/>
    public Task Seen(CallPerson person)
    {
        picture.Seen(person, Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CentreSnapshot?> Watch(string nodeId, ICentreObserver observer, string? epoch, long seq, ImmutableArray<CallPerson> present)
    {
        await Loaded();
        nodes[nodeId] = (observer, Stopwatch.GetTimestamp());
        foreach (var person in present) picture.Seen(person, Now);
        return epoch == this.epoch && seq == this.seq ? null : Snapshot();
    }

    /// <inheritdoc/>
    public async Task<CentreSnapshot> Look()
    {
        await Loaded();
        return Snapshot();
    }

    /// <inheritdoc/>
    public Task Unwatch(string nodeId)
    {
        nodes.Remove(nodeId);
        return Task.CompletedTask;
    }

    private CentreSnapshot Snapshot() => new(Id, epoch, seq, Now, [.. picture.Calls.Values], picture.Duty);

    /// <summary>The queue is only proposed from once all of it is known. Throws <see cref="LedgerUnavailableException"/>.</summary>
    private async Task Loaded()
    {
        if (loaded) return;
        await Compare();
        loaded = true;
    }

    /// <summary>Makes the picture what the ledger says: calls never heard of, changes never heard of, calls that left the lists.</summary>
    private async Task Compare()
    {
        var now = Now;
        compared = Stopwatch.GetTimestamp();
        var listed = (await ledger.ReadClaims(CallStreams.Listing(Id), now)).Select(c => c.Key).ToImmutableArray();
        var alive = listed.Where(id => !picture.Calls.TryGetValue(id, out var known) || known.Status != CallStatus.Closed || known.ClosedAt > now - options.NodeLease).ToImmutableArray();
        var versions = await ledger.ReadVersions([.. alive.Select(CallStreams.Stream)]);
        var behind = alive.Where((id, i) => !picture.Calls.TryGetValue(id, out var known) || known.Version < versions[i]).ToArray();
        foreach (var some in behind.Chunk(options.ReadAtOnce)) Take(await Task.WhenAll(some.Select(Read)));
        var there = listed.ToHashSet(StringComparer.Ordinal);
        // What came in while we read is not in the list that we read.
        var gone = picture.Calls.Values.Where(c => !there.Contains(c.CallId) && c.ClosedAt is not null && c.ClosedAt <= now - Call.ListedFor).Select(c => c.CallId).ToImmutableArray();
        foreach (var id in gone) picture.Remove(id);
        if (!gone.IsEmpty) Publish([], gone);
    }

    private async Task<CallPicture> Read(string callId)
    {
        var state = CallFold.Load(await ledger.Read(CallStreams.Stream(callId)));
        return CallPicture.Of(state.Call ?? throw new InvalidOperationException($"{callId} is listed and unknown."), state.Version);
    }

    private void Take(IReadOnlyList<CallPicture> calls)
    {
        var now = Now;
        var changed = calls.Where(call => picture.Apply(call, now)).ToArray();
        if (changed.Length > 0) Publish([.. changed.Where(c => !c.Archived)], [.. changed.Where(c => c.Archived).Select(c => c.CallId)]);
    }

    private void Publish(ImmutableArray<CallPicture> calls, ImmutableArray<string> removed)
    {
        foreach (var silent in nodes.Where(n => Stopwatch.GetElapsedTime(n.Value.Renewed) > options.NodeLease).Select(n => n.Key).ToArray()) nodes.Remove(silent);
        var frame = new CentreFrame(Id, epoch, ++seq, calls, removed, picture.Duty);
        foreach (var (_, (observer, _)) in nodes) _ = observer.CentreChanged(frame);
    }

    private Task Converge(CancellationToken cancellationToken)
    {
        if (!comparing && loaded) _ = CompareQuietly(); // beside the turns: a slow ledger delays no change
        return Task.CompletedTask;
    }

    private async Task CompareQuietly()
    {
        comparing = true;
        try { await Compare(); }
        catch (Exception e) { LogNotCompared(log, e, Id); } // next time
        finally { comparing = false; }
    }

    private Task LookAround(CancellationToken cancellationToken)
    {
        if (!loaded) return Task.CompletedTask;
        var (lost, dutyChanged) = picture.Expire(Now);
        if (dutyChanged) Publish([], []);
        foreach (var call in lost)
            if (losing.Add(call.CallId)) _ = GiveBack(call);
        return Task.CompletedTask;
    }

    /// <summary>The call decides: it may have been passed on meanwhile.</summary>
    private async Task GiveBack(CallPicture call)
    {
        try
        {
            var holder = call.Holder!;
            await GrainFactory.GetGrain<ICallGrain>(call.CallId).Execute(new LoseHolder(holder.Person.Id, holder.Since)
            {
                RequestId = CallStreams.GuidOf($"{call.CallId}/lost/{holder.Person.Id}/{holder.Since:O}"), Actor = Actor.System, NotAfter = Now + LoseTimeLimit,
            });
        }
        catch (Exception e) { LogNotGivenBack(log, e, Id); } // the next look tries again
        finally { losing.Remove(call.CallId); }
    }

    [LoggerMessage(1, LogLevel.Warning, "Centre {Centre} could not be compared with the ledger.")]
    private static partial void LogNotCompared(ILogger log, Exception e, string centre);

    [LoggerMessage(2, LogLevel.Warning, "Centre {Centre}: a call whose operator vanished could not be given back yet.")]
    private static partial void LogNotGivenBack(ILogger log, Exception e, string centre);
}

using System.Collections.Immutable;
using Orleans.Concurrency;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>Somebody at the desk.</summary>
/// <param name="Person">Who.</param>
/// <param name="OnDuty">Says to take calls.</param>
/// <param name="Level">At which level; null: any of the role.</param>
/// <param name="Until">End of the lease, UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.DutyEntry")]
public sealed record DutyEntry([property: Id(0)] CallPerson Person, [property: Id(1)] bool OnDuty, [property: Id(2)] string? Level, [property: Id(3)] DateTimeOffset Until);

/// <summary>The whole picture of a centre at (epoch, seq).</summary>
/// <param name="CentreId">The SAS.</param>
/// <param name="Epoch">Changes when the centre starts anew.</param>
/// <param name="Seq">Number of the last change in it.</param>
/// <param name="AsOf">UTC.</param>
/// <param name="Calls">Calls that have not left the lists, in no order.</param>
/// <param name="Duty">Who is on duty.</param>
[GenerateSerializer, Immutable, Alias("snp.CentreSnapshot")]
public sealed record CentreSnapshot(
    [property: Id(0)] string CentreId, [property: Id(1)] string Epoch, [property: Id(2)] long Seq, [property: Id(3)] DateTimeOffset AsOf,
    [property: Id(4)] ImmutableArray<CallPicture> Calls, [property: Id(5)] ImmutableArray<DutyEntry> Duty);

/// <summary>One change of the picture; <see cref="Seq"/> follows the one before without a gap.</summary>
/// <param name="CentreId">The SAS.</param>
/// <param name="Epoch">Epoch.</param>
/// <param name="Seq">Number.</param>
/// <param name="Calls">Calls as they are now.</param>
/// <param name="Removed">Calls that left the lists.</param>
/// <param name="Duty">Who is on duty now.</param>
[GenerateSerializer, Immutable, Alias("snp.CentreFrame")]
public sealed record CentreFrame(
    [property: Id(0)] string CentreId, [property: Id(1)] string Epoch, [property: Id(2)] long Seq, [property: Id(3)] ImmutableArray<CallPicture> Calls,
    [property: Id(4)] ImmutableArray<string> Removed, [property: Id(5)] ImmutableArray<DutyEntry> Duty);

/// <summary>A web node that watches centres.</summary>
[Alias("snp.ICentreObserver")]
public interface ICentreObserver : IGrainObserver
{
    /// <summary>A change. May be lost; the node notices by number.</summary>
    [Alias("CentreChanged"), OneWay] Task CentreChanged(CentreFrame frame);
}

/// <summary>
/// The queues of one SAS, who is on duty, and the web nodes that watch; key: the SAS. In memory: what must not be lost is in the calls' own streams, and the
/// ledger lists a centre's calls of the day (<see cref="CallStreams.Listing"/>). It proposes who takes what; the call decides.
/// </summary>
[Alias("snp.IDispatchCentreGrain")]
public interface IDispatchCentreGrain : IGrainWithStringKey
{
    /// <summary>From a call, after its commit; may be lost, the centre compares versions with the ledger.</summary>
    [Alias("CallChanged"), OneWay] Task CallChanged(CallPicture call);

    /// <summary>The first call for somebody by the queue's order, kept for them for a moment; null when nobody waits.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="level">Of this level only; null: of all their role works.</param>
    [Alias("PickNext")] Task<string?> PickNext(Actor actor, string? level);

    /// <summary>Says that somebody is (no longer) on duty; answers with the end of the lease, UTC.</summary>
    [Alias("SetDuty")] Task<DateTimeOffset> SetDuty(Actor actor, bool onDuty, string? level);

    /// <summary>Somebody did something: they are there.</summary>
    [Alias("Seen"), OneWay] Task Seen(CallPerson person);

    /// <summary>Takes or renews a lease of a web node; answers with a snapshot when the node is not at (epoch, seq) of the picture, else null.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="observer">Its observer.</param>
    /// <param name="epoch">What the node knows; null at first.</param>
    /// <param name="seq">What the node knows.</param>
    /// <param name="present">Whose screens are open at the node.</param>
    [Alias("Watch")] Task<CentreSnapshot?> Watch(string nodeId, ICentreObserver observer, string? epoch, long seq, ImmutableArray<CallPerson> present);

    /// <summary>The picture.</summary>
    [Alias("Look")] Task<CentreSnapshot> Look();

    /// <summary>Ends a lease.</summary>
    [Alias("Unwatch")] Task Unwatch(string nodeId);
}

/// <summary>Every bound of a dispatch centre.</summary>
public sealed class CentreOptions
{
    /// <summary>How long somebody counts as there after the last sign of life; then their calls go back to the queue.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call that was proposed to somebody is not proposed to another.</summary>
    public TimeSpan Reservation { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the picture is compared with the ledger.</summary>
    public TimeSpan Convergence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A queue that seems empty is compared at most so often.</summary>
    public TimeSpan EmptyLook { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often leases are looked at.</summary>
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A web node that did not renew for so long is no longer told.</summary>
    public TimeSpan NodeLease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls read at once when a centre starts.</summary>
    public int ReadAtOnce { get; set; } = 16;
}

using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR.Protocol;
using SnpLive.Grains.Calls;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Calls;

/// <summary>A change of one call on screens.</summary>
internal sealed record CallChangeView(string Id, CallRowView? Call, bool? Removed);

/// <summary>What changed on screens; null: not.</summary>
internal sealed record CentreChangeView(IReadOnlyList<CallChangeView>? Calls, IReadOnlyList<DutyView>? Duty, FiguresView? Figures, string? Regime);

/// <summary>All that screens show of a centre.</summary>
internal sealed record CentreAllView(string? Regime, IReadOnlyList<CallRowView> Calls, IReadOnlyList<DutyView> Duty, FiguresView? Figures);

/// <summary>How a centre's calls are shown; the same for REST and hub.</summary>
internal static class CentreFaces
{
    /// <summary>Files in emergency stay in sight for the shift in which they went there.</summary>
    private static readonly TimeSpan EmergencyShown = TimeSpan.FromHours(8);

    internal static bool IsShown(CallPicture call, DateTimeOffset now) => call.Status switch
    {
        CallStatus.Waiting or CallStatus.InHand => true,
        CallStatus.Emergency => !(call.ClosedAt <= now - EmergencyShown),
        _ => false,
    };

    internal static IReadOnlyList<DutyView> Duty(ImmutableArray<DutyEntry> duty, IEnumerable<CallPicture> calls, TerritorySetView territories)
    {
        var held = calls.Where(call => call.Holder is not null).GroupBy(call => call.Holder!.Person.Id).ToDictionary(group => group.Key, group => group.First().CallId);
        return [.. duty.Select(one => new DutyView(
            one.Person.Id, territories.Professional(one.Person.Id)?.Name ?? one.Person.Id, CallCodes.Role(one.Person.Role), one.Level, held.GetValueOrDefault(one.Person.Id), one.Until))];
    }
}

/// <summary>
/// One centre on this node: its calls as last heard, and the numbered view that its screens follow. Everybody of a desk sees the same, so there is one view.
/// A frame is offered to each screen in the order of its number; a screen that could not take some sees the gap and asks again.
/// </summary>
internal sealed class CentreView(string id)
{
    private const string Snapshot = "CentreSnapshot", Frame = "CentreFrame";

    private readonly Lock gate = new();
    private readonly List<LiveConnection> screens = [];
    private Dictionary<string, CallPicture> calls = new(StringComparer.Ordinal);
    private ImmutableArray<DutyEntry> duty = [];
    private CallSettings? settings;
    private TerritorySetView territories = new([]);
    private FiguresView? figures;
    private string? regime, heardEpoch;
    private string epoch = NewEpoch();
    private long heardSeq, seq;

    /// <summary>What was heard last from the centre.</summary>
    internal (string? Epoch, long Seq) At { get { lock (gate) return (heardEpoch, heardSeq); } }

    internal bool Known { get { lock (gate) return heardEpoch is not null; } }

    internal IReadOnlyList<CallPicture> Calls { get { lock (gate) return [.. calls.Values]; } }

    /// <summary>Whose screens are open.</summary>
    internal IReadOnlyList<CallPerson> Present()
    {
        lock (gate)
        {
            Prune();
            return [.. screens.Select(screen => CallPerson.Of(screen.Actor)).DistinctBy(person => person.Id)];
        }
    }

    /// <summary>The whole picture: a new epoch for the screens.</summary>
    internal void Begin(CentreSnapshot snapshot, DateTimeOffset now)
    {
        lock (gate)
        {
            if (heardEpoch == snapshot.Epoch && heardSeq > snapshot.Seq) return; // frames were faster
            (heardEpoch, heardSeq) = (snapshot.Epoch, snapshot.Seq);
            calls = snapshot.Calls.ToDictionary(call => call.CallId, StringComparer.Ordinal);
            duty = snapshot.Duty;
            (epoch, seq) = (NewEpoch(), 0);
            Recount(now);
            Prune();
            foreach (var screen in screens) screen.Offer(SnapshotMessage(now));
        }
    }

    /// <summary>A change; false when one before it is missing.</summary>
    internal bool Apply(CentreFrame frame, DateTimeOffset now)
    {
        lock (gate)
        {
            if (frame.Epoch != heardEpoch || frame.Seq > heardSeq + 1) return false;
            if (frame.Seq <= heardSeq) return true;
            heardSeq = frame.Seq;
            var changes = new List<CallChangeView>(frame.Calls.Length + frame.Removed.Length);
            foreach (var call in frame.Calls)
            {
                var shown = calls.TryGetValue(call.CallId, out var before) && CentreFaces.IsShown(before, now);
                calls[call.CallId] = call;
                if (CentreFaces.IsShown(call, now)) changes.Add(new(call.CallId, CallRowView.Of(call, territories), null));
                else if (shown) changes.Add(new(call.CallId, null, true));
            }
            foreach (var gone in frame.Removed)
                if (calls.Remove(gone, out var before) && CentreFaces.IsShown(before, now)) changes.Add(new(gone, null, true));
            duty = frame.Duty;
            Publish(new(changes.Count > 0 ? changes : null, CentreFaces.Duty(duty, calls.Values, territories), null, null), now);
            return true;
        }
    }

    /// <summary>What time and the territories' documents change by themselves: figures, daytime, names.</summary>
    internal void Describe(CallSettings now, TerritorySetView names, DateTimeOffset at)
    {
        lock (gate)
        {
            (settings, territories) = (now, names);
            var (figuresBefore, regimeBefore) = (figures, regime);
            Recount(at);
            var newFigures = figuresBefore is null || !CentreFigures.Same(figuresBefore, figures!) ? figures : null;
            var newRegime = regime != regimeBefore ? regime : null;
            if (heardEpoch is not null && (newFigures is not null || newRegime is not null)) Publish(new(null, null, newFigures, newRegime), at);
        }
    }

    internal CentreCursor Watch(LiveConnection screen, DateTimeOffset now)
    {
        lock (gate)
        {
            Prune();
            if (!screens.Contains(screen)) screens.Add(screen);
            screen.Offer(SnapshotMessage(now)); // under the lock: every frame that follows is offered after it
            return new(epoch, seq);
        }
    }

    internal void Unwatch(LiveConnection screen)
    {
        lock (gate) screens.Remove(screen);
    }

    private void Publish(CentreChangeView change, DateTimeOffset now)
    {
        seq++;
        if (screens.Count == 0) return;
        Prune();
        var message = new InvocationMessage(Frame, [id, epoch, seq, now, change]);
        foreach (var screen in screens) screen.Offer(message);
    }

    private InvocationMessage SnapshotMessage(DateTimeOffset now) => new(Snapshot, [id, epoch, seq, now, new CentreAllView(
        regime,
        [.. calls.Values.Where(call => CentreFaces.IsShown(call, now)).Order(QueueOrder.Instance).Select(call => CallRowView.Of(call, territories))],
        CentreFaces.Duty(duty, calls.Values, territories), figures)]);

    private void Recount(DateTimeOffset now)
    {
        if (settings is null) return;
        figures = CentreFigures.Of(calls.Values, settings.TimeZone, now, territories);
        regime = CallCodes.Regimes.Write(Regimes.At(settings.Daytime, settings.TimeZone, now));
    }

    /// <summary>Screens that have gone, and people who are no longer of the desk.</summary>
    private void Prune() => screens.RemoveAll(screen => screen.Context.ConnectionAborted.IsCancellationRequested || !Centres.IsOfDesk(screen.Actor, id));

    private static string NewEpoch() => Guid.NewGuid().ToString("N");
}

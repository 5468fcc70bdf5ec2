using System.Collections.Immutable;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Boards;

/// <summary>Slots that are on the board: those that end after <paramref name="From"/> and start before <paramref name="To"/> (UTC).</summary>
internal readonly record struct BoardRange(DateTimeOffset From, DateTimeOffset To)
{
    public bool Holds(SlotFacts slot) => slot.End > From && slot.Start < To;
}

/// <summary>What a step changed in the picture.</summary>
internal sealed record PictureChange(ImmutableArray<SlotPicture> Slots, ImmutableArray<string> Removed)
{
    public static PictureChange None { get; } = new([], []);

    public bool IsEmpty => Slots.IsEmpty && Removed.IsEmpty;
}

/// <summary>
/// The slots of a territory by agenda, each agenda at a version of its stream. Pure: no clock, no grain. Changes may come late, twice, out of
/// order or never; what was missed shows in <see cref="Behind"/> and is healed by <see cref="Replace"/> with the agenda's own picture.
/// </summary>
internal sealed class BoardPicture
{
    private sealed class Agenda
    {
        public long Version;
        /// <summary>The highest version that anybody spoke of; above <see cref="Version"/> something was missed.</summary>
        public long Heard;
        /// <summary>Known from the ledger only, which does not know holds exactly: the agenda is still to be asked.</summary>
        public bool Inexact;
        public Dictionary<string, SlotPicture> Slots = new(StringComparer.Ordinal);
        public bool IsBehind => Heard > Version || Inexact;
    }

    private readonly Dictionary<string, Agenda> agendas = new(StringComparer.Ordinal);

    /// <param name="agendaIds">The agendas of the board; changes of others are ignored.</param>
    public BoardPicture(IEnumerable<string> agendaIds)
    {
        foreach (var id in agendaIds) agendas.TryAdd(id, new());
        AgendaIds = [.. agendas.Keys];
    }

    public ImmutableArray<string> AgendaIds { get; }

    /// <summary>All slots, in no order.</summary>
    public ImmutableArray<SlotPicture> Slots => [.. agendas.Values.SelectMany(a => a.Slots.Values)];

    /// <summary>Agendas whose exact picture is to be asked for.</summary>
    public ImmutableArray<string> Behind => [.. agendas.Where(a => a.Value.IsBehind).Select(a => a.Key)];

    public bool IsBehind(string agendaId) => agendas.TryGetValue(agendaId, out var agenda) && agenda.IsBehind;

    /// <summary>The version the picture stands at; 0 when the agenda is unknown or has none.</summary>
    public long VersionOf(string agendaId) => agendas.TryGetValue(agendaId, out var agenda) ? agenda.Version : 0;

    /// <summary>Applies a change that follows the known version; an older one is ignored, a later one only remembered as missing.</summary>
    public PictureChange Apply(AgendaChange change, BoardRange range)
    {
        if (!agendas.TryGetValue(change.AgendaId, out var agenda)) return PictureChange.None;
        agenda.Heard = Math.Max(agenda.Heard, change.Version);
        if (change.FromVersion != agenda.Version || change.Version <= agenda.Version) return PictureChange.None;
        agenda.Version = change.Version;
        var slots = ImmutableArray.CreateBuilder<SlotPicture>(change.Slots.Length);
        var removed = ImmutableArray.CreateBuilder<string>();
        foreach (var slot in change.Slots)
            if (range.Holds(slot.Facts)) Put(agenda, slot, slots);
            else Remove(agenda, slot.Facts.SlotId, removed);
        return new(slots.DrainToImmutable(), removed.DrainToImmutable());
    }

    /// <summary>Takes an agenda's own, exact picture unless a later one is known.</summary>
    public PictureChange Replace(AgendaPicture exact, BoardRange range)
    {
        if (!agendas.TryGetValue(exact.AgendaId, out var agenda) || exact.Version < agenda.Version) return PictureChange.None;
        agenda.Version = exact.Version;
        agenda.Heard = Math.Max(agenda.Heard, exact.Version);
        agenda.Inexact = false;
        var slots = ImmutableArray.CreateBuilder<SlotPicture>();
        var removed = ImmutableArray.CreateBuilder<string>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slot in exact.Slots)
            if (range.Holds(slot.Facts) && kept.Add(slot.Facts.SlotId)) Put(agenda, slot, slots);
        foreach (var gone in agenda.Slots.Keys.Where(id => !kept.Contains(id)).ToArray()) Remove(agenda, gone, removed);
        return new(slots.DrainToImmutable(), removed.DrainToImmutable());
    }

    /// <summary>
    /// Takes what the ledger knows of an agenda. Where the picture stands at the same version it is the better one (it has the holds) and only
    /// slots new in the range are added; where the ledger is ahead the agenda is marked as behind, unless nothing at all was known of it.
    /// </summary>
    public PictureChange Merge(string agendaId, long version, IEnumerable<SlotPicture> ledger, bool inexact, BoardRange range)
    {
        if (!agendas.TryGetValue(agendaId, out var agenda) || version < agenda.Version) return PictureChange.None;
        agenda.Heard = Math.Max(agenda.Heard, version);
        var slots = ImmutableArray.CreateBuilder<SlotPicture>();
        var known = agenda.Version == version;
        if (!known && agenda.Version != 0) return PictureChange.None;
        agenda.Version = version;
        agenda.Inexact |= !known && inexact;
        foreach (var slot in ledger)
            if (range.Holds(slot.Facts) && !agenda.Slots.ContainsKey(slot.Facts.SlotId)) Put(agenda, slot, slots);
        return new(slots.DrainToImmutable(), []);
    }

    /// <summary>The ledger's last version of a stream.</summary>
    public void Hear(string agendaId, long version)
    {
        if (agendas.TryGetValue(agendaId, out var agenda)) agenda.Heard = Math.Max(agenda.Heard, version);
    }

    /// <summary>Keeps of an older picture of the same territory what is newer, or as new and exact.</summary>
    public void Inherit(BoardPicture older, BoardRange range)
    {
        foreach (var (id, agenda) in agendas)
        {
            if (!older.agendas.TryGetValue(id, out var before)) continue;
            agenda.Heard = Math.Max(agenda.Heard, before.Heard);
            if (before.Version < agenda.Version || before.Version == 0) continue;
            if (before.Version > agenda.Version) agenda.Slots.Clear();
            else if (before.Inexact) continue;
            agenda.Version = before.Version;
            agenda.Inexact = before.Inexact;
            foreach (var (slotId, slot) in before.Slots)
                if (range.Holds(slot.Facts)) agenda.Slots[slotId] = slot;
        }
    }

    /// <summary>Drops slots that fell out of the range.</summary>
    public PictureChange Trim(BoardRange range)
    {
        var removed = ImmutableArray.CreateBuilder<string>();
        foreach (var agenda in agendas.Values)
            foreach (var gone in agenda.Slots.Values.Where(s => !range.Holds(s.Facts)).ToArray()) Remove(agenda, gone.Facts.SlotId, removed);
        return new([], removed.DrainToImmutable());
    }

    private static void Put(Agenda agenda, SlotPicture slot, ImmutableArray<SlotPicture>.Builder changed)
    {
        if (agenda.Slots.TryGetValue(slot.Facts.SlotId, out var before) && SameSlot(before, slot)) return;
        agenda.Slots[slot.Facts.SlotId] = slot;
        changed.Add(slot);
    }

    private static void Remove(Agenda agenda, string slotId, ImmutableArray<string>.Builder removed)
    {
        if (agenda.Slots.Remove(slotId)) removed.Add(slotId);
    }

    private static bool SameSlot(SlotPicture a, SlotPicture b) =>
        a.Facts == b.Facts && a.Taken == b.Taken && a.Withdrawn == b.Withdrawn && a.Holds.AsSpan().SequenceEqual(b.Holds.AsSpan());
}

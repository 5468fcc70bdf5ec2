using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Audit;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Bookings;

/// <summary>A booking whose patient gets another slot.</summary>
/// <param name="Old">The booking to replace.</param>
/// <param name="Agenda">Its agenda.</param>
/// <param name="Identity">Null when erased: then it must be typed again.</param>
/// <param name="Note">Null when there is none.</param>
internal sealed record BookingToMove(Booking Old, AgendaDefinition Agenda, PatientIdentity? Identity, BookingNote? Note)
{
    /// <summary>For whom a telesecretary books again: who asked first, or the practitioner who cannot see the patient when a desk did.</summary>
    internal string? OnBehalfOf(Actor actor) => actor.Role != Role.TeleSecretary ? null
        : Old.OnBehalfOf ?? (ReasonRules.IsRegulation(Old.BookedByRole) || Old.BookedByRole is Role.TeleSecretary ? Agenda.PractitionerId : Old.BookedBy);
}

/// <summary>Bookings that are to replace: which there are, and what a new booking takes from one.</summary>
internal sealed class Replacements(TerritoryCatalogue catalogue, IGrainFactory grains, IPersonVault vault, ILedger ledger, Clock clock)
{
    /// <summary>How far ahead slots exist.</summary>
    private static readonly TimeSpan Ahead = AgendaDecider.FarthestSlot + TimeSpan.FromDays(1);

    /// <summary>The booking that a form replaces, when it names one; or why it cannot.</summary>
    internal async Task<(BookingToMove? From, ProblemHttpResult? Problem)> Find(BookBody body, string slotId, SignedIn me)
    {
        var actor = me.Actor;
        if (body.Replaces is not { } id) return default;
        if (Ids.AgendaOf(id) is not { } agendaId || (await catalogue.Agenda(agendaId)).Agenda is null) return (null, Unknown());
        var grain = grains.GetGrain<IAgendaGrain>(agendaId);
        if (await grain.Booking(id) is not { } old || await grain.Definition() is not { } definition || !MayAct(actor, definition, old)) return (null, Unknown());
        if (old.Status != AppointmentStatus.ToReplace && !await IsRepeat(body, actor)) return (null, Problem.Result(RefusalTable.Of(Refusal.BookingEnded)));
        // The claim that keeps a patient from being booked twice is one per stream.
        if (Ids.AgendaOf(slotId) is { } wanted && (await catalogue.Agenda(wanted)).Agenda is { } target && target.Entry.CareStream != definition.CareStream)
            return (null, Problem.Invalid("replaces", Messages.OtherStream));
        var (identity, note, _) = await vault.Open(old.Surrogate, old.BookingId, me.Because(AccessAction.Read, definition, AccessWhy.Replacement, old.BookingId));
        return (new(old, definition, identity, note), null);
    }

    /// <summary>Open replacements of one agenda after another, for an actor who may act on them.</summary>
    internal async Task<IReadOnlyList<(KnownAgenda Agenda, Booking Booking, DateTimeOffset Start)>> Open(IReadOnlyCollection<KnownAgenda> agendas, Actor actor)
    {
        var now = clock.Now;
        var (from, to) = (now - AgendaState.SlotMemory, now + Ahead);
        // A withdrawn slot with a place in use holds a booking that is to replace: one range query says which agendas to ask.
        var board = await ledger.ReadBoard([.. agendas.Select(one => one.Entry.Id)], from, to, now);
        var starts = board.Slots.Where(one => one.Slot.Withdrawn && one.Taken > 0).ToDictionary(one => one.Slot.SlotId, one => one.Slot.Start);
        var concerned = agendas.Where(one => board.Slots.Any(slot => slot.Slot.AgendaId == one.Entry.Id && starts.ContainsKey(slot.Slot.SlotId)));
        var found = await Task.WhenAll(concerned.Select(one => Of(one, actor, from, to)));
        return [.. found.SelectMany(one => one).Where(one => starts.ContainsKey(one.Booking.SlotId)).Select(one => (one.Agenda, one.Booking, starts[one.Booking.SlotId])).OrderBy(one => one.Item3)];
    }

    private async Task<IEnumerable<(KnownAgenda Agenda, Booking Booking)>> Of(KnownAgenda agenda, Actor actor, DateTimeOffset from, DateTimeOffset to)
    {
        var grain = grains.GetGrain<IAgendaGrain>(agenda.Entry.Id);
        if (await grain.Definition() is not { } definition) return [];
        return (await grain.Bookings(from, to))
            .Where(one => one.Status == AppointmentStatus.ToReplace && MayAct(actor, definition, one))
            .Select(one => (agenda, one));
    }

    /// <summary>Whoever may cancel it may find it another slot: the requester, the telesecretariat, the practitioner, the regulation it came from.</summary>
    private bool MayAct(Actor actor, AgendaDefinition definition, Booking booking) =>
        Rights.MayCancel(actor, RightsScope.Of(definition), definition.CareStream, booking, CivilTime.Day(clock.Now, definition.Rules.TimeZone));

    /// <summary>The very command that replaced it, sent again, gets its first answer.</summary>
    private async Task<bool> IsRepeat(BookBody body, Actor actor) =>
        Guid.TryParseExact(body.RequestId, "D", out var request) && await ledger.FindAnswer(actor.Id, request) is not null;

    private static ProblemHttpResult Unknown() => Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
}

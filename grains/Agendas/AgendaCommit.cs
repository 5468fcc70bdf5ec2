using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>A decision ready for the ledger.</summary>
/// <param name="Commit">To append.</param>
/// <param name="After">The state once it is appended.</param>
/// <param name="Change">For the boards in <c>After.Definition.ShownIn</c>, once it is appended.</param>
public sealed record AgendaStep(Commit Commit, AgendaState After, AgendaChange Change);

/// <summary>From a decision to one row of the ledger.</summary>
public static class AgendaCommit
{
    /// <summary>Version of the payload's schema.</summary>
    public const int Schema = 1;

    /// <summary>Builds the commit. Only for a decision with events: without, there is nothing to write.</summary>
    public static AgendaStep Build(AgendaState before, AgendaCommand command, AgendaDecision decision)
    {
        if (decision.Events.IsEmpty) throw new ArgumentException("A decision without events is not written.", nameof(decision));
        var fingerprint = Fingerprint.Of(command);
        var envelope = new EventEnvelope(before.Version + 1, decision.At, command.Actor.Id, command.RequestId, fingerprint, decision.Answer);
        var after = AgendaFold.Apply(before, decision.Events, envelope);
        var effects = AgendaEffects.Of(before, decision.Events, after);
        var definition = after.Definition!;
        var commit = new Commit
        {
            Stream = AgendaIds.Stream(definition.AgendaId),
            Version = envelope.Version,
            ActorId = command.Actor.Id,
            RequestId = command.RequestId,
            Fingerprint = fingerprint,
            Answer = JsonSerializer.Serialize(decision.Answer, SnpJson.Options),
            OccurredAt = decision.At,
            LocalDate = CivilTime.Day(decision.At, definition.Rules.TimeZone),
            TerritoryId = definition.TerritoryId,
            CareStream = definition.CareStream,
            Kind = effects.Kind,
            Channel = Names.Kebab(command.Actor.Role),
            Schema = Schema,
            Payload = JsonSerializer.Serialize(decision.Events, SnpJson.Options),
            TakeClaims = effects.TakeClaims,
            DropClaims = effects.DropClaims,
            Occupy = effects.Occupy,
            VacateBookings = effects.VacateBookings,
            Slots = effects.Slots,
            SetDue = effects.SetDue,
            ClearDue = effects.ClearDue,
            Person = PersonOf(definition, command, decision.Events),
        };
        return new(commit, after, new(definition.AgendaId, before.Version, after.Version, effects.Changed));
    }

    private static PersonWrite? PersonOf(AgendaDefinition definition, AgendaCommand command, ImmutableArray<AgendaEvent> events) =>
        command is BookSlot { Patient: var patient, PatientIsKnown: var isKnown } && events.OfType<SlotBooked>().FirstOrDefault() is { Booking: var booking } booked
            ? new(booking.Surrogate, definition.SasId, patient.TraitHash, patient.SealedIdentity, booking.BookingId, patient.SealedNote, patient.FormerHash, booked.ClaimUntil, isKnown)
            : null;
}

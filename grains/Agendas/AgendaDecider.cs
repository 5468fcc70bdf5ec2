using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>What a command comes to.</summary>
/// <param name="Events">To be made durable; empty: nothing to write.</param>
/// <param name="Answer">For the caller, once the events are durable.</param>
/// <param name="At">When it was decided, UTC, whole milliseconds: the events' time.</param>
public sealed record AgendaDecision(ImmutableArray<AgendaEvent> Events, AgendaAnswer Answer, DateTimeOffset At);

/// <summary>
/// Decides commands to an agenda: a pure function of (state, command, now). Every rule of the booking stands here and nowhere else;
/// what only the ledger can know (a patient's claim, a person's holds on other agendas) is asked by the commit that follows.
/// </summary>
public static partial class AgendaDecider
{
    /// <summary>Decides.</summary>
    /// <param name="state">What happened so far.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">UTC; taken as the state's last instant when the clock has run backwards.</param>
    public static AgendaDecision Decide(AgendaState state, AgendaCommand command, DateTimeOffset now)
    {
        var clock = CivilTime.Milliseconds(now);
        now = clock < state.LastAt ? state.LastAt : clock;
        // Its limit was set by the same clock: one that was set back must not make every command too old until it has caught up.
        var (events, answer) = Decided(state, command, now, expired: command.NotAfter < clock);
        return new(events, answer, now);
    }

    private static Outcome Decided(AgendaState state, AgendaCommand command, DateTimeOffset now, bool expired)
    {
        if (state.AnswerTo(command.Actor.Id, command.RequestId) is { } first)
            return first.Fingerprint == Fingerprint.Of(command) ? Accept(first.Answer) : Refuse(Refusal.RequestIdReused);
        if (expired) return Refuse(Refusal.CommandExpired);
        if (command is ConfigureAgenda configure) return Configure(state, configure, now);
        if (state.Definition is not { } definition) return Refuse(Refusal.AgendaUnknown);

        var asked = new Asked(state, definition, command.Actor, now);
        return command switch
        {
            PublishAhead => Publish(asked),
            OpenSlots c => Open(asked, c),
            WithdrawSlot c => Withdraw(asked, c),
            HoldSlot c => Hold(asked, c),
            ExtendHold c => Extend(asked, c),
            ReleaseHold c => Release(asked, c),
            BookSlot c => Book(asked, c),
            CancelBooking c => Cancel(asked, c),
            RecordOutcome c => Record(asked, c),
            SetTemplate c => SetOwnTemplate(asked, c),
            RecordAbsence c => Absent(asked, c),
            EndAbsence c => Back(asked, c),
            MarkReplaced c => Replaced(asked, c),
            AllowOverbook c => Allow(asked, c),
            OverbookSlot c => Overbook(asked, c),
            ResizeSlot c => Resize(asked, c),
            SetDelegates c => Delegate(asked, c),
            EndInEmergency c => EndForEmergency(asked, c),
            _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
        };
    }

    /// <summary>A decision in the making: what every rule needs.</summary>
    private sealed class Asked(AgendaState state, AgendaDefinition definition, Actor actor, DateTimeOffset now)
    {
        public AgendaState State => state;
        public AgendaDefinition Definition => definition;
        public BookingRules Rules => definition.Rules;
        public Actor Actor => actor;
        public DateTimeOffset Now => now;
        /// <summary>Civil day in the territory: grants hold by days.</summary>
        public DateOnly Today { get; } = CivilTime.Day(now, definition.Rules.TimeZone);
        public RightsScope Scope { get; } = RightsScope.Of(definition);
        /// <summary>Opening and withdrawing: the practitioner, who manages the agenda, and delegates.</summary>
        public bool MayManage(GrantAction action) => Rights.MayManage(actor, action, Scope, definition, Today, state.SettingsOrNone().Delegation);
        /// <summary>What only the practitioner says: “en sus”, delegates.</summary>
        public bool IsPractitioner => actor.Id == definition.PractitionerId
            && Rights.MayOnOwnAgenda(actor, GrantAction.OpenSlot, Scope, definition.CareStream, Today);
    }

    private readonly record struct Outcome(ImmutableArray<AgendaEvent> Events, AgendaAnswer Answer);

    private static Outcome Accept(AgendaAnswer answer, params ImmutableArray<AgendaEvent> events) => new(events, answer);

    private static Outcome Refuse(Refusal code) => new([], new Refused(code));

    /// <summary>How long a lost race is one: who was first is told to whoever comes right after, and to nobody who asks later.</summary>
    private static readonly TimeSpan RaceMemory = TimeSpan.FromMinutes(10);

    private static Outcome RefuseTaken(Asked asked, AgendaSlot slot)
    {
        var last = slot.Bookings.LastOrDefault(b => b.Booking.Status != AppointmentStatus.Cancelled)?.Booking;
        return new([], new Refused(Refusal.SlotTaken, HeldBy: last?.BookedAt > asked.Now - RaceMemory ? last.OrganizationId : null));
    }

    private static Outcome RefuseHeld(IEnumerable<SlotHold> holds)
    {
        var first = holds.MinBy(h => h.Picture.Until)!.Picture;
        return new([], new Refused(Refusal.SlotHeld, first.Until, first.OrganizationId));
    }
}

using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Agendas;

/// <summary>The shell around <see cref="AgendaDecider"/>: loads, decides, appends, applies, answers, publishes — in that order.</summary>
public sealed partial class AgendaGrain(
    ILedger ledger, BoardFeed boards, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<AgendaGrain> log) : Grain, IAgendaGrain
{
    /// <summary>A command meets at most: one fencing, one known patient, and the person's places for holds (up to 5).</summary>
    private const int Attempts = 8;
    /// <summary>Commands between snapshots: a cold start folds at most this many.</summary>
    private const int SnapshotEvery = 100;
    private static readonly TimeSpan WakeTimeLimit = TimeSpan.FromSeconds(30);

    // Null until loaded, and again after an outcome that is not known: what is remembered may then be behind the ledger.
    private AgendaState? state;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<AgendaAnswer> Execute(AgendaCommand command)
    {
        try { return await DecideAndAppend(command); }
        catch (LedgerUnavailableException) { return new Refused(Refusal.LedgerUnavailable); }
    }

    /// <inheritdoc/>
    public async Task<AgendaPicture> Look(DateTimeOffset from, DateTimeOffset to) => (await Loaded()).ToPicture(Id, from, to);

    /// <inheritdoc/>
    public async Task<AgendaDefinition?> Definition() => (await Loaded()).Definition;

    /// <inheritdoc/>
    public async Task<AgendaSettings> Settings() => (await Loaded()).SettingsOrNone();

    /// <inheritdoc/>
    public async Task<Booking?> Booking(string bookingId) => (await Loaded()).FindBooking(bookingId)?.Booking.Booking;

    /// <inheritdoc/>
    public async Task<BookedSlot?> BookedSlot(string bookingId) =>
        (await Loaded()) is var s && s.FindBooking(bookingId) is var (slot, booking) ? new(s.Definition!, slot.Facts, booking.Booking, s.SettingsOrNone().Delegation) : null;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Booking>> Bookings(DateTimeOffset from, DateTimeOffset to) =>
        [.. (await Loaded()).Slots.Where(s => s.Facts.End > from && s.Facts.Start < to).SelectMany(s => s.Bookings).Select(b => b.Booking)];

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        var notAfter = time.GetUtcNow() + WakeTimeLimit;
        AgendaCommand command = cause == Wakes.Publish ? new PublishAhead { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = notAfter }
            : Wakes.ReplacedBooking(cause) is var (booking, by) ? MarkReplaced.Of(booking, by, notAfter)
            : Wakes.EmergencyBooking(cause) is { } ended ? EndInEmergency.Of(ended, notAfter)
            : throw new ArgumentException($"An agenda is not woken for '{cause}'.", nameof(cause));
        var answer = await DecideAndAppend(command);
        if (answer is Refused { Code: not Refusal.AgendaUnknown } refused) throw new InvalidOperationException($"{command.GetType().Name} was refused: {refused.Code}.");
    }

    private async Task<AgendaAnswer> DecideAndAppend(AgendaCommand command)
    {
        if (command is BookSlot book) command = book with { Surrogate = Surrogates.New(time.GetUtcNow()) };
        var fenced = false;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await Loaded();
            var decision = AgendaDecider.Decide(before, command, time.GetUtcNow());
            if (decision.Events.IsEmpty) return await FirstAnswer(before, command, decision.Answer);
            var step = AgendaCommit.Build(before, command, decision);
            switch (await ledger.Append(step.Commit))
            {
                case CommitResult.Appended:
                    Accept(step);
                    return decision.Answer;
                case CommitResult.Duplicate duplicate:
                    return AgendaFold.AnswerOf(duplicate.First.Answer);
                case CommitResult.RequestIdReused:
                    return new Refused(Refusal.RequestIdReused);
                case CommitResult.PersonKnown known when command is BookSlot again:
                    command = again with { Surrogate = known.Surrogate, PatientIsKnown = true };
                    break;
                // The person holds a slot of another agenda there; the decider says when no place is left.
                case CommitResult.ClaimTaken taken when command is HoldSlot hold && HoldClaims.Is(taken.Claim):
                    command = hold with { HoldPlace = ((SlotHeld)decision.Events[0]).HoldPlace + 1 };
                    break;
                case CommitResult.ClaimTaken taken when CallStreams.IsBar(taken.Claim):
                    return new Refused(Refusal.CallInEmergency);
                case CommitResult.ClaimTaken taken:
                    return HoldClaims.Is(taken.Claim) ? new Refused(Refusal.HoldExpired) : new Refused(Refusal.PatientAlreadyBooked, taken.Claim.Until);
                // Another activation wrote: this one is the stale one. It looks again once, and goes.
                case CommitResult.Fenced or CommitResult.PlaceTaken when !fenced:
                    fenced = true;
                    LogFenced(log, Id, before.Version);
                    state = null;
                    DeactivateOnIdle();
                    break;
                // What failed is the ledger: another activation would do no better, and the waiting calls would only be moved about.
                case CommitResult.Fenced or CommitResult.PlaceTaken or CommitResult.Unavailable:
                    state = null;
                    return new Refused(Refusal.LedgerUnavailable);
                case CommitResult.Unknown:
                    state = null;
                    return new Refused(Refusal.OutcomeUnknown);
                case CommitResult.Rejected rejected:
                    LogRejected(log, Id, rejected.Detail);
                    throw new InvalidOperationException($"The ledger rejects a command to {Id}.");
            }
        }
        throw new InvalidOperationException($"{command.GetType().Name} on {Id} found no end in {Attempts} attempts.");
    }

    private async Task<AgendaState> Loaded() => state ??= AgendaFold.Load(await ledger.Read(AgendaIds.Stream(Id)));

    // A repeat of a command that the state has forgotten must not be refused for what it did itself.
    private async Task<AgendaAnswer> FirstAnswer(AgendaState before, AgendaCommand command, AgendaAnswer decided)
    {
        if (decided is not Refused || !AgendaRepeats.MayBeForgotten(before, command)) return decided;
        var first = await ledger.FindAnswer(command.Actor.Id, command.RequestId);
        if (first is null) return decided;
        return first.Fingerprint == Fingerprint.Of(command) ? AgendaFold.AnswerOf(first.Answer) : new Refused(Refusal.RequestIdReused);
    }

    private void Accept(AgendaStep step)
    {
        state = step.After;
        boards.Tell(GrainFactory, step.After.Definition!.ShownIn, step.Change);
        if (step.After.Version % SnapshotEvery == 0) _ = KeepSnapshot(step.After);
    }

    private async Task KeepSnapshot(AgendaState kept)
    {
        try { await ledger.SaveSnapshot(AgendaIds.Stream(Id), AgendaFold.ToSnapshot(kept)); }
        catch (LedgerUnavailableException e) { LogNoSnapshot(log, e, Id); }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Agenda} was fenced at version {Version}: another activation wrote. It reloads.")]
    private static partial void LogFenced(ILogger log, string agenda, long version);

    [LoggerMessage(2, LogLevel.Error, "The ledger rejects a command to {Agenda}: {Detail}")]
    private static partial void LogRejected(ILogger log, string agenda, string detail);

    [LoggerMessage(3, LogLevel.Warning, "No snapshot of {Agenda} was kept; the next activation folds more.")]
    private static partial void LogNoSnapshot(ILogger log, Exception e, string agenda);
}

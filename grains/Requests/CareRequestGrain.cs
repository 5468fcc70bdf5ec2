using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Requests;

/// <summary>The shell around <see cref="CareRequestDecider"/>.</summary>
public sealed partial class CareRequestGrain(
    ILedger ledger, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<CareRequestGrain> log) : Grain, ICareRequestGrain
{
    /// <summary>A command meets at most one fencing and one known patient.</summary>
    private const int Attempts = 3;

    private CareRequestState? state;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<CareRequestAnswer> RecordUnserved(RecordUnserved command) => Answered(s => CareRequestDecider.RecordUnserved(s, Id, command, time.GetUtcNow()));

    /// <inheritdoc/>
    public Task<CareRequestAnswer> RaiseEmergency(RaiseEmergency command) => Answered(s => CareRequestDecider.RaiseEmergency(s, Id, command, time.GetUtcNow()));

    /// <inheritdoc/>
    public async Task<CareRequestAnswer> Execute(CareRequestCommand command)
    {
        if (command is OpenRequest open) return await Answered(open with { Surrogate = Surrogates.New(time.GetUtcNow()) });
        var booking = command is ServeRequest { BookingId: { } id } ? await BookingOf(id) : null;
        return await Answered(s => CareRequestDecider.Decide(s, Id, command, time.GetUtcNow(), booking));
    }

    /// <inheritdoc/>
    public async Task<CareRequest?> Get() => (await Loaded()).Request;

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        var told = Wakes.ServedBooking(cause) ?? Wakes.LostBooking(cause);
        var booking = told is null ? null : await BookingOf(told); // a booking that is cancelled at once may be told of in any order
        CareRequestDecision Decide(CareRequestState s) => told is not null
            ? CareRequestDecider.Follow(s, told, booking, time.GetUtcNow())
            : CareRequestDecider.Woken(s, Id, cause, time.GetUtcNow()) ?? throw new InvalidOperationException($"{Id} was woken too early for '{cause}'.");
        if (await DecideAndAppend(Decide, null) is CareRequestRefused refused)
            throw new InvalidOperationException($"{Id} could not follow '{cause}': {refused.Code}.");
    }

    /// <summary>Calls go one way, request → agenda.</summary>
    private async Task<Booking?> BookingOf(string bookingId) =>
        AgendaIds.AgendaOf(bookingId) is { } agenda ? await GrainFactory.GetGrain<IAgendaGrain>(agenda).Booking(bookingId) : null;

    private async Task<CareRequestAnswer> Answered(Func<CareRequestState, CareRequestDecision> decide)
    {
        try { return (await DecideAndAppend(decide, null))!; }
        catch (LedgerUnavailableException) { return new CareRequestRefused(Refusal.LedgerUnavailable); }
    }

    private async Task<CareRequestAnswer> Answered(OpenRequest open)
    {
        try { return (await DecideAndAppend(null, open))!; }
        catch (LedgerUnavailableException) { return new CareRequestRefused(Refusal.LedgerUnavailable); }
    }

    // A look may be fenced by another activation, and a patient may be known: each is then decided again on what is there.
    private async Task<CareRequestAnswer?> DecideAndAppend(Func<CareRequestState, CareRequestDecision>? decide, OpenRequest? open)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await Loaded();
            var decision = decide?.Invoke(before) ?? CareRequestDecider.Decide(before, Id, open!, time.GetUtcNow());
            if (decision.Events.IsEmpty) return decision.Answer;
            var step = CareRequestFold.Build(before, Id, decision, open);
            switch (await ledger.Append(step.Commit))
            {
                case CommitResult.Appended:
                    state = step.After;
                    Tell(step.After);
                    return decision.Answer;
                case CommitResult.Duplicate duplicate:
                    return CareRequestFold.AnswerOf(duplicate.First.Answer);
                case CommitResult.RequestIdReused:
                    return new CareRequestRefused(Refusal.RequestIdReused);
                case CommitResult.PersonKnown known when open is not null:
                    open = open with { Surrogate = known.Surrogate };
                    break;
                case CommitResult.Fenced: // another activation writes: this one goes
                    LogNotAppended(log, Id, nameof(CommitResult.Fenced));
                    state = null;
                    DeactivateOnIdle();
                    break;
                case CommitResult.Unknown:
                    LogNotAppended(log, Id, nameof(CommitResult.Unknown));
                    state = null;
                    return new CareRequestRefused(Refusal.OutcomeUnknown);
                case var other:
                    LogNotAppended(log, Id, other.GetType().Name);
                    state = null;
                    return new CareRequestRefused(Refusal.LedgerUnavailable);
            }
        }
        return new CareRequestRefused(Refusal.LedgerUnavailable);
    }

    /// <summary>One-way, never awaited, allowed to get lost.</summary>
    private void Tell(CareRequestState after)
    {
        if (after.Request is { OpenedAt: not null } request)
            _ = GrainFactory.GetGrain<IBoardGrain>(request.TerritoryId).RequestChanged(new(request.TerritoryId, request.OrganizationId, request.OnBehalfOf, request.Owner));
    }

    private async Task<CareRequestState> Loaded() => state ??= CareRequestFold.Load(await ledger.Read(CareRequestStreams.Stream(Id)));

    [LoggerMessage(1, LogLevel.Warning, "A command to care request {Request} was not appended: {Result}.")]
    private static partial void LogNotAppended(ILogger log, string request, string result);
}

using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Agendas;

/// <summary>
/// The shell around <see cref="AgendaDecider"/>: what <see cref="AgendaLine"/> has decided and made durable it publishes, in that order. Its calls interleave, so that
/// several commits can be under way; the line keeps their order.
/// </summary>
[Reentrant]
public sealed partial class AgendaGrain(
    ILedger ledger, BoardFeed boards, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<AgendaGrain> log) : Grain, IAgendaGrain
{
    /// <summary>Commands between snapshots: a cold start folds at most this many.</summary>
    private const int SnapshotEvery = 100;
    private static readonly TimeSpan WakeTimeLimit = TimeSpan.FromSeconds(30);

    private AgendaLine line = null!;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        line = new(Id, ledger, time, Publish, DeactivateOnIdle, log);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => line.Rest().WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<AgendaAnswer> Execute(AgendaCommand command)
    {
        try { return await line.Execute(command); }
        catch (LedgerUnavailableException) { return new Refused(Refusal.LedgerUnavailable); }
    }

    /// <inheritdoc/>
    public async Task<AgendaPicture> Look(DateTimeOffset from, DateTimeOffset to) => (await line.Settled()).ToPicture(Id, from, to);

    /// <inheritdoc/>
    public async Task<AgendaDefinition?> Definition() => (await line.Settled()).Definition;

    /// <inheritdoc/>
    public async Task<AgendaSettings> Settings() => (await line.Settled()).SettingsOrNone();

    /// <inheritdoc/>
    public async Task<Booking?> Booking(string bookingId) => (await line.Settled()).FindBooking(bookingId)?.Booking.Booking;

    /// <inheritdoc/>
    public async Task<BookedSlot?> BookedSlot(string bookingId) =>
        (await line.Settled()) is var s && s.FindBooking(bookingId) is var (slot, booking) ? new(s.Definition!, slot.Facts, booking.Booking, s.SettingsOrNone().Delegation) : null;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Booking>> Bookings(DateTimeOffset from, DateTimeOffset to) =>
        [.. (await line.Settled()).Slots.Where(s => s.Facts.End > from && s.Facts.Start < to).SelectMany(s => s.Bookings).Select(b => b.Booking)];

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        var notAfter = time.GetUtcNow() + WakeTimeLimit;
        AgendaCommand command = cause == Wakes.Publish ? new PublishAhead { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = notAfter }
            : Wakes.ReplacedBooking(cause) is var (booking, by) ? MarkReplaced.Of(booking, by, notAfter)
            : Wakes.EmergencyBooking(cause) is { } ended ? EndInEmergency.Of(ended, notAfter)
            : throw new ArgumentException($"An agenda is not woken for '{cause}'.", nameof(cause));
        var answer = await line.Execute(command);
        if (answer is Refused { Code: not Refusal.AgendaUnknown } refused) throw new InvalidOperationException($"{command.GetType().Name} was refused: {refused.Code}.");
    }

    private void Publish(AgendaStep step)
    {
        boards.Tell(GrainFactory, step.After.Definition!.ShownIn, step.Change);
        if (step.After.Version % SnapshotEvery == 0) _ = KeepSnapshot(step.After);
    }

    private async Task KeepSnapshot(AgendaState kept)
    {
        try { await ledger.SaveSnapshot(AgendaIds.Stream(Id), AgendaFold.ToSnapshot(kept)); }
        catch (LedgerUnavailableException e) { LogNoSnapshot(log, e, Id); }
    }

    [LoggerMessage(3, LogLevel.Warning, "No snapshot of {Agenda} was kept; the next activation folds more.")]
    private static partial void LogNoSnapshot(ILogger log, Exception e, string agenda);
}

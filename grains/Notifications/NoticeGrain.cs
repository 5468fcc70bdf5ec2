using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Notifications;

/// <summary>The shell around <see cref="NoticeDecider"/>: loads, decides, appends, applies, then tells screens and hands attempts to the outbox.</summary>
public sealed partial class NoticeGrain(
    ILedger ledger, INoticeOutbox outbox, NoticeOptions options, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<NoticeGrain> log)
    : Grain, INoticeGrain
{
    private const int SnapshotEvery = 100;

    private NoticeState? state;
    // Kept: Orleans reads a type's attributes anew each time it makes a reference.
    private IAgendaGrain? agendaReference;

    private string Id => this.GetPrimaryKeyString();

    private IAgendaGrain Agenda => agendaReference ??= GrainFactory.GetGrain<IAgendaGrain>(Id);

    private DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        if (NoticeStreams.Told(cause) is { } told) await Queue(cause, told.Kind, told.BookingId);
        else if (NoticeStreams.SendOf(cause) is { } delivery) await Act($"{cause}@{Now:O}", s => NoticeDecider.Begin(s, delivery, Now, options));
        else if (NoticeStreams.SettledOf(cause) is { } replaced) await Act(cause, s => NoticeDecider.Settle(s, replaced));
        else if (NoticeStreams.UnseenOf(cause) is { } notice) await Act(cause, s => NoticeDecider.Escalate(s, notice));
        else throw new ArgumentException($"Notices are not woken for '{cause}'.", nameof(cause));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<NoticeEntry>> List(DateTimeOffset endsAfter) =>
        [.. (await Loaded()).Entries.Where(e => NoticeDecider.IsOnScreens(e.Notice) && e.Notice.End > endsAfter).Reverse()];

    /// <inheritdoc/>
    public async Task<ImmutableArray<NoticeEntry>> OfBooking(string bookingId) => [.. (await Loaded()).Entries.Where(e => e.Notice.BookingId == bookingId)];

    /// <inheritdoc/>
    public async Task<ImmutableArray<NoticeEntry>> Unseen() => NoticeDecider.Unseen(await Loaded(), Now);

    /// <inheritdoc/>
    public Task<NoticeAnswer> See(SeeNotices command) =>
        DecideAndAppend(new(command.PersonId, command.RequestId, $"see {Id} {string.Join(' ', command.NoticeIds)}"), s => NoticeDecider.See(s, command));

    /// <inheritdoc/>
    public Task Resolve(DeliveryReport report) =>
        Act($"resolve {report.DeliveryId} {report.Attempt} {report.Sent}", s => NoticeDecider.Resolve(s, report, Now, options));

    /// <inheritdoc/>
    public Task Subscribe(string personId, bool wants) =>
        Act($"subscribe {personId} {wants} {Guid.NewGuid():N}", s => NoticeDecider.Subscribe(s, personId, wants));

    /// <inheritdoc/>
    public async Task Weekly(DateOnly monday)
    {
        if ((await Loaded()).LastWeek >= monday || state!.Subscribers.IsEmpty || await Definition() is not { } agenda) return;
        // Its links act with the practitioner's rights: it is not for delegates.
        var routes = await Routes(NoticeKind.Weekly, await Subscribers());
        await Act($"weekly {monday:O}", s => NoticeDecider.Weekly(s, agenda, monday, routes, Now, options), agenda);
    }

    /// <inheritdoc/>
    public async Task<NoticeAnswer> GlassBroken(string requestId, string bookingId, ImmutableArray<string> people)
    {
        if (await Agenda.BookedSlot(bookingId) is not { } told) return NoticeAnswer.Done;
        var routes = await Routes(NoticeKind.GlassBroken, people);
        var cause = $"glass {requestId}";
        return await DecideAndAppend(
            new(Actor.System.Id, NoticeStreams.RequestId(Id, cause), cause), s => NoticeDecider.GlassBroken(s, told, routes, Now, options), told.Definition);
    }

    /// <inheritdoc/>
    public Task<NoticeAnswer> Answered(Guid requestId, string personId, DateOnly monday, WeeklyAnswer answer) =>
        DecideAndAppend(new(personId, requestId, $"weekly {Id} {monday:O} {answer}"), _ => [new WeeklyAnswered(monday, answer, personId)]);

    private async Task Queue(string cause, NoticeKind kind, string bookingId)
    {
        // An agenda forgets its slots days after they ended: then there is nobody left to tell.
        if (await Agenda.BookedSlot(bookingId) is not { } told) return;
        var routes = await Routes(kind, [.. await Subscribers(), .. await Delegates(told)]);
        await Act(cause, s => NoticeDecider.Queue(s, kind, told, routes, Now, options), told.Definition);
    }

    /// <summary>Where a notice goes now, by each person's own settings.</summary>
    private async Task<ImmutableArray<NoticeRoute>> Routes(NoticeKind kind, IEnumerable<string> people)
    {
        var routes = ImmutableArray.CreateBuilder<NoticeRoute>();
        foreach (var person in people.Distinct(StringComparer.Ordinal))
            routes.AddRange((await GrainFactory.GetGrain<INoticeSettingsGrain>(person).Get()).Routes(person, kind));
        return routes.ToImmutable();
    }

    /// <summary>Those who still own or manage the agenda.</summary>
    private async Task<List<string>> Subscribers()
    {
        var people = new List<string>();
        foreach (var person in (await Loaded()).Subscribers)
            if (await GrainFactory.GetGrain<IProfessionalGrain>(person).Get() is { } professional && professional.Agendas.Contains(Id)) people.Add(person);
        return people;
    }

    /// <summary>The delegates of this moment: who is one no longer hears no more.</summary>
    private async Task<List<string>> Delegates(BookedSlot told)
    {
        var people = new List<string>();
        if (told.Delegation is not { } delegation) return people;
        foreach (var person in delegation.Professionals)
            if (await GrainFactory.GetGrain<IProfessionalGrain>(person).Get() is { } named && Rights.IsDelegate(named.ToActor(), told.Definition.TerritoryId, delegation)) people.Add(person);
        return people;
    }

    private Task<AgendaDefinition?> Definition() => Agenda.Definition();

    // The request id is a function of the cause: the ledger itself drops what was done already.
    private async Task Act(string cause, Func<NoticeState, ImmutableArray<NoticeEvent>> decide, AgendaDefinition? agenda = null)
    {
        var answer = await DecideAndAppend(new(Actor.System.Id, NoticeStreams.RequestId(Id, cause), cause), decide, agenda);
        if (answer.Code is { } code) throw new InvalidOperationException($"'{cause}' of {Id} was not kept: {code}."); // the sweeper repeats it
    }

    private async Task<NoticeAnswer> DecideAndAppend(NoticeAsked asked, Func<NoticeState, ImmutableArray<NoticeEvent>> decide, AgendaDefinition? agenda = null)
    {
        try
        {
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var before = await Loaded();
                var events = decide(before);
                if (events.IsEmpty) return NoticeAnswer.Done;
                agenda ??= await Definition();
                if (agenda is null) return new(Refusal.AgendaUnknown);
                var step = NoticeCommit.Build(before, agenda, asked, events, Now);
                var result = await ledger.Append(step.Commit);
                if (result is CommitResult.Appended)
                {
                    Accept(step);
                    return NoticeAnswer.Done;
                }
                if (result is CommitResult.Duplicate) return NoticeAnswer.Done;
                if (result is CommitResult.RequestIdReused) return new(Refusal.RequestIdReused);
                LogNotAppended(log, Id, result.GetType().Name);
                state = null;
                if (result is CommitResult.Unknown) return new(Refusal.OutcomeUnknown);
                if (result is not CommitResult.Fenced) break;
                DeactivateOnIdle(); // another activation writes: this one goes
            }
            return new(Refusal.LedgerUnavailable);
        }
        catch (LedgerUnavailableException)
        {
            return new(Refusal.LedgerUnavailable);
        }
    }

    private void Accept(NoticeStep step)
    {
        state = step.After;
        if (state.Version % SnapshotEvery == 0) _ = KeepSnapshot(state);
        foreach (var job in NoticeJobs.Of(step)) outbox.Offer(job); // not taken: it begins again when its lease ends
        var news = NoticeJobs.News(step);
        if (!news.IsEmpty) _ = GrainFactory.GetGrain<INoticeFeedGrain>(news[0].Notice.TerritoryId).Tell(news);
    }

    private async Task KeepSnapshot(NoticeState kept)
    {
        try { await ledger.SaveSnapshot(NoticeStreams.Stream(Id), NoticeCommit.ToSnapshot(kept)); }
        catch (LedgerUnavailableException e) { LogNoSnapshot(log, e, Id); }
    }

    private async Task<NoticeState> Loaded() => state ??= NoticeCommit.Load(await ledger.Read(NoticeStreams.Stream(Id)));

    [LoggerMessage(1, LogLevel.Warning, "A command to the notices of {Agenda} was not appended: {Result}.")]
    private static partial void LogNotAppended(ILogger log, string agenda, string result);

    [LoggerMessage(2, LogLevel.Warning, "No snapshot of the notices of {Agenda} was kept; the next activation folds more.")]
    private static partial void LogNoSnapshot(ILogger log, Exception e, string agenda);
}

/// <summary>What follows from an accepted step.</summary>
public static class NoticeJobs
{
    /// <summary>Attempts that began with it.</summary>
    public static IEnumerable<DeliveryJob> Of(NoticeStep step)
    {
        foreach (var e in step.Events)
            switch (e)
            {
                case NoticeQueued q:
                    foreach (var delivery in step.After.Find(q.Notice.NoticeId)!.Deliveries) yield return new(q.Notice, delivery);
                    break;
                case DeliveryBegun b when step.After.FindDelivery(b.DeliveryId) is { } found:
                    yield return new(found.Entry.Notice, found.Delivery);
                    break;
            }
    }

    /// <summary>What screens hear of it.</summary>
    public static ImmutableArray<NoticeNews> News(NoticeStep step)
    {
        var news = ImmutableArray.CreateBuilder<NoticeNews>();
        void Add(NewsKind kind, string noticeId)
        {
            if (step.After.Find(noticeId) is { Notice: var notice } && NoticeDecider.IsOnScreens(notice)) news.Add(new(0, kind, notice));
        }
        foreach (var e in step.Events)
            switch (e)
            {
                case NoticeQueued q: Add(NewsKind.Queued, q.Notice.NoticeId); break;
                case NoticeUnseen u: Add(NewsKind.Unseen, u.NoticeId); break;
                case NoticesSeen s: foreach (var id in s.NoticeIds) Add(NewsKind.Seen, id); break;
            }
        return news.ToImmutable();
    }
}

using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Notifications.Weekly;

/// <summary>What the linked page says.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Lines">Text.</param>
/// <param name="Button">The one button; null when there is nothing to do.</param>
/// <param name="Status">HTTP status.</param>
internal sealed record WeeklyPage(string Title, IReadOnlyList<string> Lines, string? Button = null, int Status = StatusCodes.Status200OK);

/// <summary>
/// Answers to the weekly message. Looking changes nothing (mail scanners open every link); acting is done once, by the person's own rights, and touches only
/// free slots of the one agenda.
/// </summary>
internal sealed class WeeklyDesk(
    WeeklyLinks links, TerritoryCatalogue catalogue, ProfessionalDirectory people, IGrainFactory grains, ILedger ledger, AgendaCommands commands, Clock clock)
{
    private const string AnswerPart = "answer", OpenPart = "open";
    private static readonly WeeklyPage Unusable = new(NoticeWords.LinkUnusable.Title, [NoticeWords.LinkUnusable.Detail], Status: StatusCodes.Status404NotFound);
    private static readonly WeeklyPage TryAgain = new(NoticeWords.TryAgain.Title, [NoticeWords.TryAgain.Detail], Status: StatusCodes.Status503ServiceUnavailable);

    /// <summary>What a link is about, understood.</summary>
    private sealed record Case(WeeklyLink Link, KnownAgenda Agenda, Actor Actor, AgendaPicture Week, string Whose, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now)
    {
        internal BookingRules Rules => Agenda.Territory.Rules;
        internal string Zone => Rules.TimeZone;
        internal IEnumerable<SlotPicture> Ahead => Week.Slots.Where(s => !s.Withdrawn && s.Facts.Start > Now && s.Facts.Start >= From && s.Facts.Start < To);
        internal IReadOnlyList<SlotPicture> Free => [.. Ahead.Where(s => s.Taken == 0)];
        internal int Booked => Ahead.Sum(s => s.Taken);
        internal SlotToOpen? Extra => ExtraSlot.Propose(Week, Rules, From, To, Now);
    }

    /// <summary>The page with its button.</summary>
    internal async Task<WeeklyPage> Look(string token)
    {
        if (await Read(token) is not { } known) return Unusable;
        var (link, week) = (known.Link, NoticeWords.Week(known.Link.Week));
        if (await IsDone(link)) return new(NoticeWords.DoneTitle, [known.Whose, week, NoticeWords.AlreadyDone, NoticeWords.CloseThis]);
        var title = NoticeWords.Question(link.Answer);
        switch (link.Answer)
        {
            case WeeklyAnswer.Absent:
                return new(title, [known.Whose, week, NoticeWords.AbsentDetail(known.Free.Count, known.Booked)], NoticeWords.Button(link.Answer));
            case WeeklyAnswer.OneMore when known.Extra is { } extra:
                return new(title, [known.Whose, week, NoticeWords.OneMoreDetail(extra.Start, extra.End, known.Zone)], NoticeWords.Button(link.Answer));
            case WeeklyAnswer.OneMore:
                return new(title, [known.Whose, week, NoticeWords.OneMoreNone]);
            default:
                return new(title, [known.Whose, week, NoticeWords.AsUsualDetail, NoticeWords.Free(known.Free.Count, known.Booked)], NoticeWords.Button(link.Answer));
        }
    }

    /// <summary>Does what the link says, once.</summary>
    internal async Task<WeeklyPage> Act(string token)
    {
        if (await Read(token) is not { } known) return Unusable;
        var week = NoticeWords.Week(known.Link.Week);
        if (await IsDone(known.Link)) return new(NoticeWords.DoneTitle, [known.Whose, week, NoticeWords.AlreadyDone, NoticeWords.CloseThis]);
        if (known.Link.Answer == WeeklyAnswer.OneMore && known.Extra is null) return new(NoticeWords.Question(known.Link.Answer), [known.Whose, week, NoticeWords.OneMoreNone]);
        var (said, refused) = known.Link.Answer switch
        {
            WeeklyAnswer.Absent => await Withdraw(known),
            WeeklyAnswer.OneMore => await Open(known),
            _ => (NoticeWords.AsUsualDone, null),
        };
        if (refused is Refusal.LedgerUnavailable or Refusal.OutcomeUnknown or Refusal.CommandExpired) return TryAgain;
        if (refused is { } code)
        {
            var text = Problems.RefusalTable.Of(code).Text;
            return new(text.Title, [known.Whose, week, text.Detail], Status: StatusCodes.Status422UnprocessableEntity);
        }
        var kept = await grains.GetGrain<INoticeGrain>(known.Link.Agenda).Answered(known.Link.RequestId(AnswerPart), known.Link.Person, known.Link.Week, known.Link.Answer);
        return kept.Code is null ? new(NoticeWords.DoneTitle, [known.Whose, week, said, NoticeWords.CloseThis]) : TryAgain;
    }

    private async Task<(string Said, Refusal? Refused)> Withdraw(Case known)
    {
        var (withdrawn, kept) = (0, 0);
        foreach (var slot in known.Free)
        {
            var answer = await commands.Send(known.Link.Agenda, new WithdrawSlot(slot.Facts.SlotId, EvenIfHeld: false)
            {
                RequestId = known.Link.RequestId(slot.Facts.SlotId), Actor = known.Actor, NotAfter = commands.NotAfter,
            });
            switch (answer)
            {
                case Done: withdrawn++; break;
                case Refused { Code: Refusal.SlotWithdrawn }: break;
                case Refused { Code: Refusal.SlotHeld or Refusal.SlotBooked or Refusal.TooLate }: kept++; break; // somebody was quicker
                case Refused refused: return ("", refused.Code);
            }
        }
        return (NoticeWords.AbsentDone(withdrawn, kept + known.Booked), null);
    }

    private async Task<(string Said, Refusal? Refused)> Open(Case known)
    {
        var extra = known.Extra!;
        var answer = await commands.Send(known.Link.Agenda, new OpenSlots([extra])
        {
            RequestId = known.Link.RequestId(OpenPart), Actor = known.Actor, NotAfter = commands.NotAfter,
        });
        return answer switch
        {
            // Another place was proposed before the first tap's answer was kept: the slot is there.
            Refused { Code: Refusal.RequestIdReused } => (NoticeWords.AlreadyDone, null),
            Refused refused => ("", refused.Code),
            _ => (NoticeWords.OneMoreDone(NoticeWords.When(extra.Start, known.Zone)), null),
        };
    }

    private async Task<bool> IsDone(WeeklyLink link) => await ledger.FindAnswer(link.Person, link.RequestId(AnswerPart)) is not null;

    private async Task<Case?> Read(string token)
    {
        if (links.Read(token) is not { } link) return null;
        var (territories, agenda) = await catalogue.Agenda(link.Agenda);
        if (agenda is null) return null;
        // A link ends with the right it stands for.
        if (await people.Find(link.Person) is not { } person || !person.Agendas.Contains(link.Agenda)) return null;
        var zone = agenda.Territory.Rules.TimeZone;
        var (from, to) = (CivilTime.InstantOf(link.Week, default, zone), CivilTime.InstantOf(link.Week.AddDays(7), default, zone));
        var week = await grains.GetGrain<IAgendaGrain>(link.Agenda).Look(from, to);
        var whose = NoticeWords.Agenda(territories.Professional(agenda.Entry.PractitionerId)?.Name, territories.Place(agenda.Entry.PlaceId)?.Name ?? agenda.Entry.PlaceId);
        return new(link, agenda, person.ToActor(), week, whose, from, to, clock.Now);
    }
}

using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    /// <summary>Most weekly templates of one agenda.</summary>
    public const int MostTemplates = 40;
    /// <summary>Most starting times of one template.</summary>
    public const int MostTimes = 60;
    /// <summary>Shortest slot of a template, minutes.</summary>
    public const int ShortestSlotMinutes = 5;
    /// <summary>Most delegates of one agenda.</summary>
    public const int MostDelegates = 10;
    /// <summary>Most absences that are known at a time, past ones of the last days included.</summary>
    public const int MostAbsences = 50;
    /// <summary>Longest absence.</summary>
    public static readonly TimeSpan LongestAbsence = TimeSpan.FromDays(366);
    /// <summary>How far ahead an absence may begin.</summary>
    public static readonly TimeSpan FarthestAbsence = TimeSpan.FromDays(366);

    private static Outcome SetOwnTemplate(Asked asked, SetTemplate command)
    {
        if (!asked.MayManage(GrantAction.OpenSlot)) return Refuse(Refusal.NotAllowed);
        if (!IsSensible(command.Plan)) return Refuse(Refusal.InvalidTemplate);
        if (Documents.Same(asked.State.SettingsOrNone().Plan, command.Plan)) return Accept(new TemplatePublished(0, 0));
        var events = Refitted(asked.State, asked.Now, new TemplateSet(command.Plan));
        return Accept(
            new TemplatePublished(events.OfType<SlotsPublished>().Sum(p => p.Slots.Length), events.OfType<SlotWithdrawn>().Count()), events);
    }

    private static bool IsSensible(AgendaPlan plan) =>
        plan.Templates.Length <= MostTemplates
        && plan.Templates.Select(t => t.Id).Distinct().Count() == plan.Templates.Length
        && plan.Templates.All(IsSensible)
        && !(plan.TakeBackMinutes < 1) && !(plan.TakeBackMinutes > LongestNotice.TotalMinutes);

    private static bool IsSensible(WeeklyTemplate template) =>
        template.Id.Length > 0
        && template.Days.Length is >= 1 and <= 7 && template.Days.All(Enum.IsDefined)
        && template.Times.Length is >= 1 and <= MostTimes
        && template.Minutes >= ShortestSlotMinutes && template.Minutes <= LongestSlot.TotalMinutes
        && template.Capacity is >= 1 and <= MostCapacity
        && Enum.IsDefined(template.Mode) && (template.Audience & ~AnyAudience) == 0
        && !(template.ValidFrom > template.ValidTo);

    private static Outcome Absent(Asked asked, RecordAbsence command)
    {
        if (!asked.MayManage(GrantAction.CloseSlot)) return Refuse(Refusal.NotAllowed);
        var (state, settings) = (asked.State, asked.State.SettingsOrNone());
        var absence = new Absence(
            AgendaIds.Absence(asked.Definition.AgendaId, settings.AbsenceCount + 1), CivilTime.Milliseconds(command.From), CivilTime.Milliseconds(command.To),
            command.Locum, false);
        var sensible = absence.From < absence.To && absence.To > asked.Now && absence.To - absence.From <= LongestAbsence
            && absence.From <= asked.Now + FarthestAbsence && settings.Absences.Length < MostAbsences
            && absence.Locum is not "" && absence.Locum != asked.Definition.PractitionerId;
        if (!sensible) return Refuse(Refusal.InvalidAbsence);
        if (settings.Absences.Any(a => a.Covers(absence.From, absence.To))) return Refuse(Refusal.AbsenceOverlap);

        var slots = Ahead(asked, absence);
        if (absence.Locum is not null)
            return Accept(new AbsenceRecorded(absence.AbsenceId, 0, []), [new AbsenceStarted(absence), .. WithLocum(slots, absence.Locum)]);

        AgendaEvent[] toReplace = [.. slots.SelectMany(s => ToReplace(s, ReplaceCause.Absence))];
        // As when a template changes: what was withdrawn for it can be published again.
        var withdrawn = slots.Select(s => new SlotWithdrawn(s.Facts.SlotId, Superseded: true));
        return Accept(
            new AbsenceRecorded(absence.AbsenceId, slots.Length, [.. toReplace.Cast<BookingToReplace>().Select(b => b.BookingId)]),
            [new AbsenceStarted(absence), .. toReplace, .. withdrawn]);
    }

    private static Outcome Back(Asked asked, EndAbsence command)
    {
        if (!asked.MayManage(GrantAction.CloseSlot)) return Refuse(Refusal.NotAllowed);
        if (asked.State.SettingsOrNone().Absences.FirstOrDefault(a => a.AbsenceId == command.AbsenceId) is not { } absence) return Refuse(Refusal.AbsenceUnknown);
        if (absence.Ended || absence.To <= asked.Now) return Accept(new Done());
        AgendaEvent[] changes = [new AbsenceEnded(absence.AbsenceId), .. absence.Locum is null ? [] : WithLocum(Ahead(asked, absence), null)];
        return Accept(new Done(), Refitted(asked.State, asked.Now, changes));
    }

    /// <summary>Slots under the absence that have not begun: what has begun happened.</summary>
    private static AgendaSlot[] Ahead(Asked asked, Absence absence) =>
        [.. asked.State.Slots.Where(s => s.Withdrawal == Withdrawal.None && s.Facts.Start > asked.Now && absence.Covers(s.Facts.Start, s.Facts.End))];

    private static IEnumerable<AgendaEvent> WithLocum(AgendaSlot[] slots, string? locum) =>
        slots.Length == 0 ? [] : [new LocumSet([.. slots.Select(s => s.Facts.SlotId)], locum)];

    private static Outcome Delegate(Asked asked, SetDelegates command)
    {
        if (!asked.IsPractitioner) return Refuse(Refusal.NotAllowed);
        var named = command.Professionals;
        if (named.Length > MostDelegates || named.Distinct().Count() < named.Length || named.Any(id => id.Length == 0 || id == asked.Actor.Id))
            return Refuse(Refusal.InvalidDelegates);
        var delegation = new Delegation(named, asked.Actor.Role);
        var present = asked.State.SettingsOrNone().Delegation;
        return Documents.Same(present, named.IsEmpty ? null : delegation) ? Accept(new Done()) : Accept(new Done(), new DelegatesSet(delegation));
    }
}

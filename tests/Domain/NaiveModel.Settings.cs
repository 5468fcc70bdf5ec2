using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Domain;

/// <summary>The second telling of what practitioners decide: own template, absences, “en sus”, moved slots, delegates.</summary>
internal sealed partial class NaiveModel
{
    private static bool Manages(Actor a, NaiveAgenda agenda) => Owns(a, agenda) || (agenda.Delegates.Contains(a.Id) && a.Id is "coord" or "tele");

    private static void ToReplace(NaiveSlot slot)
    {
        foreach (var b in slot.Bookings)
            if (b.Status == AppointmentStatus.Booked) (b.Status, b.ClaimUntil) = (AppointmentStatus.ToReplace, null);
    }

    private static (string, bool) SetTemplate(NaiveAgenda agenda, SetTemplate c, DateTimeOffset now)
    {
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (c.Plan.TakeBackMinutes < 1 || c.Plan.Templates.Any(t => t.Times.IsEmpty)) return No("InvalidTemplate");
        if (agenda.Plan is { } plan && Content(new SetTemplate(plan) { RequestId = c.RequestId, Actor = c.Actor, NotAfter = now }) == Content(c)) return ("template 0 0", false);
        agenda.Plan = c.Plan;
        var (opened, withdrawn) = Refit(agenda, now);
        return ($"template {opened} {withdrawn}", true);
    }

    private static (string, bool) Absent(NaiveAgenda agenda, RecordAbsence c, DateTimeOffset now)
    {
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (c.From >= c.To || c.To <= now || c.To > c.From.AddDays(366) || agenda.KnownAbsences.Count >= 50 || c.Locum == (agenda.Stream == "gp" ? "gp" : "rad")) return No("InvalidAbsence");
        if (agenda.KnownAbsences.Any(a => a.Covers(c.From, c.To))) return No("AbsenceOverlap");
        var absence = new NaiveAbsence { Id = $"{agenda.Id}.a{agenda.Absences.Count + 1}", From = c.From, To = c.To, Locum = c.Locum };
        agenda.Absences.Add(absence);
        var under = agenda.Known.Where(s => !s.Withdrawn && s.Start > now && absence.Covers(s.Start, s.End)).OrderBy(s => s.Start).ToList();
        if (c.Locum is not null)
        {
            foreach (var s in under) s.Locum = c.Locum;
            return ($"absent {absence.Id} 0 ", true);
        }
        var replaced = under.SelectMany(s => s.Bookings).Where(b => b.Status == AppointmentStatus.Booked).Select(b => b.Id).ToList();
        foreach (var s in under)
        {
            ToReplace(s);
            s.Withdrawn = true;
            foreach (var h in s.Live(now)) h.Until = now;
        }
        return ($"absent {absence.Id} {under.Count} {string.Join(',', replaced)}", true);
    }

    private static (string, bool) Back(NaiveAgenda agenda, EndAbsence c, DateTimeOffset now)
    {
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (agenda.KnownAbsences.Find(a => a.Id == c.AbsenceId) is not { } absence) return No("AbsenceUnknown");
        if (absence.Ended || absence.To <= now) return ("done", false);
        foreach (var s in agenda.Known)
            if (!s.Withdrawn && s.Start > now && absence.Covers(s.Start, s.End)) s.Locum = null;
        absence.Ended = true;
        Refit(agenda, now);
        return ("done", true);
    }

    private static (string, bool) Replaced(NaiveAgenda agenda, MarkReplaced c)
    {
        var booking = agenda.Known.SelectMany(s => s.Bookings).FirstOrDefault(b => b.Id == c.BookingId);
        if (booking is not { Status: AppointmentStatus.ToReplace }) return ("done", false);
        booking.Status = AppointmentStatus.Replaced;
        return ("done", true);
    }

    private static (string, bool) Allow(NaiveAgenda agenda, AllowOverbook c)
    {
        if (!Owns(c.Actor, agenda)) return No("NotAllowed");
        if (agenda.Overbook == c.Allowed) return ("done", false);
        agenda.Overbook = c.Allowed;
        return ("done", true);
    }

    private static (string, bool) Overbook(NaiveAgenda agenda, OverbookSlot c, DateTimeOffset now)
    {
        if (agenda.Known.FirstOrDefault(s => s.Id == c.SlotId) is not { } slot) return No("SlotUnknown");
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (!agenda.Overbook) return No("OverbookNotAllowed");
        if (slot.Off(now)) return No("SlotWithdrawn");
        if (slot.Start <= now) return No("TooLate");
        if (slot.Extra == 2) return No("OverbookLimit");
        (slot.Capacity, slot.Extra, slot.FromTemplate) = (slot.Capacity + 1, slot.Extra + 1, false);
        return ("done", true);
    }

    private static (string, bool) Resize(NaiveAgenda agenda, ResizeSlot c, DateTimeOffset now)
    {
        if (agenda.Known.FirstOrDefault(s => s.Id == c.SlotId) is not { } slot) return No("SlotUnknown");
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (slot.Off(now)) return No("SlotWithdrawn");
        if (slot.Taken > 0) return No("SlotBooked");
        if (slot.Start <= now) return No("TooLate");
        if (slot.Live(now).OrderBy(h => h.Until).FirstOrDefault() is { } held) return ($"no SlotHeld {Iso(held.Until)} {held.Organization}", false);
        if (c.Start == slot.Start && c.End == slot.End) return ("opened " + slot.Id, false);
        if (c.End <= c.Start || c.End > c.Start.AddHours(4)) return No("InvalidSlot");
        if (c.Start <= now) return No("TooLate");
        if (!IsDaytime(c.Start, c.End)) return No("OutsideDaytime");
        if (agenda.Known.Any(x => x != slot && !x.Off(now) && x.Start < c.End && c.Start < x.End)) return No("SlotOverlap");
        (slot.Withdrawn, slot.ByHand) = (true, true);
        var moved = NewSlot(agenda, 0, c.Start, c.End, slot.Capacity, slot.Notice, slot.Audience, false, slot.TakeBack);
        agenda.Slots.Add(moved);
        return ("opened " + moved.Id, true);
    }

    private static (string, bool) Delegate(NaiveAgenda agenda, SetDelegates c)
    {
        if (!Owns(c.Actor, agenda)) return No("NotAllowed");
        if (c.Professionals.Contains(c.Actor.Id) || c.Professionals.Length != c.Professionals.Distinct().Count()) return No("InvalidDelegates");
        if (agenda.Delegates.SequenceEqual(c.Professionals)) return ("done", false);
        agenda.Delegates = [.. c.Professionals];
        return ("done", true);
    }
}

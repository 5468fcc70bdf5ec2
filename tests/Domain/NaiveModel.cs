using System.Globalization;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

/// <summary>
/// The rules of booking said a second time, as plainly as possible: one list per thing, loops over everything, .NET's own time zones,
/// all agendas and all patients in one place, nothing forgotten. It answers a command with the text of the expected answer.
/// </summary>
internal sealed partial class NaiveModel
{
    private readonly Dictionary<(string, Guid), (string Content, string Answer)> accepted = [];
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public List<NaiveAgenda> Agendas { get; } =
    [
        new() { Id = "gp-1", Stream = "gp" }, new() { Id = "gp-2", Stream = "gp" }, new() { Id = "xr-1", Stream = "imaging.xray" },
    ];

    public string Execute(string agendaId, AgendaCommand c, DateTimeOffset now)
    {
        if (accepted.TryGetValue((c.Actor.Id, c.RequestId), out var first)) return first.Content == Content(c) ? first.Answer : "no RequestIdReused";
        if (c.NotAfter < now) return "no CommandExpired";
        var agenda = Agendas.Single(a => a.Id == agendaId);
        if (agenda.Definition is null && c is not ConfigureAgenda) return "no AgendaUnknown";
        var (answer, changed) = c switch
        {
            ConfigureAgenda x => Configure(agenda, x, now),
            PublishAhead => Publish(agenda, now),
            OpenSlots x => Open(agenda, x, now),
            WithdrawSlot x => Withdraw(agenda, x, now),
            HoldSlot x => Hold(agenda, x, now),
            ExtendHold x => Extend(agenda, x, now),
            ReleaseHold x => Release(agenda, x, now),
            BookSlot x => Book(agenda, x, now),
            CancelBooking x => Cancel(agenda, x),
            SetTemplate x => SetTemplate(agenda, x, now),
            RecordAbsence x => Absent(agenda, x, now),
            EndAbsence x => Back(agenda, x, now),
            MarkReplaced x => Replaced(agenda, x),
            AllowOverbook x => Allow(agenda, x),
            OverbookSlot x => Overbook(agenda, x, now),
            ResizeSlot x => Resize(agenda, x, now),
            SetDelegates x => Delegate(agenda, x),
            RecordOutcome x => Record(agenda, x, now),
            _ => throw new InvalidOperationException(),
        };
        if (!changed) return answer;
        agenda.LastChange = now;
        accepted[(c.Actor.Id, c.RequestId)] = (Content(c), answer);
        return answer;
    }

    private static string Content(AgendaCommand c) => c switch
    {
        BookSlot b => $"book {b.SlotId} {b.HoldId} {b.CareRequestId} {b.Patient.ContentHash} {b.Eligibility} {b.Reason} {b.DecidedAt:O} {b.VitalSignsExcluded} {b.Override} {b.Replaces}",
        SetTemplate t => $"template {string.Join(';', t.Plan.Templates.Select(x => x.Id + string.Join(',', x.Times)))} {t.Plan.TakeBackMinutes} {t.Plan.SkipHolidays}",
        RecordAbsence a => $"absence {a.From:O} {a.To:O} {a.Locum}",
        EndAbsence a => $"end {a.AbsenceId}",
        MarkReplaced r => $"replaced {r.BookingId} {r.By}",
        AllowOverbook a => $"allow {a.Allowed}",
        OverbookSlot o => $"overbook {o.SlotId}",
        ResizeSlot r => $"resize {r.SlotId} {r.Start:O} {r.End:O}",
        SetDelegates d => $"delegates {string.Join(',', d.Professionals)}",
        HoldSlot h => $"hold {h.SlotId}",
        OpenSlots o => "open " + string.Join(';', o.Slots),
        ConfigureAgenda d => "configure " + string.Join(';', d.Definition.Templates.Select(t => t.Id + string.Join(',', t.Times))),
        PublishAhead => "publish",
        WithdrawSlot w => $"withdraw {w.SlotId} {w.EvenIfHeld} {w.ReplaceBookings}",
        ExtendHold x => $"extend {x.HoldId}",
        ReleaseHold x => $"release {x.HoldId}",
        CancelBooking x => $"cancel {x.BookingId} {x.Reason} {x.PatientInformed}",
        RecordOutcome x => $"outcome {x.BookingId} {x.Status}",
        _ => throw new InvalidOperationException(),
    };

    private static (string, bool) No(string code) => ("no " + code, false);
    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    private static bool Owns(Actor a, NaiveAgenda agenda) => (a.Id == "gp" && agenda.Stream == "gp") || (a.Id == "rad" && agenda.Id == "xr-1");

    private static bool MayBook(Actor a, NaiveSlot s) => a.Id switch
    {
        "p1" or "p2" => s.Stream == "gp" && s.Audience.HasFlag(Audience.Cpts),
        "reg" => s.Stream == "gp" && s.Audience.HasFlag(Audience.Snp),
        "gp" => s.Audience.HasFlag(Audience.Cpts) || s.Audience.HasFlag(Audience.Pro),
        _ => false,
    };

    private static bool IsDaytime(DateTimeOffset start, DateTimeOffset end, bool skipHolidays = true)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(start, Paris).DateTime, TimeZoneInfo.ConvertTime(end, Paris).DateTime);
        string[] holidays = ["2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11"];
        if (from.DayOfWeek == DayOfWeek.Sunday || skipHolidays && holidays.Contains(from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) return false;
        return from >= from.Date.AddHours(8) && to <= from.Date.AddHours(20);
    }

    private static (string, bool) Open(NaiveAgenda agenda, OpenSlots c, DateTimeOffset now)
    {
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (c.Slots.Length == 0) return No("InvalidSlot");
        var fresh = new List<NaiveSlot>();
        foreach (var s in c.Slots)
        {
            var (capacity, audience) = (s.Capacity ?? 1, s.Audience ?? (Audience.Snp | Audience.Cpts));
            if (s.End <= s.Start || s.End > s.Start.AddHours(4) || capacity < 1 || capacity > 20 || audience == 0 || s.Start > now.AddDays(60)) return No("InvalidSlot");
            if (s.Start <= now) return No("TooLate");
            if (!IsDaytime(s.Start, s.End)) return No("OutsideDaytime");
            if (agenda.Known.Where(x => !x.Off(now)).Concat(fresh).Any(x => x.Start < s.End && s.Start < x.End)) return No("SlotOverlap");
            fresh.Add(NewSlot(agenda, fresh.Count, s.Start, s.End, capacity, s.MinNoticeMinutes ?? 15, audience, false, null));
        }
        agenda.Slots.AddRange(fresh);
        return ("opened " + string.Join(',', fresh.Select(s => s.Id)), true);
    }

    private static NaiveSlot NewSlot(NaiveAgenda agenda, int offset, DateTimeOffset start, DateTimeOffset end, int capacity, int notice, Audience audience, bool template, int? takeBack) => new()
    {
        TakeBack = takeBack, Locum = agenda.KnownAbsences.Find(a => a.Covers(start, end))?.Locum,
        Id = $"{agenda.Id}.s{agenda.Slots.Count + offset + 1}", Stream = agenda.Stream, Start = start, End = end, Capacity = capacity, Notice = notice,
        Audience = audience, FromTemplate = template,
    };

    private static (string, bool) Withdraw(NaiveAgenda agenda, WithdrawSlot c, DateTimeOffset now)
    {
        var slot = agenda.Known.FirstOrDefault(s => s.Id == c.SlotId);
        if (slot is null) return No("SlotUnknown");
        if (!Manages(c.Actor, agenda)) return No("NotAllowed");
        if (slot.Off(now)) return No("SlotWithdrawn");
        if (slot.Taken > 0 && c.ReplaceBookings != true) return No("SlotBooked");
        if (slot.Start <= now) return No("TooLate");
        var others = slot.Live(now).Where(h => h.Actor != c.Actor.Id).OrderBy(h => h.Until).ToList();
        if (others.Count > 0 && !c.EvenIfHeld) return ($"no SlotHeld {Iso(others[0].Until)} {others[0].Organization}", false);
        ToReplace(slot);
        (slot.Withdrawn, slot.ByHand) = (true, true);
        foreach (var h in slot.Live(now)) h.Until = now;
        return ("done", true);
    }

    private (string, bool) Hold(NaiveAgenda agenda, HoldSlot c, DateTimeOffset now)
    {
        var slot = agenda.Known.FirstOrDefault(s => s.Id == c.SlotId);
        if (slot is null) return No("SlotUnknown");
        if (!MayBook(c.Actor, slot)) return No("NotAllowed");
        if (slot.Off(now)) return No("SlotWithdrawn");
        if (now >= slot.Start.AddMinutes(-slot.Notice)) return No("TooLate");
        var live = slot.Live(now).OrderBy(h => h.Until).ToList();
        if (live.Find(h => h.Actor == c.Actor.Id) is { } own) return ($"hold {own.Id} {Iso(own.Until)}", false);
        if (slot.Taken >= slot.Capacity) return No("SlotTaken");
        if (slot.Taken + live.Count >= slot.Capacity) return ($"no SlotHeld {Iso(live[0].Until)} {live[0].Organization}", false);
        if (slot.Start > now.AddMinutes(3).AddHours(24)) return No("OutsideWindow");
        var held = Agendas.SelectMany(a => a.Slots).SelectMany(s => s.Live(now)).Count(h => h.Actor == c.Actor.Id);
        if (held >= 2) return No("TooManyHolds");
        var hold = new NaiveHold { Id = $"{agenda.Id}.h{++agenda.HoldCount}", Actor = c.Actor.Id, Organization = c.Actor.OrganizationId, Until = now.AddMinutes(3) };
        slot.Holds.Add(hold);
        return ($"hold {hold.Id} {Iso(hold.Until)}", true);
    }

    private static (string, bool) Extend(NaiveAgenda agenda, ExtendHold c, DateTimeOffset now)
    {
        var hold = agenda.Slots.SelectMany(s => s.Holds).FirstOrDefault(h => h.Id == c.HoldId);
        if (hold is null) return No("HoldUnknown");
        if (hold.Until <= now) return No("HoldExpired");
        if (hold.Actor != c.Actor.Id) return No("HoldUnknown");
        if (hold.Extended) return No("HoldAlreadyExtended");
        (hold.Extended, hold.Until) = (true, hold.Until.AddMinutes(2));
        return ($"hold {hold.Id} {Iso(hold.Until)}", true);
    }

    private static (string, bool) Release(NaiveAgenda agenda, ReleaseHold c, DateTimeOffset now)
    {
        var hold = agenda.Slots.SelectMany(s => s.Holds).FirstOrDefault(h => h.Id == c.HoldId);
        if (hold is null) return No("HoldUnknown");
        if (hold.Until <= now) return ("done", false);
        if (hold.Actor != c.Actor.Id) return No("HoldUnknown");
        hold.Until = now;
        return ("done", true);
    }

    private (string, bool) Book(NaiveAgenda agenda, BookSlot c, DateTimeOffset now)
    {
        var slot = agenda.Known.FirstOrDefault(s => s.Id == c.SlotId);
        if (slot is null) return No("SlotUnknown");
        if (!MayBook(c.Actor, slot)) return No("NotAllowed");
        if (c.Reason is "M03.06" or "M01.00") return No("VitalSign");
        if (c.Reason == "nonsense") return No("ReasonNotAllowed");
        if (!c.VitalSignsExcluded && c.Actor.Id != "reg") return No("VitalSignsNotExcluded");
        if (slot.Off(now)) return No("SlotWithdrawn");
        if (now >= slot.Start.AddMinutes(-slot.Notice)) return No("TooLate");
        var decided = c.DecidedAt ?? now;
        if (decided > now.AddMinutes(2) || decided.AddHours(24) <= now) return No("InvalidDecisionTime");
        if (slot.Start > decided.AddHours(24)) return No("OutsideWindow");
        var live = slot.Live(now).OrderBy(h => h.Until).ToList();
        var own = live.Find(h => h.Actor == c.Actor.Id);
        if (c.HoldId is not null && c.HoldId != own?.Id)
        {
            var named = agenda.Slots.SelectMany(s => s.Holds).FirstOrDefault(h => h.Id == c.HoldId);
            if (named is null || named.Until > now) return No("HoldUnknown");
        }
        if (slot.Taken >= slot.Capacity) return No("SlotTaken");
        if (own is null && slot.Taken + live.Count >= slot.Capacity) return ($"no SlotHeld {Iso(live[0].Until)} {live[0].Organization}", false);
        var claims = Agendas.SelectMany(a => a.Slots).Where(s => s.Stream == slot.Stream).SelectMany(s => s.Bookings)
            .Where(b => b.Patient == c.Surrogate && b.ClaimUntil > now).ToList();
        var twice = c.Override && c.Replaces is null;
        if (claims.Count > 0 && !twice) return ($"no PatientAlreadyBooked {Iso(claims[0].ClaimUntil!.Value)} ", false);
        var place = 1;
        while (slot.Bookings.Any(b => b.Place == place && b.Status is not (AppointmentStatus.Cancelled or AppointmentStatus.Replaced))) place++;
        var deadline = decided.AddHours(24);
        slot.Bookings.Add(new()
        {
            Id = $"{agenda.Id}.b{++agenda.BookingCount}", Patient = c.Surrogate!, Organization = c.Actor.OrganizationId, Place = place, Role = c.Actor.Role,
            Replaces = c.Replaces,
            ClaimUntil = twice ? null : deadline > slot.End ? deadline : slot.End,
        });
        if (own is not null) own.Until = now;
        return ($"booked {agenda.Id}.b{agenda.BookingCount} {c.CareRequestId ?? $"{agenda.Id}.r{agenda.BookingCount}"} {Iso(deadline)}", true);
    }

    private static (string, bool) Cancel(NaiveAgenda agenda, CancelBooking c)
    {
        var booking = agenda.Known.SelectMany(s => s.Bookings).FirstOrDefault(b => b.Id == c.BookingId);
        if (booking is null) return No("BookingUnknown");
        var requester = booking.Organization == c.Actor.OrganizationId && c.Actor.Id is "p1" or "p2" or "reg" or "gp" && (agenda.Stream == "gp" || c.Actor.Id == "gp");
        if (!(requester && booking.Organization == c.Actor.OrganizationId) && !Owns(c.Actor, agenda)) return No("NotAllowed");
        if (booking.Status == AppointmentStatus.ToReplace && c.PatientInformed != true) return No("PatientNotInformed");
        if (booking.Status is not (AppointmentStatus.Booked or AppointmentStatus.ToReplace)) return No("BookingEnded");
        (booking.Status, booking.ClaimUntil) = (AppointmentStatus.Cancelled, null);
        return ("done", true);
    }

    private static (string, bool) Record(NaiveAgenda agenda, RecordOutcome c, DateTimeOffset now)
    {
        var slot = agenda.Known.FirstOrDefault(s => s.Bookings.Any(b => b.Id == c.BookingId));
        if (slot is null) return No("BookingUnknown");
        var booking = slot.Bookings.Single(b => b.Id == c.BookingId);
        if (!Owns(c.Actor, agenda)) return No("NotAllowed");
        if (c.Status is not (AppointmentStatus.Fulfilled or AppointmentStatus.NoShow)) return No("InvalidOutcome");
        if (booking.Status is AppointmentStatus.Cancelled or AppointmentStatus.ToReplace or AppointmentStatus.Replaced) return No("BookingEnded");
        if (now < slot.Start) return No("InvalidOutcome");
        if (booking.Status == c.Status) return ("done", false);
        booking.Status = c.Status;
        if (c.Status == AppointmentStatus.NoShow) booking.ClaimUntil = null;
        return ("done", true);
    }
}

using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

/// <summary>The second telling of what templates publish.</summary>
internal sealed partial class NaiveModel
{
    private static List<(DateTimeOffset Start, DateTimeOffset End)> Wanted(NaiveAgenda agenda, DateOnly from, DateOnly to, DateTimeOffset now)
    {
        var skip = agenda.Plan?.SkipHolidays ?? true;
        var all = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        for (var day = from; day <= to; day = day.AddDays(1))
            foreach (var template in agenda.Templates)
                foreach (var time in template.Times)
                {
                    var local = day.ToDateTime(time);
                    var start = new DateTimeOffset(local, Paris.GetUtcOffset(local)).ToUniversalTime();
                    if (start > now && IsDaytime(start, start.AddMinutes(template.Minutes), skip)) all.Add((start, start.AddMinutes(template.Minutes)));
                }
        all.Sort();
        for (var i = 1; i < all.Count;)
            if (all[i].Start < all[i - 1].End) all.RemoveAt(i);
            else i++;
        all.RemoveAll(w => agenda.KnownAbsences.Any(a => a.Locum is null && a.Covers(w.Start, w.End)));
        return all;
    }

    private static void PublishDays(NaiveAgenda agenda, DateOnly from, DateOnly to, DateTimeOffset now)
    {
        foreach (var (start, end) in Wanted(agenda, from, to, now))
            if (!agenda.Known.Any(s => (!s.Withdrawn || s.ByHand) && s.Start < end && start < s.End))
                agenda.Slots.Add(NewSlot(agenda, 0, start, end, 1, 15, Audience.Snp | Audience.Cpts, true, agenda.Plan?.TakeBackMinutes));
        agenda.Covered = to;
    }

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Paris).DateTime);

    private static (string, bool) Publish(NaiveAgenda agenda, DateTimeOffset now)
    {
        var (today, to) = (Today(now), Today(now).AddDays(3));
        if (agenda.Templates.Count == 0 || agenda.Covered >= to) return ("done", false);
        var from = agenda.Covered is { } covered && covered >= today ? covered.AddDays(1) : today;
        PublishDays(agenda, from, to, now);
        return ("done", true);
    }

    private static (string, bool) Configure(NaiveAgenda agenda, ConfigureAgenda c, DateTimeOffset now)
    {
        var old = agenda.Definition?.Templates;
        agenda.Definition = c.Definition;
        if (old is { } o && o.Select(t => t.Id).SequenceEqual(c.Definition.Templates.Select(t => t.Id))) return ("done", false);
        Refit(agenda, now);
        return ("done", true);
    }

    private static (int Opened, int Withdrawn) Refit(NaiveAgenda agenda, DateTimeOffset now)
    {
        var to = Today(now).AddDays(3);
        if (agenda.Covered > to) to = agenda.Covered.Value;
        var (wanted, withdrawn, before) = (Wanted(agenda, Today(now), to, now), 0, agenda.Slots.Count);
        foreach (var s in agenda.Known)
            if (s.FromTemplate && !s.Withdrawn && s.Start > now && s.Taken == 0 && s.Live(now).Count == 0
                && !(wanted.Contains((s.Start, s.End)) && s.TakeBack == agenda.Plan?.TakeBackMinutes))
            {
                s.Withdrawn = true;
                withdrawn++;
            }
        if (agenda.Templates.Count > 0) PublishDays(agenda, Today(now), to, now);
        return (agenda.Slots.Count - before, withdrawn);
    }
}

using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Notifications;

/// <summary>Where “+1 créneau” goes: right after (else right before) a slot of that week, as long and as open as it, on the first day that has room.</summary>
public static class ExtraSlot
{
    /// <summary>The slot to open; null when the week has none to follow, or no room.</summary>
    /// <param name="week">The agenda's slots, of that week at least.</param>
    /// <param name="rules">The territory's rules.</param>
    /// <param name="from">Start of the week, UTC.</param>
    /// <param name="to">End of the week, UTC.</param>
    /// <param name="now">UTC; nothing is opened that nobody could book any more.</param>
    public static SlotToOpen? Propose(AgendaPicture week, BookingRules rules, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var slots = week.Slots.Where(s => !s.Withdrawn).Select(s => s.Facts).ToArray();
        foreach (var day in slots.Where(s => s.Start >= from && s.End <= to).GroupBy(s => CivilTime.Day(s.Start, rules.TimeZone)).OrderBy(d => d.Key))
        {
            // The last slot first: an extra patient at the end of a day disturbs least.
            foreach (var model in day.OrderByDescending(s => s.Start))
                if (Fits(model, model.End) is { } after) return after;
            foreach (var model in day.OrderByDescending(s => s.Start))
                if (Fits(model, model.Start - (model.End - model.Start)) is { } before) return before;

            SlotToOpen? Fits(SlotFacts like, DateTimeOffset start)
            {
                var end = start + (like.End - like.Start);
                var fits = start.AddMinutes(-like.MinNoticeMinutes) > now && end <= to && Daytime.Contains(rules.Daytime, start, end, rules.TimeZone)
                    && !slots.Any(s => s.Start < end && start < s.End);
                return fits ? new(start, end, like.Mode, like.Audience, 1, like.MinNoticeMinutes) : null;
            }
        }
        return null;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace SnpLive.Web.Validation;

/// <summary>Instants of the contract: ISO 8601 with an offset, in years that make sense.</summary>
internal static partial class Instants
{
    /// <summary>The instant in UTC, or null when the text is none.</summary>
    internal static DateTimeOffset? Read(string text) =>
        text.Length <= 40 && Form().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
        && instant.Year is >= 2000 and < 2100
            ? instant.ToUniversalTime() : null;

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Form();
}

/// <summary>A range asked for in a query: open ends allowed.</summary>
internal readonly record struct InstantRange(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Reads <c>from</c> and <c>to</c>.</summary>
    internal static InstantRange Read(Fields fields, string? from, string? to)
    {
        var range = new InstantRange(fields.Instant("from", from), fields.Instant("to", to));
        if (range.From >= range.To) fields.Fault("to", Messages.BadRange);
        else if (range.To - range.From > TimeSpan.FromDays(Limits.RangeDays)) fields.Fault("to", Messages.RangeTooLong(Limits.RangeDays));
        return range;
    }

    /// <summary>Whether something that lasts from start to end touches the range.</summary>
    internal bool Touches(DateTimeOffset start, DateTimeOffset end) => !(end <= From) && !(start >= To);
}

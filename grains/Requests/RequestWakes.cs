using System.Collections.Immutable;
using System.Globalization;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Requests;

/// <summary>Wake-ups that a request sets for itself when it is opened.</summary>
public static class RequestWakes
{
    private const string Opening = "opening:";

    /// <summary>The window has ended.</summary>
    public const string Deadline = "deadline";

    /// <summary>Daytime care opens at an instant.</summary>
    public static string OpeningAt(DateTimeOffset at) => Opening + at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The instant named by <see cref="OpeningAt"/>; null for another cause.</summary>
    public static DateTimeOffset? OpeningOf(string cause) =>
        cause.StartsWith(Opening, StringComparison.Ordinal) && long.TryParse(cause.AsSpan(Opening.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>All of a request's wake-ups.</summary>
    internal static ImmutableArray<DueRow> Of(CareRequest request, ImmutableArray<DateTimeOffset> openings)
    {
        var stream = CareRequestStreams.Stream(request.CareRequestId);
        return [new(stream, Deadline, request.Deadline), .. openings.Select(at => new DueRow(stream, OpeningAt(at), at))];
    }
}

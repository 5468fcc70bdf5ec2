using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>A call as its centre's queues and screens know it: nothing that names a patient.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Version">Of its stream: the higher one is the newer.</param>
/// <param name="Line">Number called.</param>
/// <param name="Regime">Daytime or PDSA.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Level">Its level.</param>
/// <param name="Roles">Who works that level.</param>
/// <param name="Priority">Priority.</param>
/// <param name="CareLevel">Care level.</param>
/// <param name="Stream">The SAMU's stream.</param>
/// <param name="Reason">National reason.</param>
/// <param name="Communication">Communication difficulty.</param>
/// <param name="CommuneCode">Where the patient is.</param>
/// <param name="RangAt">First ring, UTC.</param>
/// <param name="AnsweredAt">First answer, UTC; null: never.</param>
/// <param name="WaitingSince">While waiting, UTC.</param>
/// <param name="TargetAt">While waiting: when the level's target passes, UTC.</param>
/// <param name="EscalatedAt">When it was said that it had passed.</param>
/// <param name="Returned">Its operator vanished.</param>
/// <param name="Repeats">How often the number rang again.</param>
/// <param name="CallerOnLine">Somebody is on the line.</param>
/// <param name="HungUpAt">When the caller hung up, UTC.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="Bookings">Bookings that serve it.</param>
/// <param name="LinkedTo">The file it was sent back from.</param>
/// <param name="ShortAbandon">Hung up at once.</param>
/// <param name="ClosedAt">When it ended, UTC.</param>
/// <param name="Archived">It has left the lists.</param>
/// <param name="NumberHash">Keyed hash of the number: files of one number find each other.</param>
[GenerateSerializer, Immutable, Alias("snp.CallPicture")]
public sealed record CallPicture(
    [property: Id(0)] string CallId, [property: Id(1)] long Version, [property: Id(2)] CallLine Line, [property: Id(3)] Regime Regime, [property: Id(4)] CallStatus Status,
    [property: Id(5)] string Level, [property: Id(6)] ImmutableArray<Role> Roles, [property: Id(7)] CallPriority Priority, [property: Id(8)] CareLevel? CareLevel,
    [property: Id(9)] RegulationStream? Stream, [property: Id(10)] string? Reason, [property: Id(11)] Communication? Communication, [property: Id(12)] string? CommuneCode,
    [property: Id(13)] DateTimeOffset RangAt, [property: Id(14)] DateTimeOffset? AnsweredAt, [property: Id(15)] DateTimeOffset? WaitingSince,
    [property: Id(16)] DateTimeOffset? TargetAt, [property: Id(17)] DateTimeOffset? EscalatedAt, [property: Id(18)] bool Returned, [property: Id(19)] int Repeats,
    [property: Id(20)] bool CallerOnLine, [property: Id(21)] DateTimeOffset? HungUpAt, [property: Id(22)] CallHolder? Holder, [property: Id(23)] CallExit? Decision,
    [property: Id(24)] string? DecidedBy, [property: Id(25)] DateTimeOffset? DecidedAt, [property: Id(26)] ImmutableArray<string> Bookings, [property: Id(27)] string? LinkedTo,
    [property: Id(28)] bool ShortAbandon, [property: Id(29)] DateTimeOffset? ClosedAt, [property: Id(30)] bool Archived, [property: Id(31)] string? NumberHash)
{
    /// <summary>The picture of a call at a version.</summary>
    public static CallPicture Of(Call call, long version)
    {
        var (said, level) = (call.Qualification, call.LevelNow());
        return new(
            call.CallId, version, call.Line, call.Regime, call.Status, call.Level, level.Roles, said.Priority, said.CareLevel, said.Stream, said.Reason, said.Communication,
            said.CommuneCode, call.RangAt, call.Steps.FirstOrDefault(s => s.AnsweredAt is not null)?.AnsweredAt, call.WaitingSince, call.TargetAt(), call.EscalatedAt, call.Returned,
            call.Repeats, call.CallerOnLine, call.HungUpAt, call.Holder, call.Decision?.Exit, call.Decision?.By.Id, call.Decision?.At, call.Bookings, call.LinkedTo,
            call.ShortAbandon, call.ClosedAt, call.Archived || call.Status == CallStatus.Joined, call.NumberHash);
    }
}

/// <summary>The order of a queue: priority; then who came back or called again; then the wait.</summary>
public sealed class QueueOrder : IComparer<CallPicture>
{
    /// <summary>The only one.</summary>
    public static QueueOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(CallPicture? x, CallPicture? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var order = x.Priority.CompareTo(y.Priority);
        if (order == 0) order = GoesFirst(y).CompareTo(GoesFirst(x));
        if (order == 0) order = (x.WaitingSince ?? x.RangAt).CompareTo(y.WaitingSince ?? y.RangAt);
        return order != 0 ? order : string.CompareOrdinal(x.CallId, y.CallId);
    }

    private static bool GoesFirst(CallPicture call) => call.Returned || call.Repeats > 0;
}

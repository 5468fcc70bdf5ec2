using SnpLive.Grains.Calls;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Calls;

/// <summary>What every command to a call answers.</summary>
internal sealed record CallDoneView(string CallId, long Version, string Status, string Level, bool? Joined, DateTimeOffset? UndoUntil, string RequestId)
{
    internal static CallDoneView Of(CallDone done, Guid requestId) => new(
        done.CallId, done.Version, done.Joined ? "waiting" : CallCodes.Status(done.Status, !done.CallBack), done.Level, done.Joined ? true : null, done.UndoUntil, requestId.ToString());
}

/// <summary>Somebody of the desk.</summary>
internal sealed record DeskPersonView(string Id, string Name, string Role)
{
    internal static DeskPersonView Of(CallPerson person, TerritorySetView territories) =>
        new(person.Id, territories.Professional(person.Id)?.Name ?? person.Id, CallCodes.Role(person.Role));
}

/// <summary>Who has a call.</summary>
internal sealed record CallHolderView(string Id, string Name, string Role, DateTimeOffset Since)
{
    internal static CallHolderView? Of(CallHolder? holder, TerritorySetView territories) =>
        holder is null ? null : new(holder.Person.Id, territories.Professional(holder.Person.Id)?.Name ?? holder.Person.Id, CallCodes.Role(holder.Person.Role), holder.Since);
}

/// <summary>A call as queues show it.</summary>
internal record CallRowView
{
    public required string Id { get; init; }
    public required string Label { get; init; }
    public required long Version { get; init; }
    public required string Line { get; init; }
    public required string Regime { get; init; }
    public required string Status { get; init; }
    public required string Level { get; init; }
    public required string Priority { get; init; }
    public string? CareLevel { get; init; }
    public string? Stream { get; init; }
    public string? Reason { get; init; }
    public string? Communication { get; init; }
    public string? CommuneCode { get; init; }
    public required DateTimeOffset RangAt { get; init; }
    public DateTimeOffset? WaitingSince { get; init; }
    public DateTimeOffset? TargetAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public required bool Returned { get; init; }
    public required int Repeats { get; init; }
    public required bool CallerOnLine { get; init; }
    public CallHolderView? Holder { get; init; }
    public string? Decision { get; init; }
    public required IReadOnlyList<string> Bookings { get; init; }
    public string? LinkedTo { get; init; }
    public bool? ShortAbandon { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    internal static CallRowView Of(CallPicture call, TerritorySetView territories) => Fill(call, territories, new CallRowView
    {
        Id = "", Label = "", Version = 0, Line = "", Regime = "", Status = "", Level = "", Priority = "", RangAt = default, Returned = false, Repeats = 0, CallerOnLine = false, Bookings = [],
    });

    protected static T Fill<T>(CallPicture call, TerritorySetView territories, T into) where T : CallRowView => into with
    {
        Id = call.CallId,
        Label = CallStreams.Label(call.CallId),
        Version = call.Version,
        Line = CallCodes.Lines.Write(call.Line),
        Regime = CallCodes.Regimes.Write(call.Regime),
        Status = CallCodes.Status(call.Status, call.CallerOnLine),
        Level = call.Level,
        Priority = CallCodes.Priorities.Write(call.Priority),
        CareLevel = call.CareLevel is { } care ? CallCodes.CareLevels.Write(care) : null,
        Stream = call.Stream is { } stream ? CallCodes.Streams.Write(stream) : null,
        Reason = call.Reason,
        Communication = call.Communication is { } communication ? CallCodes.Communications.Write(communication) : null,
        CommuneCode = call.CommuneCode,
        RangAt = call.RangAt,
        WaitingSince = call.WaitingSince,
        TargetAt = call.TargetAt,
        EscalatedAt = call.EscalatedAt,
        Returned = call.Returned,
        Repeats = call.Repeats,
        CallerOnLine = call.CallerOnLine,
        Holder = CallHolderView.Of(call.Holder, territories),
        Decision = call.Decision is { } exit ? CallCodes.Exits.Write(exit) : null,
        Bookings = [.. call.Bookings],
        LinkedTo = call.LinkedTo,
        ShortAbandon = call.ShortAbandon ? true : null,
        ClosedAt = call.ClosedAt,
    };
}

/// <summary>Caller in clear, from the vault.</summary>
internal sealed record CallerView(string? Phone, string? Name);

/// <summary>Patient in clear, from the vault.</summary>
internal sealed record CallPatientView(
    string? LastName, string? FirstName, DateOnly? BirthDate, string? Sex, string? Phone, string? Address, string? CommuneCode, string? RegisteredGp);

/// <summary>A note in clear, from the vault.</summary>
internal sealed record CallNoteView(string Id, DateTimeOffset At, DeskPersonView By, string Text);

/// <summary>A stay at a level.</summary>
internal sealed record CallStepView(string Level, string Regime, DateTimeOffset RangAt, DateTimeOffset? AnsweredAt, DateTimeOffset? LeftAt, DeskPersonView? By);

/// <summary>A decision.</summary>
internal sealed record CallDecisionView(string Exit, string Decision, string? Destination, string? Protocol, DeskPersonView By, DateTimeOffset At);

/// <summary>The emergency exit of a call.</summary>
internal sealed record CallEmergencyView(DateTimeOffset At, DeskPersonView By, DateTimeOffset UndoUntil, bool Confirmed);

/// <summary>What the reader may do with a call now.</summary>
internal sealed record CallAllowedView(IReadOnlyList<string> Exits, IReadOnlyList<string> TransferTo, string? AppointmentNeeds);

/// <summary>Another file of the same number.</summary>
internal sealed record OtherFileView(string Id, string Label, DateTimeOffset RangAt, string Status, string? Decision);

/// <summary>The file of a call, for the people of its centre.</summary>
internal sealed record CallFileView : CallRowView
{
    public required string Centre { get; init; }
    public required string Mode { get; init; }
    public string? ExternalNumber { get; init; }
    public string? CallerKind { get; init; }
    public required string CaresFor { get; init; }
    public CallerView? Caller { get; init; }
    public CallPatientView? Patient { get; init; }
    public required IReadOnlyList<CallNoteView> Notes { get; init; }
    public required IReadOnlyList<CallStepView> Steps { get; init; }
    public CallDecisionView? DecisionMade { get; init; }
    public CallEmergencyView? Emergency { get; init; }
    public required IReadOnlyList<string> LinkedFiles { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public required CallAllowedView Allowed { get; init; }
    public required IReadOnlyList<OtherFileView> OtherFiles { get; init; }

    internal static CallFileView Of(
        CallAt at, CentreMode mode, CallPeople? people, IReadOnlyList<CallNoteView> notes, CallAllowedView allowed, IReadOnlyList<OtherFileView> others, TerritorySetView territories)
    {
        var call = at.Call;
        DeskPersonView By(CallPerson person) => DeskPersonView.Of(person, territories);
        return Fill(CallPicture.Of(call, at.Version), territories, new CallFileView
        {
            Id = "", Label = "", Version = 0, Line = "", Regime = "", Status = "", Level = "", Priority = "", RangAt = default, Returned = false, Repeats = 0, CallerOnLine = false, Bookings = [],
            Centre = call.Rules.CentreId,
            Mode = CallCodes.Modes.Write(mode),
            ExternalNumber = call.Qualification.ExternalNumber,
            CallerKind = call.Qualification.CallerKind is { } kind ? CallCodes.Callers.Write(kind) : null,
            CaresFor = CallCodes.CaresFor.Write(call.Qualification.CaresFor),
            Caller = people is null ? null : new(people.CallerPhone, people.CallerName),
            Patient = people?.Patient is { } p
                ? new(p.LastName, p.FirstName, p.BirthDate, p.Sex is { } sex ? Codes.Sexes.Write(sex) : null, p.Phone, p.Address, p.CommuneCode, p.RegisteredGp)
                : null,
            Notes = notes,
            Steps = [.. call.Steps.Select(s => new CallStepView(s.Level, CallCodes.Regimes.Write(s.Regime), s.RangAt, s.AnsweredAt, s.LeftAt, s.By is { } by ? By(by) : null))],
            DecisionMade = call.Decision is { } d
                ? new(CallCodes.Exits.Write(d.Exit), CallCodes.Decisions.Write(d.Decision), d.Destination is { } to ? CallCodes.Destinations.Write(to) : null, d.Protocol, By(d.By), d.At)
                : null,
            Emergency = call.Emergency is { } e ? new(e.At, By(e.By), e.UndoUntil, e.Confirmed) : null,
            LinkedFiles = [.. call.LinkedFiles],
            Deadline = call.Decision is { Exit: CallExit.Appointment } made ? Grains.Rules.Windows.Deadline(made.At, call.Rules.WindowHours) : null,
            Allowed = allowed,
            OtherFiles = others,
        });
    }
}

/// <summary>A level of the flow in force.</summary>
internal sealed record LevelView(string Id, string Name, IReadOnlyList<string> Roles, int TargetSeconds, IReadOnlyList<string> Exits, IReadOnlyList<string> TransferTo, bool DaytimeOnly)
{
    internal static LevelView Of(CallLevel level) => new(
        level.Id, level.Name, [.. level.Roles.Select(CallCodes.Role)], level.TargetSeconds, [.. level.Exits.Select(CallCodes.Exits.Write)], [.. level.TransferTo], level.DaytimeOnly);
}

/// <summary>A protocol in force.</summary>
internal sealed record ProtocolView(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Reasons, IReadOnlyList<string> Exits, string Source);

/// <summary>How many calls an hour.</summary>
internal sealed record LoadView(int Expected, int Alert);

/// <summary>A centre and its flow in force.</summary>
internal sealed record CentreInfo(
    string Id, string Name, string Mode, string TimeZone, int WindowHours, IReadOnlyList<string> Territories, string Regime, DateTimeOffset? RegimeUntil, int RepeatMinutes,
    int ShortAbandonSeconds, int UndoSeconds, LoadView CallsPerHour, IReadOnlyList<LevelView> Levels, IReadOnlyList<ProtocolView> Protocols);

/// <summary>Somebody on duty.</summary>
internal sealed record DutyView(string Id, string Name, string Role, string? Level, string? CallId, DateTimeOffset Until);

/// <summary>The queue of a centre at (epoch, seq).</summary>
internal sealed record QueueView(
    string Centre, string Epoch, long Seq, DateTimeOffset AsOf, string Regime, IReadOnlyList<CallRowView> Calls, IReadOnlyList<DutyView> Duty, FiguresView Figures);

/// <summary>The lease of somebody on duty.</summary>
internal sealed record DutyLeaseView(bool OnDuty, DateTimeOffset Until);

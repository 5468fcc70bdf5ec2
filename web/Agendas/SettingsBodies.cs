using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Agendas;

/// <summary>The practitioner's own weekly template.</summary>
internal sealed record TemplateSetBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Empty: nothing is published.</summary>
    [Required, MaxLength(Limits.Templates)] public IReadOnlyList<TemplateBody?>? Templates { get; init; }
    /// <summary>Minutes before the start from which a slot that is still free goes back to the practitioner; absent: never.</summary>
    public int? TakeBackBefore { get; init; }
    [Required] public bool? SkipHolidays { get; init; }
}

/// <summary>“Monday to Friday at 11:40 and 17:20, 20 minutes.”</summary>
internal sealed record TemplateBody
{
    [Required] public string? Id { get; init; }
    /// <summary>monday … sunday.</summary>
    [Required, MaxLength(Limits.Days)] public IReadOnlyList<string?>? Days { get; init; }
    /// <summary>HH:mm, local time.</summary>
    [Required, MaxLength(Limits.Times)] public IReadOnlyList<string?>? Times { get; init; }
    [Required] public int? Minutes { get; init; }
    [Required] public string? Mode { get; init; }
    /// <summary>Absent or empty: SNP and CPTS.</summary>
    public IReadOnlyList<string?>? Audience { get; init; }
    public int? Capacity { get; init; }
    /// <summary>yyyy-MM-dd, included.</summary>
    public string? ValidFrom { get; init; }
    /// <summary>yyyy-MM-dd, included.</summary>
    public string? ValidTo { get; init; }

    internal static WeeklyTemplate Read(Fields fields, string path, TemplateBody? body)
    {
        if (!fields.Has(path, body)) return new("", [], [], 0, VisitMode.Surgery, Grains.Rules.Audience.None, 1, null, null);
        var (from, to) = (fields.Day($"{path}.validFrom", body!.ValidFrom), fields.Day($"{path}.validTo", body.ValidTo));
        if (from > to) fields.Fault($"{path}.validTo", Messages.BadRange);
        fields.List($"{path}.days", body.Days, Limits.Days);
        fields.List($"{path}.times", body.Times, Limits.Times);
        return new(
            fields.RequiredId($"{path}.id", body.Id, Ids.IsKey),
            [.. fields.Each($"{path}.days", body.Days, Limits.Days, (at, day) => fields.RequiredCode(at, day, Codes.Days)).Distinct()],
            [.. fields.Each($"{path}.times", body.Times, Limits.Times, fields.RequiredTime).Distinct().Order()],
            fields.RequiredNumber($"{path}.minutes", body.Minutes, Limits.SlotMinutesMin, Limits.SlotMinutes),
            fields.RequiredCode($"{path}.mode", body.Mode, Codes.Modes),
            body.Audience is { Count: > 0 } audience ? fields.Audience($"{path}.audience", audience) ?? default : Grains.Rules.Audience.None,
            fields.Number($"{path}.capacity", body.Capacity, 1, Limits.Capacity) ?? 1, from, to);
    }
}

/// <summary>A weekly template as shown.</summary>
internal sealed record TemplateShown(
    string Id, IReadOnlyList<string> Days, IReadOnlyList<string> Times, int Minutes, string Mode, IReadOnlyList<string> Audience, int Capacity,
    DateOnly? ValidFrom, DateOnly? ValidTo)
{
    internal static TemplateShown Of(WeeklyTemplate one) => new(
        one.Id, [.. one.Days.Select(Codes.Days.Write)], [.. one.Times.Select(time => time.ToString("HH:mm", CultureInfo.InvariantCulture))], one.Minutes,
        Codes.Modes.Write(one.Mode), Codes.Write(AudienceOf(one)), one.Capacity, one.ValidFrom, one.ValidTo);

    internal static Audience AudienceOf(WeeklyTemplate one) => one.Audience == Grains.Rules.Audience.None ? Grains.Rules.Audience.Snp | Grains.Rules.Audience.Cpts : one.Audience;
}

/// <summary>What setting a template did.</summary>
internal sealed record TemplateView(string RequestId, int Opened, int Withdrawn)
{
    internal static TemplateView Of(TemplatePublished published, Guid requestId) => new(requestId.ToString(), published.Opened, published.Withdrawn);
}

/// <summary>An absence to tell.</summary>
internal sealed record AbsenceBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>An instant with offset, or a civil day of the territory (yyyy-MM-dd).</summary>
    [Required] public string? From { get; init; }
    /// <summary>An instant, excluded, or a civil day, included.</summary>
    [Required] public string? To { get; init; }
    /// <summary>A professional of the territory who sees the patients meanwhile; absent: nobody.</summary>
    public string? Locum { get; init; }
}

/// <summary>An absence that was told.</summary>
internal sealed record AbsenceMade(string RequestId, string AbsenceId, int Withdrawn, IReadOnlyList<string> ToReplace)
{
    internal static AbsenceMade Of(AbsenceRecorded recorded, Guid requestId) => new(requestId.ToString(), recorded.AbsenceId, recorded.Withdrawn, recorded.ToReplace);
}

/// <summary>An absence as shown; instants in UTC, the end excluded.</summary>
internal sealed record AbsenceShown(string Id, DateTimeOffset From, DateTimeOffset To, string? Locum, string? LocumName, bool Ended);

/// <summary>Whether places “en sus” may be given.</summary>
internal sealed record AllowOverbookBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public bool? Allowed { get; init; }
}

/// <summary>Who manages the slots in the practitioner's place; the whole list.</summary>
internal sealed record DelegatesBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(Limits.Delegates)] public IReadOnlyList<string?>? Delegates { get; init; }
}

/// <summary>A delegate as shown.</summary>
internal sealed record DelegateShown(string Id, string Name, string Role);

/// <summary>What the practitioner decided about the agenda.</summary>
/// <param name="AgendaId">The agenda.</param>
/// <param name="OwnTemplate">Whether the templates are the practitioner's own; otherwise the imported ones.</param>
/// <param name="Templates">Weekly templates in force.</param>
/// <param name="TakeBackBefore">Minutes; null: never.</param>
/// <param name="SkipHolidays">Whether nothing is published on public holidays.</param>
/// <param name="Overbook">Whether places “en sus” may be given.</param>
/// <param name="Absences">By start.</param>
/// <param name="Delegates">Who manages the slots.</param>
/// <param name="BookableBy">Who may book what the templates publish, in plain French.</param>
/// <param name="CanOverbook">Whether the reader may say yes or no to “en sus”.</param>
/// <param name="CanDelegate">Whether the reader may name delegates.</param>
/// <param name="DelegateCandidates">Who may be named, by name; only for who may name them.</param>
internal sealed record AgendaSettingsView(
    string AgendaId, bool OwnTemplate, IReadOnlyList<TemplateShown> Templates, int? TakeBackBefore, bool SkipHolidays, bool Overbook,
    IReadOnlyList<AbsenceShown> Absences, IReadOnlyList<DelegateShown> Delegates, IReadOnlyList<string> BookableBy, bool CanOverbook, bool CanDelegate,
    IReadOnlyList<DelegateShown>? DelegateCandidates);

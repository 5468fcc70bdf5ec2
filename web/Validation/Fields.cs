using System.Globalization;
using SnpLive.Grains.Rules;

namespace SnpLive.Web.Validation;

/// <summary>Reads the fields of one request and gathers what is wrong with each, by path. A method that finds a fault answers with a default.</summary>
internal sealed class Fields
{
    private const int MaxErrors = 50;
    private readonly Dictionary<string, string[]> errors = [];

    /// <summary>Faults by path, such as <c>patient.birthDate</c>.</summary>
    internal IReadOnlyDictionary<string, string[]> Errors => errors;

    internal bool Valid => errors.Count == 0;

    internal void Fault(string path, string message)
    {
        if (errors.Count < MaxErrors) errors.TryAdd(path, [message]);
    }

    /// <summary>The caller's id of the command.</summary>
    internal Guid RequestId(string? value) => Uuid("requestId", value);

    internal Guid Uuid(string path, string? value)
    {
        if (value is null) Fault(path, Messages.Required);
        else if (Guid.TryParseExact(value, "D", out var id) && id != Guid.Empty) return id;
        else Fault(path, Messages.BadUuid);
        return default;
    }

    /// <summary>Something that must be there.</summary>
    internal bool Has<T>(string path, T? value) where T : class
    {
        if (value is null) Fault(path, Messages.Required);
        return value is not null;
    }

    internal bool Flag(string path, bool? value)
    {
        if (value is null) Fault(path, Messages.Required);
        return value ?? false;
    }

    internal int? Number(string path, int? value, int min, int max)
    {
        if (value is { } number && (number < min || number > max)) Fault(path, Messages.Between(min, max));
        return value;
    }

    /// <summary>A list with at least one element; null when it is unusable.</summary>
    internal IReadOnlyList<T>? List<T>(string path, IReadOnlyList<T>? value, int max)
    {
        if (value is null) Fault(path, Messages.Required);
        else if (value.Count == 0) Fault(path, Messages.Empty);
        else if (value.Count > max) Fault(path, Messages.TooMany(max));
        else return value;
        return null;
    }

    /// <summary>Text of one line, trimmed and in one Unicode form; null when absent or blank.</summary>
    internal string? Text(string path, string? value, int max, int min = 1)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        if (value.Length > 4 * max) return Refuse(path, Messages.TooLong(max));
        if (Unicode.Clean(value) is not { } text) return Refuse(path, Messages.ControlCharacters);
        if (text.Length > max) return Refuse(path, Messages.TooLong(max));
        if (text.Length < min) return Refuse(path, Messages.TooShort(min));
        return text;
    }

    internal string RequiredText(string path, string? value, int max, int min = 1) => Require(path, value, Text(path, value, max, min));

    /// <summary>A person's name.</summary>
    internal string? Name(string path, string? value)
    {
        var name = Text(path, value, Limits.Name);
        return name is null || Unicode.IsName(name) ? name : Refuse(path, Messages.BadName);
    }

    internal string RequiredName(string path, string? value) => Require(path, value, Name(path, value));

    /// <summary>A telephone number in international form, such as <c>+33612345678</c>.</summary>
    internal string Phone(string path, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return Require(path, null, null);
        return (value.Length <= Limits.Phone ? PhoneNumbers.Normalise(value) : null) ?? Refuse(path, Messages.BadPhone) ?? "";
    }

    internal DateOnly BirthDate(string path, string? value, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(value)) Fault(path, Messages.Required);
        else if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) Fault(path, Messages.BadDate);
        else if (date.Year < 1900 || date > today) Fault(path, Messages.BadBirthDate);
        else return date;
        return default;
    }

    /// <summary>An instant with an offset, in UTC; null when absent.</summary>
    internal DateTimeOffset? Instant(string path, string? value)
    {
        if (value is null) return null;
        if (Instants.Read(value) is { } instant) return instant;
        Fault(path, Messages.BadInstant);
        return null;
    }

    internal DateTimeOffset RequiredInstant(string path, string? value)
    {
        if (value is null) Fault(path, Messages.Required);
        return Instant(path, value) ?? default;
    }

    /// <summary>A civil day <c>yyyy-MM-dd</c>; null when absent.</summary>
    internal DateOnly? Day(string path, string? value)
    {
        if (value is null) return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(path, Messages.BadDate);
        return null;
    }

    /// <summary>A time of day <c>HH:mm</c>.</summary>
    internal TimeOnly RequiredTime(string path, string? value)
    {
        if (value is null) Fault(path, Messages.Required);
        else if (TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        else Fault(path, Messages.BadTime);
        return default;
    }

    /// <summary>A list that may be empty, but must be there; its elements are read one by one.</summary>
    internal IReadOnlyList<TRead> Each<T, TRead>(string path, IReadOnlyList<T>? value, int max, Func<string, T, TRead> read)
    {
        if (!Has(path, value)) return [];
        if (value!.Count > max) Fault(path, Messages.TooMany(max));
        else return [.. value.Select((one, i) => read($"{path}[{i}]", one))];
        return [];
    }

    internal int RequiredNumber(string path, int? value, int min, int max)
    {
        if (value is null) Fault(path, Messages.Required);
        return Number(path, value, min, max) ?? 0;
    }

    /// <summary>A value of a closed list; null when absent.</summary>
    internal T? Code<T>(string path, string? value, CodeList<T> list) where T : struct, Enum
    {
        if (value is null) return null;
        if (list.Find(value) is { } found) return found;
        Fault(path, Messages.OneOf(list.Names));
        return null;
    }

    internal T RequiredCode<T>(string path, string? value, CodeList<T> list) where T : struct, Enum
    {
        if (value is null) Fault(path, Messages.Required);
        return Code(path, value, list) ?? default;
    }

    /// <summary>Who may book a slot; null when absent.</summary>
    internal Audience? Audience(string path, IReadOnlyList<string?>? value)
    {
        if (value is null || List(path, value, Limits.AudienceCodes) is null) return null;
        var audience = Grains.Rules.Audience.None;
        for (var i = 0; i < value.Count; i++)
            audience |= RequiredCode($"{path}[{i}]", value[i], Codes.Audiences);
        return audience;
    }

    internal string Stream(string path, string? value)
    {
        if (value is null) return Require(path, null, null);
        return CareStreams.All.Contains(value) ? value : Refuse(path, Messages.OneOf(CareStreams.All)) ?? "";
    }

    /// <summary>A national reason code.</summary>
    internal string Reason(string path, string? value)
    {
        if (value is null) return Require(path, null, null);
        return ReasonCodes.Find(value) is not null ? value : Refuse(path, Messages.BadReason) ?? "";
    }

    /// <summary>An INSEE commune code; null when absent.</summary>
    internal string? Commune(string path, string? value)
    {
        if (value is null) return null;
        return Unicode.IsCommuneCode(value) ? value : Refuse(path, Messages.BadCommune);
    }

    /// <summary>An id of the given form; null when absent.</summary>
    internal string? Id(string path, string? value, Func<string, bool> form)
    {
        if (value is null) return null;
        return form(value) ? value : Refuse(path, Messages.BadId);
    }

    internal string RequiredId(string path, string? value, Func<string, bool> form) => Require(path, value, Id(path, value, form));

    private string? Refuse(string path, string message)
    {
        Fault(path, message);
        return null;
    }

    private string Require(string path, string? given, string? read)
    {
        if (read is null && string.IsNullOrWhiteSpace(given)) Fault(path, Messages.Required);
        return read ?? "";
    }
}

/// <summary>Bounds of the contract.</summary>
internal static class Limits
{
    internal const int Name = 100;
    internal const int Phone = 30;
    internal const int Address = 200;
    internal const int Note = 500;
    internal const int OverrideReason = 300;
    internal const int OverrideReasonMin = 5;
    internal const int AudienceCodes = 4;
    internal const int SlotsPerCommand = 100;
    internal const int Capacity = Grains.Agendas.AgendaDecider.MostCapacity;
    internal const int MinNotice = 24 * 60;
    internal const int RangeDays = 62;
    internal const int Templates = 40;
    internal const int Times = 60;
    internal const int Days = 7;
    internal const int TakeBack = 48 * 60;
    internal const int SlotMinutesMin = 5;
    internal const int SlotMinutes = 4 * 60;
    internal const int Delegates = 10;
    internal const int ImportFiles = 50;
    internal const int FileName = 200;
}

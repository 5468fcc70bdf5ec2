using System.Globalization;
using System.Text.Json;

namespace SnpLive.Grains.Territories.Import;

/// <summary>A JSON value with its path. Readers answer null after reporting what is wrong, and never throw.</summary>
internal readonly struct Value(JsonElement element, string path, ErrorSink errors)
{
    internal string Path => path;

    internal void Report(string code, string message) => errors.Add(path, code, message);

    /// <summary>Text without surrounding blanks, 1 to <paramref name="max"/> characters.</summary>
    internal string? Text(int max)
    {
        if (element.ValueKind != JsonValueKind.String) return Wrong<string>(ImportMessages.TypeText);
        if (Raw() is not { } text) return null;
        text = text.Trim();
        if (text.Length == 0) return Refuse("text-empty", ImportMessages.TextEmpty);
        return text.Length > max ? Refuse("text-too-long", ImportMessages.TextTooLong(text.Length, max)) : text;
    }

    /// <summary>Exact text of a known form.</summary>
    internal string? Form(Func<string, bool> isForm, string code, Func<string, string> message)
    {
        if (element.ValueKind != JsonValueKind.String) return Wrong<string>(ImportMessages.TypeText);
        if (Raw() is not { } text) return null;
        return isForm(text) ? text : Refuse(code, message(Shown(text)));
    }

    internal string? Id() => Form(Forms.IsId, "id", ImportMessages.Id);

    internal int? Whole(int min, int max)
    {
        if (element.ValueKind != JsonValueKind.Number) return WrongValue<int>(ImportMessages.TypeWhole);
        if (element.TryGetInt32(out var number) && number >= min && number <= max) return number;
        errors.Add(path, "range", ImportMessages.WholeRange(Shown(element.GetRawText()), min, max));
        return null;
    }

    internal double? Number(double min, double max)
    {
        if (element.ValueKind != JsonValueKind.Number) return WrongValue<double>(ImportMessages.TypeNumber);
        if (element.TryGetDouble(out var number) && number >= min && number <= max) return number;
        errors.Add(path, "range", ImportMessages.NumberRange(Shown(element.GetRawText()), min, max));
        return null;
    }

    internal bool? Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => WrongValue<bool>(ImportMessages.TypeFlag),
    };

    internal T? Choice<T>(IReadOnlyDictionary<string, T> words) where T : struct => Word(words.ContainsKey, words.Keys) is { } word ? words[word] : null;

    internal string? Word(IReadOnlyDictionary<string, string> words) => Word(words.ContainsKey, words.Keys);

    internal DateOnly? Date()
    {
        DateOnly date = default;
        return Form(t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date), "date", ImportMessages.Date)
            is null ? null : date;
    }

    internal TimeOnly? Time()
    {
        TimeOnly time = default;
        return Form(t => TimeOnly.TryParseExact(t, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time), "time", ImportMessages.Time)
            is null ? null : time;
    }

    /// <summary>The elements of an array.</summary>
    internal List<Value> Items(int max, int min = 0)
    {
        var items = new List<Value>();
        if (element.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "type", ImportMessages.TypeList);
            return items;
        }
        var count = element.GetArrayLength();
        if (count > max) errors.Add(path, "list-too-long", ImportMessages.ListTooLong(count, max));
        else if (count < min) errors.Add(path, "list-empty", ImportMessages.ListEmpty);
        foreach (var item in element.EnumerateArray().Take(max))
            items.Add(new(item, $"{path}[{items.Count}]", errors));
        return items;
    }

    /// <summary>The elements of an array as values; repeated ones are reported.</summary>
    internal List<T> Distinct<T>(int max, int min, Func<Value, T?> read) where T : struct
    {
        var seen = new List<T>();
        foreach (var item in Items(max, min))
            if (read(item) is { } value && !Repeated(seen, value, item)) seen.Add(value);
        return seen;
    }

    /// <summary>The elements of an array as words; repeated ones are reported.</summary>
    internal List<string> DistinctText(int max, int min, Func<Value, string?> read)
    {
        var seen = new List<string>();
        foreach (var item in Items(max, min))
            if (read(item) is { } value && !Repeated(seen, value, item)) seen.Add(value);
        return seen;
    }

    /// <summary>The members of an object; anything outside <paramref name="known"/> is reported.</summary>
    internal Fields Fields(params string[] known) => new(element, path, errors, known);

    /// <summary>What was written, short enough for a message.</summary>
    internal static string Shown(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return clean.Length <= ImportLimits.ShortText ? clean : clean[..ImportLimits.ShortText] + "…";
    }

    private static bool Repeated<T>(List<T> seen, T value, Value item)
    {
        if (!seen.Contains(value)) return false;
        item.Report("repeated", ImportMessages.Repeated);
        return true;
    }

    private string? Word(Func<string, bool> known, IEnumerable<string> words) =>
        Form(known, "choice", t => ImportMessages.Choice(t, words));

    /// <summary>The text as written; an escape of half a surrogate pair makes System.Text.Json throw.</summary>
    private string? Raw()
    {
        try
        {
            var text = element.GetString()!;
            return text.Any(char.IsControl) ? Refuse("bad-characters", ImportMessages.BadCharacters) : text;
        }
        catch (InvalidOperationException)
        {
            return Refuse("bad-characters", ImportMessages.BadCharacters);
        }
    }

    private string? Refuse(string code, string message)
    {
        errors.Add(path, code, message);
        return null;
    }

    private T? Wrong<T>(string message) where T : class
    {
        errors.Add(path, "type", message);
        return null;
    }

    private T? WrongValue<T>(string message) where T : struct
    {
        errors.Add(path, "type", message);
        return null;
    }
}

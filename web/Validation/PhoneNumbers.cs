namespace SnpLive.Web.Validation;

/// <summary>French telephone numbers as people write them, and foreign ones in international form.</summary>
internal static class PhoneNumbers
{
    // Overseas numbers have ten digits with 0 too, under country codes of their own.
    private static readonly (string National, string Country)[] Overseas =
        [("0262", "+262"), ("0263", "+262"), ("0692", "+262"), ("0693", "+262"), ("0590", "+590"), ("0690", "+590"), ("0691", "+590"), ("0594", "+594"), ("0694", "+594"), ("0596", "+596"), ("0696", "+596"), ("0697", "+596")];

    /// <summary>The number in international form, or null when it is none that a patient can have.</summary>
    internal static string? Normalise(string text)
    {
        var digits = new System.Text.StringBuilder(text.Length);
        var trimmed = text.Trim();
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            if (char.IsAsciiDigit(c) || (c == '+' && i == 0)) digits.Append(c);
            else if (c is not (' ' or '\u00A0' or '\u202F' or '.' or '-' or '(' or ')' or '/')) return null;
        }
        var number = digits.ToString();
        if (number.StartsWith("00", StringComparison.Ordinal)) number = "+" + number[2..];
        if (number.StartsWith("+330", StringComparison.Ordinal)) number = "+33" + number[4..];
        if (number.StartsWith("+33", StringComparison.Ordinal)) return number.Length == 12 && IsPersonal(number[3]) ? number : null;
        if (number.StartsWith('+')) return number.Length is >= 9 and <= 16 && number[1] != '0' ? number : null;
        if (number.Length != 10 || number[0] != '0' || !IsPersonal(number[1])) return null;
        foreach (var (national, country) in Overseas)
            if (number.StartsWith(national, StringComparison.Ordinal)) return country + number[1..];
        return "+33" + number[1..];
    }

    // 08 numbers are services; nobody is called back there.
    private static bool IsPersonal(char first) => first is >= '1' and <= '7' or '9';
}

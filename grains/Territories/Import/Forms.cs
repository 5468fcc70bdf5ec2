using System.Text.RegularExpressions;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Forms of identifiers. All patterns end at <c>\z</c>: a final line break is not forgiven.</summary>
public static partial class Forms
{
    /// <summary>Technical id: 1 to 40 of a–z, 0–9 and hyphen.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    /// <summary>INSEE code of a commune: 5 digits, or 2A/2B and 3 digits.</summary>
    public static bool IsInsee(string text) => InseeForm().IsMatch(text);

    /// <summary>French postal code: 5 digits.</summary>
    public static bool IsPostalCode(string text) => PostalForm().IsMatch(text);

    /// <summary>French number of 10 digits, in pairs or not, or an international one.</summary>
    public static bool IsPhone(string text) => PhoneForm().IsMatch(text);

    /// <summary>11 digits.</summary>
    public static bool IsRppsForm(string text) => RppsForm().IsMatch(text);

    /// <summary>Whether the last digit is the Luhn key of the others.</summary>
    public static bool HasLuhnKey(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z")] private static partial Regex IdForm();
    [GeneratedRegex(@"^([0-9]{2}|2A|2B)[0-9]{3}\z")] private static partial Regex InseeForm();
    [GeneratedRegex(@"^[0-9]{5}\z")] private static partial Regex PostalForm();
    [GeneratedRegex(@"^(0[1-9]( ?[0-9]{2}){4}|\+[1-9][0-9]{7,14})\z")] private static partial Regex PhoneForm();
    [GeneratedRegex(@"^[0-9]{11}\z")] private static partial Regex RppsForm();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SnpLive.Web.Validation;

/// <summary>Text from outside, made harmless: one Unicode form, nothing invisible, nothing that turns the writing direction.</summary>
internal static partial class Unicode
{
    private const int MaxMarksInARow = 2;

    /// <summary>The text in form C, trimmed, with plain spaces; null when it holds control, format or private characters, or is no Unicode.</summary>
    internal static string? Clean(string value)
    {
        if (!IsWellFormed(value)) return null;
        var text = new StringBuilder(value.Length);
        var marks = 0;
        foreach (var rune in value.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            switch (category)
            {
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
                    or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    return null;
                case UnicodeCategory.SpaceSeparator:
                    text.Append(' ');
                    break;
                default:
                    text.Append(rune);
                    break;
            }
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MaxMarksInARow) return null;
        }
        return text.ToString().Trim();
    }

    /// <summary>Letters, with spaces, hyphens, apostrophes and dots between them.</summary>
    internal static bool IsName(string text) => Name().IsMatch(text);

    internal static bool IsCommuneCode(string text) => CommuneCode().IsMatch(text);

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return false;
            i++;
        }
        return true;
    }

    [GeneratedRegex(@"\A\p{L}\p{M}*(?:[ '’.\-]{0,2}\p{L}\p{M}*)*\.?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(?:[0-9]{5}|2[AB][0-9]{3})\z")]
    private static partial Regex CommuneCode();
}

using System.Globalization;
using System.Text;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>Which two entries are the same patient: birth name, first name and birth date, written one way.</summary>
/// <remarks>
/// Sex and phone are left out on purpose: they are mistyped or missing at one door and not at another, and a missed
/// match would let one patient take two slots (domain reference §3.6).
/// </remarks>
public static class Traits
{
    /// <summary>The text that is hashed. A surrogate belongs to one SAS, so the SAS is part of it.</summary>
    public static string Of(string sasId, PatientIdentity identity) =>
        $"{sasId}\n{Normalise(identity.LastName)}\n{Normalise(identity.FirstName)}\n{identity.BirthDate.ToString("O", CultureInfo.InvariantCulture)}";

    /// <summary>Upper case, without accents, ligatures or anything that is not a letter: “L'Étrat-Œuvré” is “LETRATOEUVRE”.</summary>
    public static string Normalise(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name.Replace("œ", "oe").Replace("Œ", "OE").Replace("æ", "ae").Replace("Æ", "AE").Normalize(NormalizationForm.FormKD))
            if (char.IsLetter(c)) text.Append(char.ToUpperInvariant(c));
        return text.ToString();
    }
}

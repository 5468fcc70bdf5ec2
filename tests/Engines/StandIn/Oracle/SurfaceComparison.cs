namespace SnpLive.Tests.Engines.Oracle;

/// <summary>Whether everything that one surface declares exists, the same, in another.</summary>
internal sealed record SurfaceComparison(int Types, int Members, IReadOnlyList<string> Differences)
{
    /// <summary>What C# adds to a record struct: the official types write it by hand, or have no use for it.</summary>
    private static readonly string[] OfRecords = ["Equals(", "GetHashCode(", "ToString(", "op_Equality(", "op_Inequality("];

    public static SurfaceComparison Of(PublicSurface standIn, PublicSurface official)
    {
        List<string> differences = [];
        var (types, members) = (0, 0);
        foreach (var type in standIn.Types)
        {
            types++;
            if (!official.HasType(type))
            {
                differences.Add($"{type}: no such type in Orleans");
                continue;
            }

            foreach (var member in standIn.MembersOf(type))
            {
                if (official.Has(type, member)) members++;
                else if (!OfRecords.Any(r => member.Contains(r, StringComparison.Ordinal))) differences.Add($"{type}: {member}");
            }
        }

        return new(types, members, differences);
    }
}

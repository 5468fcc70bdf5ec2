using System.Reflection;
using SnpLive.StandIn;
using SnpLive.Tests.Engines.Oracle;

namespace SnpLive.Tests.Engines;

/// <summary>
/// The stand-in declares nothing that Orleans does not: code that compiles with it compiles with Orleans. What lives in
/// Orleans.Core.Abstractions is compared with the official package; the other packages cannot be restored everywhere, and their
/// few members stand in OfficialElsewhere.txt, checked by hand against Orleans' sources.
/// </summary>
public sealed class ApiOracleTests(ITestOutputHelper output)
{
    private const string Root = "Orleans";

    private static readonly PublicSurface StandIn = PublicSurface.OfAssembly(typeof(GrainEngine).Assembly.Location, Root);

    [Fact]
    public void Every_member_of_the_stand_in_exists_in_Orleans()
    {
        var (abstractions, elsewhere) = (Abstractions(), PublicSurface.OfLines(Elsewhere()));
        var compared = SurfaceComparison.Of(StandIn, official: Both(abstractions, elsewhere));
        output.WriteLine($"{compared.Members} members of {compared.Types} types compared.");
        Assert.True(compared.Differences.Count == 0, string.Join('\n', compared.Differences));
        Assert.True(compared.Types > 25 && compared.Members > 100, "The comparison lost sight of the stand-in.");
    }

    [Fact]
    public void The_checked_in_list_names_only_what_is_used_and_not_in_the_package()
    {
        var (abstractions, elsewhere) = (Abstractions(), PublicSurface.OfLines(Elsewhere()));
        Assert.DoesNotContain(elsewhere.Types, abstractions.HasType);
        var unused = elsewhere.Types.SelectMany(t => elsewhere.MembersOf(t), (t, m) => (t, m)).Where(x => !StandIn.Has(x.t, x.m));
        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("Orleans.Grain Void Invented()", "invents a method")]
    [InlineData("Orleans.Grain Void DeactivateOnIdle(Int32)", "changes a parameter")]
    [InlineData("Orleans.DeactivationReasonCode Orleans.DeactivationReasonCode ActivationIdle = 5", "changes a number")]
    [InlineData("Orleans.Runtime.IInvented is interface", "invents a type")]
    [InlineData("Orleans.IGrainFactory !!0 GetGrain`1(String, String)", "loses a constraint")]
    public void The_comparison_finds_a_surface_that(string line, string why)
    {
        var compared = SurfaceComparison.Of(PublicSurface.OfLines([line]), Abstractions());
        Assert.True(compared.Differences.Count == 1, why);
        Assert.Equal(0, compared.Members);
    }

    [Fact]
    public void The_comparison_finds_every_member_that_is_not_official()
    {
        var empty = SurfaceComparison.Of(StandIn, PublicSurface.OfLines([]));
        Assert.Equal(StandIn.Types.Count(), empty.Differences.Count);
        Assert.Equal(0, empty.Members);
    }

    private static PublicSurface Abstractions()
    {
        var path = typeof(ApiOracleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "OrleansAbstractions").Value!;
        Assert.True(File.Exists(path), $"{path} is missing: restore the tests project.");
        return PublicSurface.OfAssembly(path, Root);
    }

    private static IEnumerable<string> Elsewhere()
    {
        using var reader = new StreamReader(typeof(ApiOracleTests).Assembly.GetManifestResourceStream("OfficialElsewhere.txt")!);
        return reader.ReadToEnd().Split('\n');
    }

    private static PublicSurface Both(params PublicSurface[] surfaces) =>
        PublicSurface.OfLines(surfaces.SelectMany(s => s.Types.SelectMany(s.ToLines)));
}

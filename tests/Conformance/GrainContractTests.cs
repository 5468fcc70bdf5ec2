using System.Reflection;

namespace SnpLive.Tests.Conformance;

/// <summary>That the lint can fail is proved in <c>tests/Engines/StandIn/ContractLint</c>.</summary>
public sealed class GrainContractTests
{
    [Fact]
    public void The_grains_keep_the_rules_of_contracts()
    {
        var types = Assembly.Load("SnpLive.Grains").GetTypes();
        string[] wrong = [.. GrainContract.Check(types), .. GrainContract.CheckStates(types)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }
}

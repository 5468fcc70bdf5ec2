using System.Collections.Immutable;
using SnpLive.Tests.Conformance;

namespace SnpLive.Tests.Engines.ContractLint;

/// <summary>
/// Proves that the lint of grain contracts finds what it is there for. Here, and not beside it, because Orleans' code generator
/// would stumble over some of the bad samples; the lint itself is the same on both engines.
/// </summary>
public sealed class GrainContractLintTests
{
    [Fact]
    public void A_good_contract_passes() => Empty(Check(typeof(IGood), typeof(Good), typeof(GoodKind), typeof(GoodLeaf)));

    [Theory]
    [InlineData("no [Alias]", typeof(INameless))]
    [InlineData("INamelessMethod.Do: no [Alias]", typeof(INamelessMethod))]
    [InlineData("not a Task", typeof(IValueTasks))]
    [InlineData("CancellationToken on a command", typeof(ICancellable))]
    [InlineData("[OneWay] with a result", typeof(IOneWayResult))]
    [InlineData("alias \"same\" of several methods", typeof(ISameAlias))]
    [InlineData("List`1 is not of the closed set", typeof(ITakes<List<int>>))]
    [InlineData("Int32[] is not of the closed set", typeof(ITakes<int[]>))]
    [InlineData("Object is not of the closed set", typeof(ITakes<object>))]
    [InlineData("DateTime is not of the closed set", typeof(ITakes<ImmutableArray<DateTime?>>))]
    [InlineData("ClassMessage is not of the closed set", typeof(ITakes<ClassMessage>))]
    [InlineData("Open: neither sealed nor abstract", typeof(ITakes<Open>))]
    [InlineData("Bare: no [GenerateSerializer]", typeof(ITakes<Bare>))]
    [InlineData("Bare: no [Alias]", typeof(ITakes<Bare>))]
    [InlineData("Bare: no [Immutable]", typeof(ITakes<Bare>))]
    [InlineData("Unnumbered.B: no [property: Id(n)]", typeof(ITakes<Unnumbered>))]
    [InlineData("TwiceNumbered.B: Id 0 is taken", typeof(ITakes<TwiceNumbered>))]
    [InlineData("Settable.A: can be set", typeof(ITakes<Settable>))]
    [InlineData("WithField.a: a field", typeof(ITakes<WithField>))]
    [InlineData("Outer.A: ReadOnlyMemory`1 is not of the closed set", typeof(ITakes<ImmutableArray<Outer>>))]
    public void A_bad_contract_is_found(string expected, Type contract) =>
        Assert.Contains(Check(contract), w => w.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_bad_type_derived_from_a_message_is_found() =>
        Assert.Contains(Check(typeof(ITakes<Root>), typeof(Root), typeof(BadLeaf)), w => w.StartsWith("BadLeaf: no [Immutable]", StringComparison.Ordinal));

    [Fact]
    public void Two_messages_with_one_alias_are_found() =>
        Assert.Contains(Check(typeof(ITakes<Twin1>), typeof(ITakes<Twin2>)), w => w.Contains("the same alias \"twin\"", StringComparison.Ordinal));

    [Fact]
    public void A_bad_state_is_found() =>
        Assert.Contains(GrainContract.CheckStates([typeof(BadStateGrain)]), w => w.StartsWith("Bare: no [Alias]", StringComparison.Ordinal));

    private static IReadOnlyList<string> Check(params Type[] types) => GrainContract.Check(types);

    private static void Empty(IReadOnlyList<string> wrong) => Assert.True(wrong.Count == 0, string.Join('\n', wrong));
}

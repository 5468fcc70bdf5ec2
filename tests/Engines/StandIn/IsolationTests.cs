using System.Collections.Immutable;
using SnpLive.StandIn;

namespace SnpLive.Tests.Engines;

/// <summary>What Orleans would copy deeply, the stand-in passes, copies or refuses by type.</summary>
public sealed class IsolationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData("text")]
    [InlineData(DayOfWeek.Monday)]
    [InlineData(null)]
    public void Simple_values_pass(object? value) => Assert.Same(value, Isolation.Isolate(value));

    [Fact]
    public void Immutable_messages_and_arrays_of_them_pass()
    {
        object[] values = [new Leaf(1), ImmutableArray.Create(new Leaf(1)), ImmutableArray.Create<Stem>(new Leaf(2)), Guid.NewGuid()];
        Assert.All(values, v => Assert.Same(v, Isolation.Isolate(v)));
    }

    [Fact]
    public void Arrays_of_immutable_values_are_copied()
    {
        string[] mine = ["a", "b"];
        var theirs = Assert.IsType<string[]>(Isolation.Isolate(mine));
        Assert.NotSame(mine, theirs);
        Assert.Equal(mine, theirs);
    }

    [Fact]
    public void Mutable_objects_are_refused()
    {
        object[] values = [new List<int>(), new Dictionary<string, int>(), new object(), new Forgotten(1), new List<int>[1], new int[1, 1]];
        Assert.All(values, v => Assert.Throws<NotSupportedException>(() => Isolation.Isolate(v)));
    }

    [Fact]
    public void Only_types_that_may_hold_something_else_are_looked_at_call_by_call()
    {
        Assert.All([typeof(int), typeof(string), typeof(Leaf), typeof(DateOnly?), typeof(ImmutableArray<Leaf>)], t => Assert.False(Isolation.MayNeed(t)));
        Assert.All([typeof(Stem), typeof(int[]), typeof(object), typeof(IGrain), typeof(Forgotten)], t => Assert.True(Isolation.MayNeed(t)));
    }

    [Immutable]
    private abstract record Stem;

    [Immutable]
    private sealed record Leaf(int A) : Stem;

    /// <summary>The mark is not inherited: each message says it of itself.</summary>
    private sealed record Forgotten(int A) : Stem;
}

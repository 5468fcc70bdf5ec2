using Orleans.Storage;

namespace SnpLive.Tests.Conformance;

public sealed class StateTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    [Fact]
    public async Task State_outlives_the_activation()
    {
        var document = engine.Grains.GetGrain<IDocumentGrain>("kept");
        Assert.False(await document.Exists());
        Assert.Equal(0, await document.Revision());
        Assert.Equal(1, await document.Revise());
        Assert.Equal(2, await document.Revise());
        await document.Retire();
        Assert.Equal(2, await document.Revision());
        Assert.True(await document.Exists());
        Assert.Equal(1, engine.Stage.Times("deactivated kept"));
    }

    [Fact]
    public async Task Cleared_state_is_new_again()
    {
        var document = engine.Grains.GetGrain<IDocumentGrain>("cleared");
        await document.Revise();
        await document.Erase();
        Assert.False(await document.Exists());
        Assert.Equal(0, await document.Revision());
        Assert.Equal(1, await document.Revise());
    }

    [Fact]
    public async Task A_write_over_a_change_made_elsewhere_fails_and_the_next_call_reads_afresh()
    {
        var document = engine.Grains.GetGrain<IDocumentGrain>("conflict");
        await document.Revise();
        var stale = await document.Incarnation();
        engine.Documents.ChangeElsewhere("tests", "conflict");
        await Assert.ThrowsAsync<InconsistentStateException>(document.Revise);
        Assert.NotEqual(stale, await document.Incarnation());
        Assert.Equal(1, await document.Revision());
        Assert.Equal(2, await document.Revise());
    }

    [Fact]
    public async Task A_conflict_does_not_deactivate_the_grains_it_passes_through()
    {
        var document = engine.Grains.GetGrain<IDocumentGrain>("far conflict");
        var caller = engine.Grains.GetGrain<IDocumentGrain>("caller");
        await document.Revise();
        var before = await caller.Incarnation();
        engine.Documents.ChangeElsewhere("tests", "far conflict");
        await Assert.ThrowsAsync<InconsistentStateException>(() => caller.ReviseOther("far conflict"));
        Assert.Equal(before, await caller.Incarnation());
    }
}

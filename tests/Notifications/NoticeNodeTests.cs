using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Tests.Live;
using SnpLive.Web.Agendas;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Notifications;
using SnpLive.Web.Territories;

namespace SnpLive.Tests.Notifications;

/// <summary>A web node's ear on notices, before real screens and feeds that say what a test tells them.</summary>
public sealed class NoticeNodeTests
{
    private static readonly Actor Lead = new("gp", Role.GeneralPractitioner, "org-pha", null, ["quiet", "told"], [], []);

    private static TerritoryDocument Territory(string id) => LiveSample.Territory(
        id, 1, LiveSample.See(id, Role.GeneralPractitioner), new Grant(id, Role.GeneralPractitioner, "*", GrantAction.ReviewBreakGlass, GrantCondition.None, null, null, null, "essai"));

    [Fact]
    public async Task What_was_told_before_the_first_watch_is_looked_at_again()
    {
        TerritoryDocument[] territories = [Territory("quiet"), Territory("told")];
        var grains = new FakeGrains();
        grains.Put(_ => Fake.Of<ITerritoryDirectoryGrain>((_, _) => Task.FromResult<ImmutableArray<string>>([.. territories.Select(one => one.Id)])));
        grains.Put(id => Fake.Of<ITerritoryGrain>((_, _) => Task.FromResult<TerritoryDocument?>(territories.Single(one => one.Id == id))));
        grains.Put(_ => Fake.Of<IMembersGrain>((_, _) => Task.FromResult<ImmutableArray<Professional>>([])));
        // One of the two feeds spoke while no node listened, as when a glass is broken right after a start or an import.
        grains.Put(id => Fake.Of<INoticeFeedGrain>((_, _) => Task.FromResult(new NoticeFeedHead("e", id == "told" ? 1 : 0))));
        await using var stage = await LiveStage.StartAsync(null, territories);
        await using var screen = await stage.Connect(Lead);
        await screen.WatchAsync("quiet"); // the node knows the screen

        var catalogue = new TerritoryCatalogue(grains.Factory, TimeProvider.System, NullLogger<TerritoryCatalogue>.Instance);
        using var node = new NoticeNode(
            grains.Factory, catalogue, new Delegations(grains.Factory, TimeProvider.System), stage.Services.GetRequiredService<LiveLifetimeManager>(), new(), new Clock(TimeProvider.System),
            NullLogger<NoticeNode>.Instance);
        await node.StartAsync(TestContext.Current.CancellationToken);
        await screen.UntilAsync(one => one.Glasses.Contains("told"), "the lead looks again");
        Assert.Equal(["told"], screen.Glasses);
        Assert.Equal("again", Assert.Single(screen.Notices)[0].GetString());
        await node.StopAsync(TestContext.Current.CancellationToken);
    }
}

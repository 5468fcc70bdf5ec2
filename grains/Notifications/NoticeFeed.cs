using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SnpLive.Grains.Notifications;

/// <summary>What became of a notice.</summary>
public enum NewsKind
{
    /// <summary>It is there.</summary>
    Queued = 0,
    /// <summary>It was seen.</summary>
    Seen = 1,
    /// <summary>It went to the telesecretariat.</summary>
    Unseen = 2,
}

/// <summary>News for screens.</summary>
/// <param name="Seq">Number in the feed's epoch.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Notice">The notice.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeNews")]
public sealed record NoticeNews([property: Id(0)] long Seq, [property: Id(1)] NewsKind Kind, [property: Id(2)] Notice Notice);

/// <summary>Where a feed is.</summary>
/// <param name="Epoch">Changes when the feed starts anew.</param>
/// <param name="Seq">Number of its last news.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeFeedHead")]
public sealed record NoticeFeedHead([property: Id(0)] string Epoch, [property: Id(1)] long Seq);

/// <summary>A web node that shows notices.</summary>
[Alias("snp.INoticeObserver")]
public interface INoticeObserver : IGrainObserver
{
    /// <summary>News; may be lost, the node notices by number.</summary>
    [Alias("News"), OneWay] Task News(NoticeNews news);

    /// <summary>A glass was broken in a territory, or one was examined. No content; may be lost like news, of which it takes a number.</summary>
    [Alias("Glass"), OneWay] Task Glass(string territoryId, long seq);
}

/// <summary>Spreads a territory's news to the web nodes; key: the territory. In memory only: screens read the truth from the notices themselves.</summary>
[Alias("snp.INoticeFeedGrain")]
public interface INoticeFeedGrain : IGrainWithStringKey
{
    /// <summary>From a notice grain, after its commit; may be lost.</summary>
    [Alias("Tell"), OneWay] Task Tell(ImmutableArray<NoticeNews> news);

    /// <summary>A glass was broken here, or one was examined; may be lost.</summary>
    [Alias("TellGlass"), OneWay] Task TellGlass();

    /// <summary>Takes or renews a web node's lease.</summary>
    [Alias("Watch")] Task<NoticeFeedHead> Watch(string nodeId, INoticeObserver observer);
}

/// <inheritdoc cref="INoticeFeedGrain"/>
public sealed class NoticeFeedGrain(NoticeOptions options, TimeProvider time) : Grain, INoticeFeedGrain
{
    private readonly Dictionary<string, (INoticeObserver Observer, long Until)> nodes = new(StringComparer.Ordinal);
    private readonly string epoch = Guid.NewGuid().ToString("N");
    private long seq;

    /// <inheritdoc/>
    public Task Tell(ImmutableArray<NoticeNews> news)
    {
        DropEnded();
        foreach (var one in news)
        {
            var numbered = one with { Seq = ++seq };
            foreach (var (_, (observer, _)) in nodes) _ = observer.News(numbered);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TellGlass()
    {
        DropEnded();
        seq++;
        foreach (var (_, (observer, _)) in nodes) _ = observer.Glass(this.GetPrimaryKeyString(), seq);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<NoticeFeedHead> Watch(string nodeId, INoticeObserver observer)
    {
        nodes[nodeId] = (observer, time.GetTimestamp() + (long)(options.NodeLease.TotalSeconds * time.TimestampFrequency));
        return Task.FromResult(new NoticeFeedHead(epoch, seq));
    }

    private void DropEnded()
    {
        foreach (var gone in nodes.Where(n => time.GetTimestamp() > n.Value.Until).Select(n => n.Key).ToArray()) nodes.Remove(gone);
    }
}

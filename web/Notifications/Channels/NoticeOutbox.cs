using System.Collections.Frozen;
using System.Threading.Channels;
using SnpLive.Grains.Notifications;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>
/// Makes the attempts: one bounded queue and a few workers per channel, so that a dead channel delays no other and no booking. Nothing here is durable
/// and nothing needs to be: an attempt that is lost begins again when its lease ends.
/// </summary>
internal sealed partial class NoticeOutbox(
    ChannelOptions options, IEnumerable<INoticeSender> senders, OutgoingMessages messages, IGrainFactory grains, Clock clock, ILogger<NoticeOutbox> log)
    : BackgroundService, INoticeOutbox
{
    private const int ReportAttempts = 3;

    private readonly FrozenDictionary<NoticeChannel, (INoticeSender Sender, Channel<DeliveryJob> Queue)> channels = senders.ToFrozenDictionary(
        s => s.Channel, s => (s, Channel.CreateBounded<DeliveryJob>(new BoundedChannelOptions(options.QueueLimit) { FullMode = BoundedChannelFullMode.Wait })));

    /// <inheritdoc/>
    public bool Offer(DeliveryJob job) => channels.TryGetValue(job.Delivery.Route.Channel, out var channel) && channel.Queue.Writer.TryWrite(job);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(channels.Values.SelectMany(c => Enumerable.Range(0, options.Parallelism).Select(_ => Work(c.Sender, c.Queue.Reader, stoppingToken))));

    private async Task Work(INoticeSender sender, ChannelReader<DeliveryJob> queue, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await foreach (var job in queue.ReadAllAsync(stop))
            {
                // Waited too long here: the next attempt has begun, and two at once would be a needless repeat.
                if (job.Delivery.NextAt <= clock.Now) continue;
                if (await Attempt(sender, job, stop) is { } report) await Report(job.Notice.AgendaId, report, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping: what is under way begins again after the restart.
        }
    }

    private async Task<DeliveryReport?> Attempt(INoticeSender sender, DeliveryJob job, CancellationToken stop)
    {
        var delivery = job.Delivery;
        DeliveryReport Failed(string problem, bool final) => new(delivery.DeliveryId, delivery.Attempt, false, problem, final);
        if (!sender.Available) return Failed("not-configured", final: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.SendTimeout);
        try
        {
            var message = await messages.Of(job).WaitAsync(limit.Token);
            if (message is null) return Failed("unknown", final: true);
            await sender.Send(message, limit.Token).WaitAsync(limit.Token);
            return new(delivery.DeliveryId, delivery.Attempt, true, null, false);
        }
        catch (SendFailedException failed)
        {
            LogFailed(log, delivery.DeliveryId, sender.Channel, failed.Problem, delivery.Attempt);
            return Failed(failed.Problem, failed.Final);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            LogFailed(log, delivery.DeliveryId, sender.Channel, "timeout", delivery.Attempt);
            return Failed("timeout", final: false);
        }
        catch (Exception e)
        {
            LogBroken(log, e, delivery.DeliveryId, sender.Channel);
            return Failed("error", final: false);
        }
    }

    private async Task Report(string agendaId, DeliveryReport report, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.GetGrain<INoticeGrain>(agendaId).Resolve(report);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotReported(log, e, report.DeliveryId);
                if (attempt == ReportAttempts) return; // the lease ends, and it is told once more
                await Task.Delay(TimeSpan.FromSeconds(attempt), stop);
            }
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "Message {Delivery} by {Channel} was not taken ({Problem}, attempt {Attempt}).")]
    private static partial void LogFailed(ILogger log, string delivery, NoticeChannel channel, string problem, int attempt);

    [LoggerMessage(41, LogLevel.Error, "Message {Delivery} by {Channel} failed.")]
    private static partial void LogBroken(ILogger log, Exception error, string delivery, NoticeChannel channel);

    [LoggerMessage(42, LogLevel.Warning, "What became of message {Delivery} could not be kept.")]
    private static partial void LogNotReported(ILogger log, Exception error, string delivery);
}

using SnpLive.Grains.Notifications;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Notifications.Weekly;

namespace SnpLive.Web.Notifications;

/// <summary>Notices on this web node: screens, channels, the weekly message.</summary>
internal static class NotificationServices
{
    /// <summary>Adds them; section <c>Notifications</c>. After the silo, whose defaults they replace and whose engine must run first.</summary>
    internal static void AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Notifications");
        var notices = section.Get<NoticeOptions>() ?? new();
        var channels = section.Get<ChannelOptions>() ?? new();
        notices.Validate();
        channels.Validate();
        if (channels.SendTimeout >= notices.AttemptLease) throw new InvalidOperationException("Notifications: SendTimeout must be shorter than AttemptLease.");
        services.AddSingleton(notices);
        services.AddSingleton(channels);
        services.AddSingleton<NoticeHttp>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<INoticeSender>(p => p.GetRequiredService<MailSender>());
        services.AddSingleton<INoticeSender, PushSender>();
        services.AddSingleton<INoticeSender, SmsSender>();
        services.AddSingleton<OutgoingMessages>();
        services.AddSingleton<NoticeOutbox>();
        services.AddSingleton<INoticeOutbox>(p => p.GetRequiredService<NoticeOutbox>());
        services.AddHostedService(p => p.GetRequiredService<NoticeOutbox>());
        services.AddSingleton<NoticeNode>();
        services.AddHostedService(p => p.GetRequiredService<NoticeNode>());
        services.AddSingleton<WeeklyLinks>();
        services.AddSingleton<WeeklyDesk>();
        services.AddHostedService<WeeklyClock>();
    }
}

using SnpLive.Grains.Notifications;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>A message ready to leave.</summary>
/// <param name="Id">The delivery's id, the same in every attempt.</param>
/// <param name="Notice">What it tells.</param>
/// <param name="Text">What a person reads.</param>
/// <param name="To">The recipient's settings.</param>
/// <param name="Route">Where to.</param>
internal sealed record Outgoing(string Id, Notice Notice, NoticeText Text, NoticeSettings To, NoticeRoute Route);

/// <summary>What a person reads; without patient.</summary>
/// <param name="Title">One line.</param>
/// <param name="Lines">Further lines.</param>
/// <param name="Short">For an SMS.</param>
/// <param name="Place">The place with its address.</param>
/// <param name="Link">Into the application; null when its address is not configured.</param>
internal sealed record NoticeText(string Title, IReadOnlyList<string> Lines, string Short, string Place, Uri? Link);

/// <summary>An attempt that failed.</summary>
internal sealed class SendFailedException(string problem, bool final, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>A short code, kept with the delivery; never an address.</summary>
    internal string Problem => Message;
    /// <summary>Whether repeating it would not help.</summary>
    internal bool Final => final;
}

/// <summary>Sends through one channel.</summary>
internal interface INoticeSender
{
    /// <summary>Which.</summary>
    NoticeChannel Channel { get; }

    /// <summary>Whether it is configured.</summary>
    bool Available { get; }

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="SendFailedException">The receiver did not take it.</exception>
    Task Send(Outgoing message, CancellationToken stop);
}

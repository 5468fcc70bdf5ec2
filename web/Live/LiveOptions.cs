namespace SnpLive.Web.Live;

/// <summary>Every bound of the live board on a web node.</summary>
public sealed class LiveOptions
{
    /// <summary>How often a node renews its lease on a board; the board drops it after 15 s.</summary>
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A board that does not answer a renewal for so long counts as silent.</summary>
    public TimeSpan BoardPatience { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Pause after a failed renewal.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Pause before the board is asked once more, when frames are still missing after its answer.</summary>
    public TimeSpan AskPause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A board silent for so long is no longer shown as live: its screens are disconnected and reconnect until it is back.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the first viewer of a board waits for its picture.</summary>
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A board without viewers is dropped from memory after this.</summary>
    public TimeSpan BoardIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A view without viewers is dropped after this.</summary>
    public TimeSpan ViewIdle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often slots are looked at whose state changes by itself (a hold ends, too late, past).</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Shortest time between two frames per screen that gets them: what a delivery costs. 20 screens get each change at once, 1,000 screens get
    /// frames of 30 ms while changes keep coming.
    /// </summary>
    public TimeSpan FrameIntervalPerViewer { get; set; } = TimeSpan.FromMicroseconds(30);

    /// <summary>Longest time that changes are gathered into one frame.</summary>
    public TimeSpan MaxFrameInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Intervals below this are not worth a timer.</summary>
    public TimeSpan MinFrameInterval { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Frames kept per view for screens that lag or return.</summary>
    public int RingFrames { get; set; } = 256;

    /// <summary>Bytes of frames kept per view: beyond about this a snapshot is cheaper.</summary>
    public int RingBytes { get; set; } = 128 * 1024;

    /// <summary>A snapshot once encoded is sent to others while no more than so many frames follow it…</summary>
    public int SnapshotReuseFrames { get; set; } = 16;

    /// <summary>… and while it is no older than this.</summary>
    public TimeSpan SnapshotReuse { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Work waiting for one board; beyond it frames are dropped, which their numbers show.</summary>
    public int BoardQueue { get; set; } = 16_384;

    /// <summary>Frames that came out of order and wait for those before them.</summary>
    public int FramesAhead { get; set; } = 1_024;

    /// <summary>Territories per call.</summary>
    public int MaxTerritoriesPerCall { get; set; } = 32;

    /// <summary>Territories per connection.</summary>
    public int MaxTerritoriesPerConnection { get; set; } = 64;

    /// <summary>Longest message from a screen, bytes: a call with <see cref="MaxTerritoriesPerCall"/> cursors.</summary>
    public int MaxReceiveBytes { get; set; } = 16 * 1024;

    /// <summary>Bytes buffered per connection before a write waits for the screen.</summary>
    public int SendBufferBytes { get; set; } = 64 * 1024;

    /// <summary>A connection whose single write does not complete in this time is closed.</summary>
    public TimeSpan WritePatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a connection's person is looked up again: a session that ended ends its connections. With what a node remembers (3 s) well within 10 s.</summary>
    public TimeSpan ActorCheck { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How often the server speaks when there is nothing to say: a screen must notice a silent line within 3 s.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A silent screen is given up after this.</summary>
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Origins (such as <c>https://snp.example</c>) accepted besides the host that was called.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

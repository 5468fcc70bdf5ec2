namespace SnpLive.Grains.Boards;

/// <summary>Every bound of a board.</summary>
public sealed class BoardOptions
{
    /// <summary>Slots stay on the board for so long after their end, so that a viewer sees what became of them.</summary>
    public TimeSpan KeepAfterEnd { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Slots that start later than this are not on the board: longer than any window (48 h), its notice and a long week-end.</summary>
    public TimeSpan Horizon { get; set; } = TimeSpan.FromDays(8);

    /// <summary>Agendas with a hold decided since then are asked for their exact picture at a cold start; longer than any hold with its extension.</summary>
    public TimeSpan HoldMemory { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often agenda versions are compared with the ledger, and slots that ended leave.</summary>
    public TimeSpan Convergence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the whole range is read again: slots published beyond the horizon come into it.</summary>
    public TimeSpan RangeRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A web node that has not renewed for so long is no longer told (it renews every 5 s).</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the fair share is read again; it looks back over days, so it need not be exact.</summary>
    public TimeSpan TurnRefresh { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How many agendas are asked at once: a burst of cold activations must not exhaust the database.</summary>
    public int AskedAtOnce { get; set; } = 8;

    /// <summary>How often one agenda is asked again while it answers with less than was heard of it; the next comparison goes on.</summary>
    public int AskedInARow { get; set; } = 3;
}

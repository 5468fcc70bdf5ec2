using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>
/// Versions that streams are known to have reached durably, from what this process read and wrote. Rows of the log never go, so a remembered version is never too high; when
/// another process wrote, it is too low, and a unique constraint tells. What is forgotten costs a look-up. For several threads.
/// </summary>
internal sealed class StreamHeads
{
    /// <summary>Streams remembered at most; about 10 MB. Then all are forgotten.</summary>
    public const int Limit = 65_536;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> heads = [];

    /// <summary>The stream was seen at this version: its row was read.</summary>
    public void Saw(string stream, long version)
    {
        lock (gate) Remember(stream, version);
    }

    /// <summary>This became of a batch.</summary>
    public void Saw(IReadOnlyList<Commit> batch, CommitResult[] results)
    {
        lock (gate)
            for (var n = 0; n < batch.Count; n++)
                if (results[n] is CommitResult.Appended) Remember(batch[n].Stream, batch[n].Version);
    }

    /// <summary>Whether each commit of a batch, ordered by stream and version, is known to be the next of its stream.</summary>
    public bool LeadTo(IReadOnlyList<Commit> batch)
    {
        lock (gate)
        {
            for (var n = 0; n < batch.Count; n++)
            {
                var (stream, before) = (batch[n].Stream, batch[n].Version - 1);
                var head = n > 0 && batch[n - 1].Stream == stream ? batch[n - 1].Version : heads.GetValueOrDefault(stream);
                if (head != before) return false;
            }
            return true;
        }
    }

    private void Remember(string stream, long version)
    {
        if (version <= heads.GetValueOrDefault(stream)) return;
        if (heads.Count >= Limit && !heads.ContainsKey(stream)) heads.Clear();
        heads[stream] = version;
    }
}

using System.Collections.Immutable;

namespace SnpLive.Grains.Ledger;

/// <summary>How a kind of stream folds, so that <c>snp verify</c> can compare every derived row with the log.</summary>
public interface IStreamAudit
{
    /// <summary>The prefix of the streams it understands, such as <c>agenda/</c>.</summary>
    string Prefix { get; }

    /// <summary>Folds the commands from the first on; throws when an event cannot be applied.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="commands">All its commands, or a prefix of them, by version.</param>
    /// <param name="now">For claims: only those that end after it are expected.</param>
    StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now);
}

/// <summary>What the derived tables must hold for one stream.</summary>
/// <param name="State">The folded state as a snapshot would keep it (JSON).</param>
/// <param name="Claims">Claims in force.</param>
/// <param name="Occupancy">Occupied places, of all time.</param>
/// <param name="Slots">Published slots, of all time.</param>
public sealed record StreamExpectation(string State, ImmutableArray<ClaimRow> Claims, ImmutableArray<OccupancyRow> Occupancy, ImmutableArray<SlotRow> Slots);

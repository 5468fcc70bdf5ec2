using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Territories;

namespace SnpLive.Tests.Live;

/// <summary>A board keeper on a scheduler that takes one step at a time, as a grain's does, over agendas and a ledger in memory.</summary>
internal sealed class KeeperStage
{
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>A web node: what it was told.</summary>
    public sealed class Node
    {
        private readonly List<BoardFrame> frames = [];

        public Node(Func<Task>? slow = null) => Observer = Fake.Of<IBoardObserver>((_, args) =>
        {
            lock (frames) frames.Add((BoardFrame)args[0]!);
            return slow?.Invoke() ?? Task.CompletedTask;
        });

        public IBoardObserver Observer { get; }

        public ImmutableArray<BoardFrame> Frames
        {
            get { lock (frames) return [.. frames]; }
        }
    }

    private readonly TaskFactory turns = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
    private readonly Dictionary<string, AgendaPicture> agendas;

    public KeeperStage(TerritoryDocument document, BoardOptions? options = null)
    {
        Document = document;
        agendas = Enumerable.Range(0, 8).Select(n => $"{document.Id}-a{n}").ToDictionary(id => id, id => new AgendaPicture(id, 0, []));
        var grains = new FakeGrains();
        grains.Put(_ => Fake.Of<ITerritoryGrain>((_, _) => Task.FromResult<TerritoryDocument?>(Document)));
        grains.Put(id => Fake.Of<IAgendaGrain>((_, _) => Look(id)));
        var ledger = Fake.Of<ILedger>((method, args) => method.Name == "ReadBoard" ? ReadBoard((ImmutableArray<string>)args[0]!) : ReadVersions((ImmutableArray<string>)args[0]!));
        Keeper = new(document.Id, ledger, grains.Factory, options ?? new(), new FixedClock(LiveSample.Now), NullLogger.Instance);
    }

    public TerritoryDocument Document { get; set; }
    public BoardKeeper Keeper { get; }
    public bool LedgerDown { get; set; }
    public int RangeReads { get; private set; }
    public int Looks { get; private set; }
    public HashSet<string> RecentlyHeld { get; } = [];
    /// <summary>Held closed by a test, it keeps the ledger's range query under way.</summary>
    public Task LedgerGate { get; set; } = Task.CompletedTask;

    /// <summary>One turn of the grain.</summary>
    public Task<T> Turn<T>(Func<Task<T>> work) => turns.StartNew(work).Unwrap();
    public Task Turn(Func<Task> work) => turns.StartNew(work).Unwrap();
    public Task Turn(Action work) => turns.StartNew(work);

    public Task<BoardSnapshot?> Watch(Node node, string? epoch = null, long seq = -1, string id = "node") => Turn(() => Keeper.Watch(id, node.Observer, epoch, seq));

    /// <summary>An agenda commits; whoever calls decides whether the board hears of it.</summary>
    public AgendaChange Commit(string agenda, params SlotPicture[] slots)
    {
        lock (agendas)
        {
            var (_, version, before) = agendas[agenda];
            var after = before.Where(s => slots.All(c => c.Facts.SlotId != s.Facts.SlotId)).Concat(slots).ToImmutableArray();
            agendas[agenda] = new(agenda, version + 1, after);
            return new(agenda, version, version + 1, [.. slots]);
        }
    }

    public Dictionary<string, int> Truth()
    {
        lock (agendas) return Document.Agendas.SelectMany(a => agendas[a.Id].Slots).ToDictionary(s => s.Facts.SlotId, s => s.Taken);
    }

    private Task<AgendaPicture> Look(string id)
    {
        lock (agendas)
        {
            Looks++;
            return Task.FromResult(agendas[id]);
        }
    }

    private async Task<BoardRead> ReadBoard(ImmutableArray<string> ids)
    {
        if (LedgerDown) throw new LedgerUnavailableException("down");
        BoardRead read;
        lock (agendas)
        {
            RangeReads++;
            read = new([.. ids.Select(id => agendas[id].Version)], [.. ids.SelectMany(id => agendas[id].Slots).Select(Row)], [.. RecentlyHeld]);
        }
        await LedgerGate;
        return read;
    }

    private Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams)
    {
        if (LedgerDown) throw new LedgerUnavailableException("down");
        lock (agendas) return Task.FromResult<ImmutableArray<long>>([.. streams.Select(s => agendas[s[AgendaIds.StreamPrefix.Length..]].Version)]);
    }

    private static BoardSlotRow Row(SlotPicture slot) => new(
        new(slot.Facts.SlotId, slot.Facts.AgendaId, slot.Facts.Start, slot.Facts.End, slot.Withdrawn, 1, JsonSerializer.Serialize(slot.Facts, SnpJson.Options)), slot.Taken);
}

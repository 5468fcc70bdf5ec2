using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Live;

namespace SnpLive.Tests.Agendas;

/// <summary>
/// The ledger's promises about one stream as a list, its failures drawn. A test says when it goes on: commits are answered some at a time, in any order. Another
/// activation may write in between, even what was asked here.
/// </summary>
internal sealed class ScriptedLedger
{
    private readonly Random random;
    private readonly List<(Commit Commit, TaskCompletionSource<CommitResult> Answer)> waiting = [];
    // What was decided about a commit, before its caller hears of it.
    private readonly Dictionary<Task<CommitResult>, CommitResult?> results = [];
    private readonly Dictionary<string, string> surrogates = [];
    private readonly Dictionary<string, string> claims = [];

    public ScriptedLedger(Random random, IEnumerable<AgendaStep> before)
    {
        this.random = random;
        foreach (var step in before) Write(step.Commit);
        KnownHere = Log.Count;
        Port = Fake.Of<ILedger>((method, args) => method.Name switch
        {
            nameof(ILedger.Append) => Append((Commit)args[0]!),
            nameof(ILedger.Read) => Read(),
            nameof(ILedger.FindAnswer) => Task.FromResult(Find((string)args[0]!, (Guid)args[1]!)),
            _ => throw new NotSupportedException(method.Name),
        });
    }

    public ILedger Port { get; }
    public List<RecordedCommand> Log { get; } = [];
    public int UnderWay => waiting.Count;
    /// <summary>Of a hundred commits, how many fail for no reason of their own.</summary>
    public int Faults { get; set; }
    public List<string> Outcomes { get; } = [];
    /// <summary>The version that is known on this side. What a stranger wrote since, nobody here can know of before a commit is fenced.</summary>
    public int KnownHere { get; private set; }

    public AgendaState StateAt(int version) => AgendaFold.Load(new(null, [.. Log.Take(version)]));

    public RecordedAnswer? Find(string actor, Guid request) => Log.Where(r => r.ActorId == actor && r.RequestId == request)
        .Select(r => new RecordedAnswer(AgendaIds.Stream("gp-1"), r.Version, r.Fingerprint, r.Answer, r.OccurredAt)).SingleOrDefault();

    /// <summary>Writes some of what waits; the answers come in any order.</summary>
    public void GoOn() => GoOn(random.Next(1, waiting.Count + 1));

    /// <summary>Writes so many of what waits.</summary>
    public void GoOn(int count)
    {
        var batch = waiting.Take(count).Select(one => (one.Answer, Result: Outcome(one.Commit))).ToArray();
        if (batch.Length == 0) return;
        waiting.RemoveRange(0, batch.Length);
        random.Shuffle(batch);
        foreach (var (answer, result) in batch) answer.SetResult(result);
    }

    /// <summary>A patient has a booking on another agenda, a person a hold.</summary>
    public void ClaimElsewhere(string patient, string holder)
    {
        surrogates["hash-" + patient] = patient;
        claims[patient + CareStreams.Gp] = claims[HoldClaims.Holder(holder) + HoldClaims.Key(1)] = "elsewhere";
    }

    /// <summary>Another activation does this.</summary>
    public void WriteElsewhere(AgendaCommand command, DateTimeOffset now)
    {
        if (Find(command.Actor.Id, command.RequestId) is not null) return;
        var state = StateAt(Log.Count);
        if (command is BookSlot book) command = book with { Surrogate = surrogates.GetValueOrDefault(book.Patient.TraitHash!, $"elsewhere-{Log.Count}") };
        var decision = AgendaDecider.Decide(state, command, now);
        if (decision.Events.IsEmpty) return;
        var step = AgendaCommit.Build(state, command, decision);
        if (Taken(step.Commit) is null) Write(step.Commit);
    }

    private Task<CommitResult> Append(Commit commit)
    {
        var answer = new TaskCompletionSource<CommitResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((commit, answer));
        results.Add(answer.Task, null);
        return answer.Task;
    }

    private CommitResult Outcome(Commit commit)
    {
        var result = Decided(commit);
        results[waiting.Single(one => ReferenceEquals(one.Commit, commit)).Answer.Task] = result;
        Outcomes.Add(result.GetType().Name);
        return result;
    }

    private CommitResult Decided(Commit commit)
    {
        if (commit.Follows is { } followed && results[followed] is not CommitResult.Appended) return new CommitResult.Fenced();
        if (random.Next(100) < Faults)
        {
            switch (random.Next(5))
            {
                case 0: return new CommitResult.Unavailable();
                case 1: return new CommitResult.Unknown();
                case 2: return new CommitResult.Rejected("drawn");
                case 3: return new CommitResult.Fenced();
                default: // written, and the answer lost
                    if (Judge(commit) is CommitResult.Appended) Write(commit);
                    return new CommitResult.Unknown();
            }
        }
        var result = Judge(commit);
        if (result is not CommitResult.Appended) return result;
        Write(commit);
        KnownHere = Log.Count;
        return result;
    }

    private CommitResult Judge(Commit commit)
    {
        if (Find(commit.ActorId, commit.RequestId) is { } first)
            return first.Fingerprint == commit.Fingerprint ? new CommitResult.Duplicate(first) : new CommitResult.RequestIdReused();
        if (commit.Version != Log.Count + 1) return new CommitResult.Fenced();
        if (commit.Person is { TraitHash: { } hash } person && surrogates.TryGetValue(hash, out var known) && known != person.Surrogate) return new CommitResult.PersonKnown(known);
        return Taken(commit) is { } claim ? new CommitResult.ClaimTaken(claim) : new CommitResult.Appended();
    }

    private ClaimRow? Taken(Commit commit) =>
        commit.TakeClaims.FirstOrDefault(row => claims.TryGetValue(row.Holder + row.Key, out var owner) && owner != row.Owner) is { } row ? row with { Owner = claims[row.Holder + row.Key] } : null;

    private void Write(Commit commit)
    {
        foreach (var row in commit.DropClaims)
            if (claims.GetValueOrDefault(row.Holder + row.Key) == row.Owner) claims.Remove(row.Holder + row.Key);
        foreach (var row in commit.TakeClaims) claims[row.Holder + row.Key] = row.Owner;
        if (commit.Person is { TraitHash: { } hash } person) surrogates[hash] = person.Surrogate;
        Log.Add(new(commit.Version, commit.ActorId, commit.RequestId, commit.Fingerprint, commit.Answer, commit.OccurredAt, commit.Schema, commit.Payload));
    }

    private async Task<StreamRead> Read()
    {
        if (random.Next(2) == 0) await Task.Yield();
        if (random.Next(100) < Faults) throw new LedgerUnavailableException("drawn");
        KnownHere = Log.Count;
        return new(null, [.. Log]);
    }
}

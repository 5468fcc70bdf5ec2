using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Agendas;

/// <summary>
/// The commands of one agenda on their way: decided one after the other in their order of arrival, each on what those before it will have done; made durable
/// several at a time; and answered only when all that was decided before is durable. What anybody is shown is durable, too. When a commit is not made, what was
/// decided on it is decided again, after everything under way has been answered: what is decided before would only follow what cannot be made.
/// Used by one thread at a time, as a grain's turns are; its continuations run where it is called.
/// </summary>
/// <param name="agendaId">The agenda.</param>
/// <param name="ledger">Where it is kept.</param>
/// <param name="time">The domain's clock.</param>
/// <param name="appended">Told each durable step, in the order of versions; must not throw.</param>
/// <param name="fenced">Told that another activation writes.</param>
/// <param name="log">The shell's.</param>
internal sealed partial class AgendaLine(string agendaId, ILedger ledger, TimeProvider time, Action<AgendaStep> appended, Action fenced, ILogger log)
{
    /// <summary>
    /// Commits under way at once. A hot agenda sells so many places with one write; what a refused one costs is to decide those behind it again.
    /// Well below <see cref="AgendaState.MostAnswers"/>: a repeat of what is under way must find it remembered.
    /// </summary>
    internal const int MostUnderWay = 64;

    private readonly PriorityQueue<AskedCommand, long> waiting = new();
    private readonly Queue<CommitUnderWay> underWay = new();
    private CommitUnderWay? last;
    // Null until loaded, and again after an outcome that is not known: what is remembered may then be behind the ledger.
    private AgendaState? settled;
    private Task<AgendaState>? loading;
    private long arrivals;
    // Something under way was not appended: nothing is decided until all of it is answered.
    private bool broken;

    /// <summary>Decides a command and makes it durable. Throws <see cref="LedgerUnavailableException"/> when the agenda cannot be read.</summary>
    public Task<AgendaAnswer> Execute(AgendaCommand command)
    {
        if (command is BookSlot book) command = book with { Surrogate = Surrogates.New(time.GetUtcNow()) };
        var asked = new AskedCommand(command, ++arrivals);
        waiting.Enqueue(asked, asked.Arrival);
        DecideWaiting();
        return asked.Answered;
    }

    /// <summary>
    /// The durable state, with everything that was under way when it was asked for: whoever learned of a commit from the ledger finds it here.
    /// Throws <see cref="LedgerUnavailableException"/> when it cannot be read.
    /// </summary>
    public async Task<AgendaState> Settled()
    {
        if (last is { } until) await until.Settled;
        return settled ?? await Load();
    }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task Rest()
    {
        while (last is { } until) await until.Settled;
    }

    private void DecideWaiting()
    {
        while (!broken && underWay.Count < MostUnderWay && waiting.Count > 0)
        {
            if ((last?.Step.After ?? settled) is not { } ahead)
            {
                _ = Load();
                return;
            }
            Decide(waiting.Dequeue(), ahead);
        }
    }

    private void Decide(AskedCommand asked, AgendaState ahead)
    {
        try
        {
            var decision = AgendaDecider.Decide(ahead, asked.Command, time.GetUtcNow());
            if (!decision.Events.IsEmpty) Send(asked, AgendaCommit.Build(ahead, asked.Command, decision), decision);
            else if (last is not null) last.Behind.Add(new(asked, ahead, decision.Answer));
            else _ = Answer(new(asked, ahead, decision.Answer));
        }
        catch (Exception e)
        {
            asked.Fail(e);
        }
    }

    private void Send(AskedCommand asked, AgendaStep step, AgendaDecision decision)
    {
        var commit = last is null ? step.Commit : step.Commit with { Follows = last.Append };
        last = new(asked, step, decision, ledger.Append(commit));
        underWay.Enqueue(last);
        _ = Hear(last);
    }

    private async Task Hear(CommitUnderWay commit)
    {
        try
        {
            commit.Result = await commit.Append;
        }
        catch (Exception e)
        {
            LogFailed(log, e, agendaId);
            commit.Result = new CommitResult.Unknown();
        }
        Settle();
    }

    /// <summary>Works off what is answered, in the order of versions, whatever the order in which the answers came.</summary>
    private void Settle()
    {
        while (underWay.TryPeek(out var first) && first.Result is { } result)
        {
            underWay.Dequeue();
            if (underWay.Count == 0) last = null;
            if (result is CommitResult.Appended && !broken) Accept(first);
            else Refuse(first, result);
            first.End();
        }
        if (underWay.Count == 0) broken = false;
        DecideWaiting();
    }

    private void Accept(CommitUnderWay commit)
    {
        settled = commit.Step.After;
        appended(commit.Step);
        commit.Asked.Answer(commit.Decision.Answer);
        foreach (var unwritten in commit.Behind) _ = Answer(unwritten);
    }

    private void Refuse(CommitUnderWay commit, CommitResult result)
    {
        // What followed one that was not appended was not even looked at.
        if (broken && result is CommitResult.Fenced) Again(commit.Asked);
        else NotAppended(commit, result);
        broken = true;
        foreach (var unwritten in commit.Behind) Again(unwritten.Asked);
    }

    /// <summary>At the place that its arrival gives it.</summary>
    private void Again(AskedCommand asked) => waiting.Enqueue(asked, asked.Arrival);

    private Task<AgendaState> Load() => loading ??= Read();

    private async Task<AgendaState> Read()
    {
        await Task.Yield(); // so that 'loading' is set whatever follows
        AgendaState read;
        try
        {
            read = settled = AgendaFold.Load(await ledger.Read(AgendaIds.Stream(agendaId)));
        }
        catch (Exception e)
        {
            loading = null;
            while (waiting.TryDequeue(out var asked, out _)) asked.Fail(e);
            throw;
        }
        loading = null;
        DecideWaiting();
        return read;
    }

    private async Task Answer(UnwrittenAnswer unwritten)
    {
        try { unwritten.Asked.Answer(await FirstAnswer(unwritten)); }
        catch (Exception e) { unwritten.Asked.Fail(e); }
    }

    // A repeat of a command that the state has forgotten must not be refused for what it did itself.
    private async ValueTask<AgendaAnswer> FirstAnswer(UnwrittenAnswer unwritten)
    {
        var (asked, on, decided) = unwritten;
        if (decided is not Refused || !AgendaRepeats.MayBeForgotten(on, asked.Command)) return decided;
        var first = await ledger.FindAnswer(asked.Command.Actor.Id, asked.Command.RequestId);
        if (first is null) return decided;
        return first.Fingerprint == Fingerprint.Of(asked.Command) ? AgendaFold.AnswerOf(first.Answer) : new Refused(Refusal.RequestIdReused);
    }
}

using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Commands;

/// <summary>How long commands live. Section <c>Commands</c>.</summary>
internal sealed record CommandLimits
{
    /// <summary>After this a command that still waits is refused by the grain.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>After this the web answers <c>outcome-unknown</c>; longer than <see cref="TimeLimit"/>, so that most late ones are refused instead.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(12);
}

/// <summary>Sends commands to agendas. A time-out means unknown, never failed; and no command knows the request's cancellation.</summary>
internal sealed class AgendaCommands(IGrainFactory grains, ILedger ledger, Clock clock, CommandLimits limits, ILogger<AgendaCommands> logger)
{
    /// <summary>What was accepted from somebody under a request id; null: nothing.</summary>
    internal Task<RecordedAnswer?> FirstAnswer(Actor actor, Guid requestId) => ledger.FindAnswer(actor.Id, requestId);

    /// <summary>The not-after instant of a command sent now.</summary>
    internal DateTimeOffset NotAfter => clock.Now + limits.TimeLimit;

    internal async Task<AgendaAnswer> Send(string agendaId, AgendaCommand command)
    {
        try
        {
            return await grains.GetGrain<IAgendaGrain>(agendaId).Execute(command).WaitAsync(limits.AnswerLimit);
        }
        catch (LedgerUnavailableException)
        {
            return new Refused(Refusal.LedgerUnavailable);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            logger.OutcomeUnknown(command.GetType().Name, agendaId, unknown.GetType().Name);
            return new Refused(Refusal.OutcomeUnknown);
        }
    }
}

internal static partial class CommandLog
{
    [LoggerMessage(20, LogLevel.Warning, "{Command} to agenda {Agenda}: outcome unknown ({Kind}).")]
    internal static partial void OutcomeUnknown(this ILogger logger, string command, string agenda, string kind);
}

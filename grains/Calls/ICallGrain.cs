using Orleans.Concurrency;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>A call at a version of its stream.</summary>
[GenerateSerializer, Immutable, Alias("snp.CallAt")]
public sealed record CallAt([property: Id(0)] Call Call, [property: Id(1)] long Version);

/// <summary>One call from ring to outcome; key: the call. Its stream alone says who has it. Calls between grains go call → centre and agenda → call by due rows only.</summary>
[Alias("snp.ICallGrain")]
public interface ICallGrain : IGrainWithStringKey
{
    /// <summary>Executes a command.</summary>
    [Alias("Execute")] Task<CallAnswer> Execute(CallCommand command);

    /// <summary>The call; null when unknown.</summary>
    [Alias("Get"), ReadOnly] Task<CallAt?> Get();

    /// <summary>Why somebody may not book for it now; null: they may.</summary>
    [Alias("WhyNotBookable"), ReadOnly] Task<CallRefused?> WhyNotBookable(Actor actor);

    /// <summary>A wake-up (<see cref="CallStreams"/>).</summary>
    [Alias("Wake")] Task Wake(string cause);
}

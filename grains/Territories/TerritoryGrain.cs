using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories;

/// <summary>What a territory's document holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.TerritoryState")]
public sealed record TerritoryState
{
    /// <summary>The document; null until first put.</summary>
    [Id(0)] public TerritoryDocument? Document { get; init; }
}

/// <inheritdoc cref="ITerritoryGrain"/>
public sealed partial class TerritoryGrain(
    [PersistentState("territory", Documents.Storage)] IPersistentState<TerritoryState> document,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time,
    ILogger<TerritoryGrain> log) : Grain, ITerritoryGrain
{
    /// <summary>How many agendas or people are told at once: an import must not wake a whole territory in one burst.</summary>
    private const int ToldAtOnce = 8;
    private static readonly TimeSpan ConfigureTimeLimit = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task<TerritoryDocument?> Get() => Task.FromResult(document.State.Document);

    /// <inheritdoc/>
    public async Task<TerritoryImported> Put(TerritoryDocument wanted)
    {
        // Everything is compared again on each import and the document comes last, so that one cut off half-way is completed by the next.
        var people = await Tell(wanted.Professionals, p => GrainFactory.GetGrain<IProfessionalGrain>(p.Id).Put(p));
        var gone = document.State.Document is { } before ? before.Agendas.ExceptBy(wanted.Agendas.Select(a => a.Id), a => a.Id).ToArray() : [];
        await GrainFactory.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).Register(wanted.Id);
        var refused = new List<string>();
        var agendas = await Tell(wanted.Agendas, entry => Configure(DefinitionOf(wanted, entry), refused));
        // An agenda that left the file publishes nothing more and nobody has a right on it; its bookings stay in its stream.
        agendas += await Tell([.. gone], entry => Configure(DefinitionOf(wanted, entry) with { Templates = [], Grants = [] }, refused));
        var changed = !Documents.Same(document.State.Document, wanted);
        if (changed)
        {
            document.State = new() { Document = wanted };
            await document.WriteStateAsync();
        }
        if (changed || agendas > 0) await GrainFactory.GetGrain<IBoardGrain>(wanted.Id).TerritoryChanged();
        var problem = refused.Count == 0 ? null : $"Agendas not configured: {string.Join(", ", refused)}.";
        LogImported(log, wanted.Id, changed, agendas, people);
        return new(changed, agendas, people, problem);
    }

    private async Task<bool> Configure(AgendaDefinition definition, List<string> refused)
    {
        var agenda = GrainFactory.GetGrain<IAgendaGrain>(definition.AgendaId);
        if (Documents.Same(await agenda.Definition(), definition)) return false;
        var answer = await agenda.Execute(new ConfigureAgenda(definition)
        {
            RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = time.GetUtcNow() + ConfigureTimeLimit,
        });
        if (answer is not Refused no) return true;
        refused.Add($"{definition.AgendaId} ({no.Code})");
        return false;
    }

    /// <summary>What an agenda must know of its territory to decide alone.</summary>
    internal static AgendaDefinition DefinitionOf(TerritoryDocument territory, AgendaEntry entry) => new(
        entry.Id, territory.Sas.Id, territory.Id, [territory.Id, .. entry.AlsoShownIn], entry.PractitionerId, entry.PlaceId, entry.CareStream,
        entry.Templates, territory.Rules, [.. territory.Grants.Where(g => CareStreams.Covers(g.CareStream, entry.CareStream))]);

    private static async Task<int> Tell<T>(ImmutableArray<T> all, Func<T, Task<bool>> tell)
    {
        var changed = 0;
        foreach (var some in all.Chunk(ToldAtOnce))
            changed += (await Task.WhenAll(some.Select(tell))).Count(c => c);
        return changed;
    }

    [LoggerMessage(1, LogLevel.Information, "Territory {Territory} imported: document changed {Changed}, {Agendas} agendas, {People} people.")]
    private static partial void LogImported(ILogger log, string territory, bool changed, int agendas, int people);
}

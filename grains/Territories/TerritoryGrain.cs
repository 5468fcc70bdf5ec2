using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Grants;

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
    ILedger ledger,
    GrantOptions options,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time,
    ILogger<TerritoryGrain> log) : DocumentGrain<TerritoryState>(document), ITerritoryGrain
{
    /// <summary>How many agendas or people are told at once: an import must not wake a whole territory in one burst.</summary>
    private const int ToldAtOnce = 8;
    private static readonly TimeSpan ConfigureTimeLimit = TimeSpan.FromMinutes(1);

    private GrantKeeper? keeper;

    private GrantKeeper Keeper => keeper ??= new(this.GetPrimaryKeyString(), ledger, options, time, log);

    /// <inheritdoc/>
    public async Task<TerritoryDocument?> Get() => State.Document is { } written ? await WithGrants(written) : null;

    /// <inheritdoc/>
    public async Task<ImmutableArray<GrantEntry>> Grants() => (await Keeper.Book()).Entries;

    /// <inheritdoc/>
    public async Task<GrantAnswer> Execute(GrantCommand command)
    {
        if (State.Document is not { } territory) return new GrantsRefused(GrantRefusal.TerritoryUnknown);
        try
        {
            if ((await Keeper.Book()).Version == 0) await Keeper.Import(territory.Grants, territory.Rules.TimeZone); // imported before grants were events
            var answer = await Keeper.Execute(command, await ScopeOf(territory, command.Actor), territory.Rules.TimeZone);
            if (answer is GrantsChanged) await Spread(territory);
            return answer;
        }
        catch (LedgerUnavailableException) { return new GrantsRefused(GrantRefusal.LedgerUnavailable); }
    }

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        keeper = null; // a stale activation must not hand on what another one changed
        if (State.Document is { } territory && !await Spread(territory)) throw new InvalidOperationException($"Not all agendas of {territory.Id} know its grants."); // the sweeper repeats it
    }

    /// <inheritdoc/>
    public async Task<TerritoryImported> Put(TerritoryDocument wanted)
    {
        var known = State.Document;
        // A document that was read from here and not from a file (a table changed its people): its grants say nothing new.
        if (known is not null && wanted.Grants.SequenceEqual((await WithGrants(known)).Grants)) wanted = wanted with { Grants = known.Grants };
        var grantsChanged = await Keeper.Import(wanted.Grants, wanted.Rules.TimeZone);
        var inForce = await WithGrants(wanted);
        // Everything is compared again on each import and the document comes last, so that one cut off half-way is completed by the next.
        var people = await Tell(wanted.Professionals, p => GrainFactory.GetGrain<IProfessionalGrain>(p.Id).Put(p));
        var gone = known is not null ? known.Agendas.ExceptBy(wanted.Agendas.Select(a => a.Id), a => a.Id).ToArray() : [];
        await GrainFactory.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).Register(wanted.Id);
        var refused = new List<string>();
        var agendas = await Tell(wanted.Agendas, entry => Configure(DefinitionOf(inForce, entry), refused));
        // An agenda that left the file publishes nothing more and nobody has a right on it; its bookings stay in its stream.
        agendas += await Tell([.. gone], entry => Configure(DefinitionOf(inForce, entry) with { Templates = [], Grants = [] }, refused));
        var changed = !Documents.Same(State.Document, wanted);
        if (changed) await Keep(new() { Document = wanted });
        if (refused.Count == 0) await Keeper.Spread();
        if (changed || grantsChanged || agendas > 0) await GrainFactory.GetGrain<IBoardGrain>(wanted.Id).TerritoryChanged();
        var problem = refused.Count == 0 ? null : $"Agendas not configured: {string.Join(", ", refused)}.";
        LogImported(log, wanted.Id, changed, agendas, people);
        return new(changed || grantsChanged, agendas, people, problem);
    }

    private async Task<TerritoryDocument> WithGrants(TerritoryDocument written) =>
        await Keeper.Book() is { Version: > 0 } book ? written with { Grants = book.Grants } : written;

    private async Task<GrantScope> ScopeOf(TerritoryDocument territory, Actor asking)
    {
        var invited = await GrainFactory.GetGrain<IMembersGrain>(territory.Id).List();
        var people = territory.Professionals.Concat(invited).ToArray();
        return new(territory.Id, territory.Sas.Id, CivilTime.Day(time.GetUtcNow(), territory.Rules.TimeZone),
            [.. people.Select(one => one.ToActor()), asking], [.. people.SelectMany(one => one.Groups).Concat(territory.Grants.Select(g => g.Group).OfType<string>()).Distinct()]);
    }

    /// <summary>Hands the grants to the agendas, then tells the boards. What fails is done again by the wake-up that the commit left.</summary>
    private async Task<bool> Spread(TerritoryDocument written)
    {
        var refused = new List<string>();
        var territory = await WithGrants(written);
        var done = false;
        try
        {
            await Tell(territory.Agendas, entry => Configure(DefinitionOf(territory, entry), refused));
            if (refused.Count == 0) await Keeper.Spread();
            done = refused.Count == 0;
        }
        catch (Exception e) when (e is LedgerUnavailableException or TimeoutException or OrleansException) { LogNotSpread(log, e, territory.Id); }
        if (refused.Count > 0) LogRefused(log, territory.Id, string.Join(", ", refused));
        await GrainFactory.GetGrain<IBoardGrain>(territory.Id).TerritoryChanged();
        return done;
    }

    /// <inheritdoc/>
    public async Task Erase()
    {
        await GrainFactory.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).Remove(this.GetPrimaryKeyString());
        await GrainFactory.GetGrain<IMembersGrain>(this.GetPrimaryKeyString()).Erase();
        if (State.Document is not null) await Forget();
        await GrainFactory.GetGrain<IBoardGrain>(this.GetPrimaryKeyString()).TerritoryChanged();
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

    [LoggerMessage(2, LogLevel.Warning, "Some agendas of {Territory} do not know its grants yet; they are told again.")]
    private static partial void LogNotSpread(ILogger log, Exception error, string territory);

    [LoggerMessage(3, LogLevel.Warning, "Agendas of {Territory} refused its grants: {Agendas}.")]
    private static partial void LogRefused(ILogger log, string territory, string agendas);
}

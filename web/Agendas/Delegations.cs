using System.Collections.Concurrent;
using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Agendas;

/// <summary>
/// Which agendas somebody manages as a delegate: to show them, never to allow anything; that is the grain's decision. Agendas are asked only for
/// people who can be delegates at all, and remembered for a few seconds.
/// </summary>
internal sealed class Delegations(IGrainFactory grains, TimeProvider time) : IDelegates
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>Whether the actor is a delegate of the agenda's practitioner.</summary>
    internal async ValueTask<bool> Has(Actor actor, KnownAgenda agenda)
    {
        var tenant = agenda.Territory.Id;
        if (!Rights.CanBeDelegate(actor.Role) || !actor.Memberships.Contains(tenant)) return false;
        return Rights.IsDelegate(actor, tenant, await Of(agenda.Entry.Id));
    }

    /// <summary>Whom an agenda's practitioner named; null: nobody.</summary>
    internal async ValueTask<Delegation?> Of(string agendaId) => (await Settings(agendaId)).Delegation;

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<string>> Of(Actor actor, TerritoryDocument territory)
    {
        if (!Rights.CanBeDelegate(actor.Role) || !actor.Memberships.Contains(territory.Id)) return [];
        var known = await Task.WhenAll(territory.Agendas.Select(async entry => (entry.Id, Has: await Has(actor, new(territory, entry)))));
        return [.. known.Where(one => one.Has).Select(one => one.Id).Order(StringComparer.Ordinal)];
    }

    /// <summary>The agendas that the actor owns, manages, or was asked to manage.</summary>
    internal async Task<ImmutableArray<string>> Managed(Actor actor, TerritorySetView territories)
    {
        var delegated = await Task.WhenAll(territories.SeenBy(actor).Select(territory => Of(actor, territory).AsTask()));
        return [.. actor.Agendas.Concat(delegated.SelectMany(one => one)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>After a change that went through this node.</summary>
    internal void Forget(string agendaId) => kept.TryRemove(agendaId, out _);

    private async Task<AgendaSettings> Settings(string agendaId)
    {
        if (!kept.TryGetValue(agendaId, out var found) || time.GetUtcNow() >= found.Until)
            kept[agendaId] = found = new(new(() => grains.GetGrain<IAgendaGrain>(agendaId).Settings()), time.GetUtcNow() + Fresh);
        try { return await found.Answer.Value; }
        catch
        {
            kept.TryRemove(new(agendaId, found));
            throw;
        }
    }

    private sealed record Kept(Lazy<Task<AgendaSettings>> Answer, DateTimeOffset Until);
}

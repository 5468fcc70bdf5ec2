
namespace SnpLive.Grains.People;

/// <summary>What a professional's document holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.ProfessionalState")]
public sealed record ProfessionalState
{
    /// <summary>The person; null until first put.</summary>
    [Id(0)] public Professional? Professional { get; init; }
}

/// <inheritdoc cref="IProfessionalGrain"/>
public sealed class ProfessionalGrain([PersistentState("professional", Documents.Storage)] IPersistentState<ProfessionalState> document)
    : Grain, IProfessionalGrain
{
    /// <inheritdoc/>
    public Task<Professional?> Get() => Task.FromResult(document.State.Professional);

    /// <inheritdoc/>
    public async Task<bool> Put(Professional professional)
    {
        if (Documents.Same(document.State.Professional, professional)) return false;
        document.State = new() { Professional = professional };
        await document.WriteStateAsync();
        return true;
    }

    /// <inheritdoc/>
    public Task Erase() => document.State.Professional is null ? Task.CompletedTask : document.ClearStateAsync();
}

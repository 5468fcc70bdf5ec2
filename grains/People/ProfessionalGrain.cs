
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
    : DocumentGrain<ProfessionalState>(document), IProfessionalGrain
{
    /// <inheritdoc/>
    public Task<Professional?> Get() => Task.FromResult(State.Professional);

    /// <inheritdoc/>
    public async Task<bool> Put(Professional professional)
    {
        if (Documents.Same(State.Professional, professional)) return false;
        await Keep(new() { Professional = professional });
        return true;
    }

    /// <inheritdoc/>
    public Task Erase() => State.Professional is null ? Task.CompletedTask : Forget();
}

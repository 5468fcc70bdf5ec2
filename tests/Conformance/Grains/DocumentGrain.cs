namespace SnpLive.Tests.Conformance;

[GenerateSerializer, Immutable, Alias("tests.DocumentState")]
public sealed record DocumentState
{
    [Id(0)]
    public int Revision { get; init; }
}

[Alias("tests.IDocumentGrain")]
public interface IDocumentGrain : IGrainWithStringKey
{
    [Alias("Revise")]
    Task<int> Revise();

    [Alias("Revision")]
    Task<int> Revision();

    [Alias("Erase")]
    Task Erase();

    [Alias("Exists")]
    Task<bool> Exists();

    [Alias("Incarnation")]
    Task<Guid> Incarnation();

    [Alias("Retire")]
    Task Retire();

    /// <summary>Lets the errors of another document pass through.</summary>
    [Alias("ReviseOther")]
    Task<int> ReviseOther(string other);
}

public sealed class DocumentGrain([PersistentState("tests", "documents")] IPersistentState<DocumentState> document, Stage stage)
    : Grain, IDocumentGrain
{
    private readonly Guid incarnation = Guid.NewGuid();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Signal("deactivated " + this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<int> Revise()
    {
        document.State = document.State with { Revision = document.State.Revision + 1 };
        await document.WriteStateAsync();
        return document.State.Revision;
    }

    public Task<int> Revision() => Task.FromResult(document.State.Revision);

    public Task Erase() => document.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(document.RecordExists);

    public Task<Guid> Incarnation() => Task.FromResult(incarnation);

    public Task Retire()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> ReviseOther(string other) => GrainFactory.GetGrain<IDocumentGrain>(other).Revise();
}

using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace SnpLive.Grains.People;

/// <summary>A break-glass access that the medical lead examined.</summary>
/// <param name="Seq">Its number in the access log.</param>
/// <param name="By">Who examined it.</param>
/// <param name="At">When, UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.GlassExamined")]
public sealed record GlassExamined([property: Id(0)] long Seq, [property: Id(1)] string By, [property: Id(2)] DateTimeOffset At);

/// <summary>Which break-glass accesses of a territory were examined; key: the territory's id. What there is to examine stands in the access log alone.</summary>
[Alias("snp.IGlassReviewGrain")]
public interface IGlassReviewGrain : IGrainWithStringKey
{
    /// <summary>Those examined, by number.</summary>
    [Alias("Examined"), ReadOnly] Task<ImmutableArray<GlassExamined>> Examined();

    /// <summary>Marks one as examined, once; answers with who was first. The caller has checked the right.</summary>
    [Alias("Examine")] Task<GlassExamined> Examine(long seq, string by);
}

/// <summary>What the document of examined accesses holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.GlassReviewState")]
public sealed record GlassReviewState
{
    /// <summary>By number.</summary>
    [Id(0)] public ImmutableArray<GlassExamined> Examined { get; init; } = [];
}

/// <inheritdoc cref="IGlassReviewGrain"/>
public sealed class GlassReviewGrain(
    [PersistentState("glass", Documents.Storage)] IPersistentState<GlassReviewState> document, [FromKeyedServices(Clocks.Domain)] TimeProvider time)
    : DocumentGrain<GlassReviewState>(document), IGlassReviewGrain
{
    /// <summary>Most marks kept: more than a retention of the access log holds of them; the oldest go first.</summary>
    private const int MostKept = 2000;

    /// <inheritdoc/>
    public Task<ImmutableArray<GlassExamined>> Examined() => Task.FromResult(State.Examined);

    /// <inheritdoc/>
    public async Task<GlassExamined> Examine(long seq, string by)
    {
        if (State.Examined.FirstOrDefault(one => one.Seq == seq) is { } first) return first;
        var mark = new GlassExamined(seq, by, time.GetUtcNow());
        var all = State.Examined.Add(mark);
        await Keep(new() { Examined = [.. all.OrderBy(one => one.Seq).Skip(all.Length - MostKept)] });
        return mark;
    }
}

using System.Collections.Immutable;
using Orleans.Concurrency;

#pragma warning disable CA1823, CS0169, CS0414, IDE0051 // An unused field is what one of the samples is about.

namespace SnpLive.Tests.Engines.ContractLint;

[Alias("good")]
public interface IGood : IGrainWithStringKey
{
    [Alias("Do")]
    Task<Good> Do(Good message, Guid id, IGoodObserver observer);

    [Alias("Look"), ReadOnly]
    Task<ImmutableArray<GoodKind>> Look(DateOnly? day, CancellationToken cancellationToken);
}

[Alias("good.observer")]
public interface IGoodObserver : IGrainObserver
{
    [Alias("Seen"), OneWay]
    Task Seen(Good message);
}

public interface INameless : IGrainWithStringKey
{
    [Alias("Do")]
    Task Do();
}

[Alias("nameless.method")]
public interface INamelessMethod : IGrainWithStringKey
{
    Task Do();
}

[Alias("value.tasks")]
public interface IValueTasks : IGrainObserver
{
    [Alias("Do")]
    ValueTask Do();
}

[Alias("cancellable")]
public interface ICancellable : IGrainWithStringKey
{
    [Alias("Do")]
    Task Do(CancellationToken cancellationToken);
}

[Alias("oneway.result")]
public interface IOneWayResult : IGrainWithStringKey
{
    [Alias("Do"), OneWay]
    Task<int> Do();
}

[Alias("same.alias")]
public interface ISameAlias : IGrainWithStringKey
{
    [Alias("same")]
    Task Do();

    [Alias("same")]
    Task Undo();
}

/// <summary>Takes a message that may be bad; being generic is not the point.</summary>
[Alias("takes")]
public interface ITakes<T> : IGrainWithStringKey
{
    [Alias("Do")]
    Task Do(T message);
}

[GenerateSerializer, Immutable, Alias("good.message")]
public sealed record Good([property: Id(0)] string Name, [property: Id(1)] GoodKind Kind, [property: Id(2)] ImmutableArray<GoodNode> Nodes)
{
    public int Length => Name.Length;
}

public enum GoodKind
{
    Fine,
}

[GenerateSerializer, Immutable, Alias("good.node")]
public abstract record GoodNode([property: Id(0)] DateTimeOffset At);

/// <summary>Numbers count per type: 0 is free again.</summary>
[GenerateSerializer, Immutable, Alias("good.leaf")]
public sealed record GoodLeaf(DateTimeOffset At, [property: Id(0)] decimal? Amount) : GoodNode(At);

[GenerateSerializer, Immutable, Alias("class")]
public sealed class ClassMessage
{
    [Id(0)]
    public int A { get; init; }
}

[GenerateSerializer, Immutable, Alias("open")]
public record Open([property: Id(0)] int A);

public sealed record Bare([property: Id(0)] int A);

[GenerateSerializer, Immutable, Alias("unnumbered")]
public sealed record Unnumbered([property: Id(0)] int A, int B);

[GenerateSerializer, Immutable, Alias("twice.numbered")]
public sealed record TwiceNumbered([property: Id(0)] int A, [property: Id(0)] int B);

[GenerateSerializer, Immutable, Alias("settable")]
public sealed record Settable
{
    [Id(0)]
    public int A { get; set; }
}

[GenerateSerializer, Immutable, Alias("with.field")]
public sealed record WithField([property: Id(0)] int B)
{
    private readonly int a = 1;
}

[GenerateSerializer, Immutable, Alias("outer")]
public sealed record Outer([property: Id(0)] ReadOnlyMemory<byte> A);

[GenerateSerializer, Immutable, Alias("root")]
public abstract record Root;

[GenerateSerializer, Alias("bad.leaf")]
public sealed record BadLeaf([property: Id(0)] int A) : Root;

[GenerateSerializer, Immutable, Alias("twin")]
public sealed record Twin1([property: Id(0)] int A);

[GenerateSerializer, Immutable, Alias("twin")]
public sealed record Twin2([property: Id(0)] int A);

public sealed class BadStateGrain([PersistentState("bad", "documents")] IPersistentState<Bare> state) : Grain
{
    public IPersistentState<Bare> State => state;
}

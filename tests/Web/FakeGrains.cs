using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Territories;

namespace SnpLive.Tests.Web;

/// <summary>Grains that say what a test tells them: the web alone is under test. A proxy, because each engine's factory has members of its own.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<(Type, string), object> grains = new();

    public static (IGrainFactory Factory, FakeGrains Grains) Make()
    {
        var proxy = Create<IGrainFactory, FakeGrains>();
        return (proxy, (FakeGrains)(object)proxy);
    }

    /// <summary>What a key that nobody set stands for.</summary>
    public Func<Type, string, object> Otherwise { get; set; } = (type, key) => throw new InvalidOperationException($"{type.Name} {key} was not expected.");

    /// <summary>Keys that were asked for.</summary>
    public ConcurrentQueue<(Type Type, string Key)> Asked { get; } = new();

    public void Set<T>(string key, T grain) where T : class => grains[(typeof(T), key)] = grain;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IGrainFactory.GetGrain) || args is not [string key, ..]) throw new NotSupportedException(targetMethod.Name);
        var type = targetMethod.GetGenericArguments()[0];
        Asked.Enqueue((type, key));
        return grains.TryGetValue((type, key), out var grain) ? grain : Otherwise(type, key);
    }
}

internal sealed class FakeDirectory(params string[] ids) : ITerritoryDirectoryGrain
{
    public Task<ImmutableArray<string>> List() => Task.FromResult<ImmutableArray<string>>([.. ids]);
    public Task Register(string territoryId) => Task.CompletedTask;
}

internal sealed class FakeTerritory(TerritoryDocument document) : ITerritoryGrain
{
    public TerritoryDocument? LastPut { get; private set; }
    public Task<TerritoryDocument?> Get() => Task.FromResult<TerritoryDocument?>(document);

    public Task<TerritoryImported> Put(TerritoryDocument put)
    {
        LastPut = put;
        return Task.FromResult(new TerritoryImported(true, 2, 3, null));
    }
}

internal sealed class FakeProfessional(Professional? professional) : IProfessionalGrain
{
    public Task<Professional?> Get() => Task.FromResult(professional);
    public Task<bool> Put(Professional put) => Task.FromResult(false);
}

internal sealed class FakeAgenda(AgendaDefinition definition) : IAgendaGrain
{
    public Func<AgendaCommand, Task<AgendaAnswer>> Answer { get; set; } = _ => Task.FromResult<AgendaAnswer>(new Done());
    public ConcurrentQueue<AgendaCommand> Received { get; } = new();
    public ImmutableArray<SlotPicture> Slots { get; set; } = [];
    public ImmutableArray<Booking> AllBookings { get; set; } = [];

    public Task<AgendaAnswer> Execute(AgendaCommand command)
    {
        Received.Enqueue(command);
        return Answer(command);
    }

    public Task<AgendaPicture> Look(DateTimeOffset from, DateTimeOffset to) => Task.FromResult(new AgendaPicture(definition.AgendaId, 1, Slots));
    public Task<AgendaDefinition?> Definition() => Task.FromResult<AgendaDefinition?>(definition);
    public Task<Booking?> Booking(string bookingId) => Task.FromResult(AllBookings.FirstOrDefault(one => one.BookingId == bookingId));
    public Task<ImmutableArray<Booking>> Bookings(DateTimeOffset from, DateTimeOffset to) => Task.FromResult(AllBookings);
    public Task Wake(string cause) => Task.CompletedTask;
}

internal sealed class FakeRequest : ICareRequestGrain
{
    public Task<CareRequestAnswer> RecordUnserved(RecordUnserved command) => Task.FromResult<CareRequestAnswer>(new CareRequestRecorded(new CareRequest(
        "r-1", command.TerritoryId, command.CareStream, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, command.Eligibility, command.Reason,
        WebSite.Now, WebSite.Now.AddHours(48), CareRequestStatus.Unserved, command.Unserved, null)));
    public Task<CareRequest?> Get() => Task.FromResult<CareRequest?>(null);
    public Task Wake(string cause) => Task.CompletedTask;
}

internal sealed class FakeVault : IPersonVault
{
    public string? SealedFor { get; private set; }
    public PatientIdentity? Identity { get; private set; }
    public BookingNote? Note { get; private set; }

    public SealedPatient Seal(string sasId, PatientIdentity identity, BookingNote note)
    {
        (SealedFor, Identity, Note) = (sasId, identity, note);
        return new("hash", "sealed", "sealed", note.Address is not null, "content");
    }

    public Task<PatientIdentity?> OpenIdentity(string surrogate) => Task.FromResult(Identity);
    public Task<BookingNote?> OpenNote(string bookingId) => Task.FromResult(Note);
}

/// <summary>Remembers answers; everything else is not the web's business.</summary>
public class FakeLedger : DispatchProxy
{
    public Dictionary<(string, Guid), RecordedAnswer> Answers { get; } = [];

    public static (ILedger Port, FakeLedger Ledger) Make()
    {
        var proxy = Create<ILedger, FakeLedger>();
        return (proxy, (FakeLedger)(object)proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(ILedger.FindAnswer) => Task.FromResult(Answers.GetValueOrDefault(((string)args![0]!, (Guid)args[1]!))),
        nameof(ILedger.ReadVersions) => Task.FromResult<ImmutableArray<long>>([0]),
        _ => throw new NotSupportedException(targetMethod.Name),
    };
}

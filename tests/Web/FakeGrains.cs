using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Grants;

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
    public Task Remove(string territoryId) => Task.CompletedTask;
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

    public Task<ImmutableArray<GrantEntry>> Grants() => Task.FromResult<ImmutableArray<GrantEntry>>([]);
    public Task<GrantAnswer> Execute(GrantCommand command) => Task.FromResult<GrantAnswer>(new GrantsRefused(GrantRefusal.NotAllowed));
    public Task Wake(string cause) => Task.CompletedTask;
    public Task Erase() => Task.CompletedTask;
}

internal sealed class FakeProfessional(Professional? professional) : IProfessionalGrain
{
    public Task<Professional?> Get() => Task.FromResult(professional);
    public Task<bool> Put(Professional put) => Task.FromResult(false);
    public Task Erase() => Task.CompletedTask;
}

internal sealed class FakeMembers : IMembersGrain
{
    public Task<ImmutableArray<Professional>> List() => Task.FromResult<ImmutableArray<Professional>>([]);
    public Task Keep(ImmutableArray<Professional> people) => Task.CompletedTask;
    public Task Erase() => Task.CompletedTask;
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
    public AgendaSettings Decided { get; set; } = AgendaSettings.None;
    public Task<AgendaSettings> Settings() => Task.FromResult(Decided);
    public Task<BookedSlot?> BookedSlot(string bookingId) => Task.FromResult(
        AllBookings.FirstOrDefault(b => b.BookingId == bookingId) is { } booking && Slots.FirstOrDefault(s => s.Facts.SlotId == booking.SlotId) is { } slot
            ? new BookedSlot(definition, slot.Facts, booking, null)
            : null);

    public Task<Booking?> Booking(string bookingId) => Task.FromResult(AllBookings.FirstOrDefault(one => one.BookingId == bookingId));
    public Task<ImmutableArray<Booking>> Bookings(DateTimeOffset from, DateTimeOffset to) => Task.FromResult(AllBookings);
    public Task Wake(string cause) => Task.CompletedTask;
}

internal sealed class FakeRequest : ICareRequestGrain
{
    public Task<CareRequestAnswer> RecordUnserved(RecordUnserved command) => Task.FromResult<CareRequestAnswer>(new CareRequestRecorded(new CareRequest(
        "r-1", command.TerritoryId, command.CareStream, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, command.Eligibility, command.Reason,
        WebSite.Now, WebSite.Now.AddHours(48), CareRequestStatus.Unserved, command.Unserved, null)));
    public Task<CareRequestAnswer> RaiseEmergency(RaiseEmergency command) => Task.FromResult<CareRequestAnswer>(new EmergencyRecorded(new Emergency(
        "r-2", command.TerritoryId, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, Grains.Requests.RaiseEmergency.ExitOf(command.Actor.Role), command.RaisedAt, WebSite.Now)));
    public Task<CareRequestAnswer> Execute(CareRequestCommand command) => throw new NotSupportedException(command.GetType().Name);
    public Task<CareRequest?> Get() => Task.FromResult<CareRequest?>(null);
    public Task Wake(string cause) => Task.CompletedTask;
}

internal sealed class FakeVault : IPersonVault
{
    public string? SealedFor { get; private set; }
    public PatientIdentity? Identity { get; private set; }
    public BookingNote? LastNote { get; private set; }

    public SealedPatient Seal(string sasId, PatientIdentity identity, BookingNote note)
    {
        (SealedFor, Identity, LastNote) = (sasId, identity, note);
        return new("hash", "sealed", "sealed", note.Address is not null, "content");
    }

    public DateTimeOffset? Until { get; set; }

    /// <summary>Why it was asked to open.</summary>
    public ConcurrentQueue<AccessReason> Reasons { get; } = new();

    /// <summary>Whether the access log is out of order.</summary>
    public bool NotRecorded { get; set; }

    public Task<DateTimeOffset?> BookedUntil(string sasId, PatientIdentity traits, string careStream, DateTimeOffset now, AccessReason reason)
    {
        Recorded(reason);
        (SealedFor, Identity) = (sasId, traits);
        return Task.FromResult(Until);
    }

    public Task<OpenedPatient> Open(string surrogate, string noteId, AccessReason reason)
    {
        Recorded(reason);
        return Task.FromResult(new OpenedPatient(Identity, LastNote));
    }

    public Task KeepReason(string reasonId, string surrogate, string territoryId, DateTimeOffset now, string reason) => Task.CompletedTask;

    public Task<string?> OpenReason(string reasonId, AccessReason reason, string subject)
    {
        Recorded(reason);
        return Task.FromResult<string?>(null);
    }

    public Task<ImmutableArray<AccessEntry>> Merged(string sasId, ImmutableArray<AccessEntry> entries) => Task.FromResult(entries);

    public Task<ImmutableArray<string>> SubjectsOf(string surrogate) => Task.FromResult<ImmutableArray<string>>([surrogate]);

    private void Recorded(AccessReason reason)
    {
        if (NotRecorded) throw new AccessNotRecordedException();
        Reasons.Enqueue(reason);
    }
}

/// <summary>Remembers nothing: what the vault records is its own business.</summary>
internal sealed class FakeAccessLog : IAccessLog
{
    public Task Record(AccessReason reason, string subject) => Task.CompletedTask;
    public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => Task.FromResult<ImmutableArray<AccessEntry>>([]);
}

/// <summary>Remembers answers; everything else is not the web's business.</summary>
public class FakeLedger : DispatchProxy
{
    public Dictionary<(string, Guid), RecordedAnswer> Answers { get; } = [];

    public BoardRead Board { get; set; } = new([], [], []);
    /// <summary>Streams in which the pharmacist booked.</summary>
    public ImmutableArray<string> Booked { get; set; } = [];

    public static (ILedger Port, FakeLedger Ledger) Make()
    {
        var proxy = Create<ILedger, FakeLedger>();
        return (proxy, (FakeLedger)(object)proxy);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(ILedger.FindAnswer) => Task.FromResult(Answers.GetValueOrDefault(((string)args![0]!, (Guid)args[1]!))),
        nameof(ILedger.ReadBoard) => Task.FromResult(Board),
        nameof(ILedger.ReadBookedStreams) => Task.FromResult(((ImmutableArray<string>)args![0]!).Contains(WebSite.Pharmacist) ? Booked : []),
        nameof(ILedger.ReadVersions) => Task.FromResult<ImmutableArray<long>>([0]),
        _ => throw new NotSupportedException(targetMethod.Name),
    };
}

internal sealed class FakeKeys : IVaultKeys
{
    public Task<ImmutableArray<VaultKey>> Status() => Task.FromResult<ImmutableArray<VaultKey>>([new(VaultKeyKind.Seal, 1, true, true, 3, null), new(VaultKeyKind.Hash, 1, false, true, 2, new(2026, 6, 8, 8, 0, 0, TimeSpan.Zero))]);
    public Task<VaultKeyRefusal?> Rotate(VaultKeyKind kind) => Task.FromResult<VaultKeyRefusal?>(kind == VaultKeyKind.Seal ? null : VaultKeyRefusal.FormerInUse);
    public Task<VaultKeyRefusal?> Retire(VaultKeyKind kind, int id) => Task.FromResult<VaultKeyRefusal?>(id == 1 ? VaultKeyRefusal.Overlap : VaultKeyRefusal.Unknown);
}

/// <summary>A vault that knows nobody, and a database of which nothing is to be erased.</summary>
internal sealed class FakeFiles : IPersonFiles, ITenantEraser
{
    public Task<string?> Find(PersonScope scope, PatientIdentity traits) => Task.FromResult<string?>(null);
    public Task<PersonFile?> Open(PersonScope scope, string personId) => Task.FromResult<PersonFile?>(null);
    public Task<PersonRefusal?> Correct(PersonScope scope, string personId, PatientIdentity identity) => Task.FromResult<PersonRefusal?>(PersonRefusal.Unknown);
    public Task<PersonRefusal?> Object(PersonScope scope, string personId, bool objects) => Task.FromResult<PersonRefusal?>(PersonRefusal.Unknown);
    public Task<PersonRefusal?> Erase(PersonScope scope, string personId) => Task.FromResult<PersonRefusal?>(PersonRefusal.Unknown);
    public Task<TenantErased> Erase(string territoryId, ImmutableArray<string> people) => Task.FromResult(new TenantErased(0, 0, people.Length));
}

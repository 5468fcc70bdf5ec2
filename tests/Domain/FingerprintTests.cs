using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Domain;

public sealed class FingerprintTests
{
    private static readonly DateTimeOffset Now = Sample.Utc("2026-06-08T07:00:00Z");
    private static readonly BookSlot Command = new("gp-1.s1", "gp-1.h1", null, new("dr-y", Role.GeneralPractitioner, [Sample.Cpts], []), Sample.Patient("s1"), "s1",
        Eligibility.Visitor, "M03.14", Now, true, false) { RequestId = Guid.NewGuid(), Actor = Sample.Secretary, NotAfter = Now };

    [Fact]
    public void What_differs_between_honest_repeats_does_not_count()
    {
        var repeat = Command with
        {
            NotAfter = Now.AddMinutes(1), Surrogate = "other", PatientIsKnown = true, Actor = Command.Actor with { Memberships = ["new"], OrganizationId = "moved" },
            OnBehalfOf = Command.OnBehalfOf! with { Groups = ["joined"] }, Patient = Command.Patient with { SealedIdentity = "x", SealedNote = null, TraitHash = "2.rotated", FormerHash = "before" },
        };
        Assert.Equal(Fingerprint.Of(Command), Fingerprint.Of(repeat));
        Assert.Matches("^[0-9a-f]{64}$", Fingerprint.Of(Command));
        var hold = new HoldSlot("gp-1.s1") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now };
        Assert.Equal(Fingerprint.Of(hold), Fingerprint.Of(hold with { HoldPlace = 2 }));
    }

    [Fact]
    public void Everything_else_counts()
    {
        BookSlot[] others =
        [
            Command with { SlotId = "gp-1.s2" }, Command with { HoldId = null }, Command with { CareRequestId = "need" }, Command with { OnBehalfOf = null },
            Command with { OnBehalfOf = Command.OnBehalfOf! with { ProfessionalId = "dr-z" } }, Command with { Patient = Command.Patient with { ContentHash = "changed" } },
            Command with { Patient = Command.Patient with { HasAddress = true } },
            Command with { Eligibility = Eligibility.NoRegisteredGp }, Command with { Reason = "M03.11" }, Command with { DecidedAt = null },
            Command with { VitalSignsExcluded = false }, Command with { Override = true }, Command with { Actor = Sample.PharmacistA },
        ];
        var all = others.Append(Command).Select(Fingerprint.Of).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        AgendaCommand[] kinds =
        [
            new ExtendHold("x") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now }, new ReleaseHold("x") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now },
        ];
        Assert.NotEqual(Fingerprint.Of(kinds[0]), Fingerprint.Of(kinds[1]));
    }

    /// <summary>Digests in the ledger were made from a tree of JSON nodes. However they are made now: a repeat must still find its first answer.</summary>
    [Fact]
    public void Recorded_digests_stay_comparable_for_every_kind_of_command()
    {
        var kinds = typeof(AgendaCommand).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).ToArray();
        Assert.Contains(typeof(BookSlot), kinds);
        foreach (var command in kinds.SelectMany(kind => new[] { (AgendaCommand)Filled(kind, full: true)!, (AgendaCommand)Filled(kind, full: false)! }))
            Assert.Equal(FromNodes(command), Fingerprint.Of(command));
    }

    private static string FromNodes(AgendaCommand command)
    {
        var json = JsonSerializer.SerializeToNode(command, SnpJson.Options)!.AsObject();
        foreach (var name in (string[])["notAfter", "surrogate", "patientIsKnown", "holdPlace"]) json.Remove(name);
        json["actor"] = command.Actor.Id;
        if (json["patient"] is JsonObject patient)
        {
            patient.Remove("sealedIdentity");
            patient.Remove("sealedNote");
            patient.Remove("traitHash"); // its key rotates: a repeat after that is the same booking
            patient.Remove("formerHash");
        }
        if (command is BookSlot { OnBehalfOf: { } named }) json["onBehalfOf"] = named.ProfessionalId;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(json)!.ToJsonString(SnpJson.Options))));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>A value of a message's type with every field filled, or with all that may be null left null.</summary>
    private static object? Filled(Type type, bool full)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return full ? Filled(inner, full) : null;
        if (type == typeof(string)) return full ? "é<\"&'+> 😀 " + type.Name : "x";
        if (type == typeof(bool)) return full;
        if (type == typeof(int)) return full ? -17 : 0;
        if (type == typeof(long)) return full ? long.MaxValue : 0L;
        if (type == typeof(double)) return full ? 0.1 : 0.0;
        if (type == typeof(Guid)) return Guid.Parse("0b5a3e0e-1d1c-4c53-9a0e-5a1f1de0c0de");
        if (type == typeof(DateTimeOffset)) return Now.AddTicks(full ? 1234567 : 0);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 6, 8);
        if (type == typeof(TimeOnly)) return new TimeOnly(11, 40);
        if (type == typeof(TimeSpan)) return TimeSpan.FromMinutes(90);
        if (type.IsEnum) return full ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1) : Enum.GetValues(type).GetValue(0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return ArrayOf(type.GetGenericArguments()[0], full ? 2 : 0, full);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var nullability = new NullabilityInfoContext();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => !full && nullability.Create(p).ReadState == NullabilityState.Nullable ? null : Filled(p.ParameterType, full))]);
        foreach (var property in type.GetProperties().Where(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))))
            property.SetValue(made, Filled(property.PropertyType, full));
        return made;
    }

    private static object ArrayOf(Type element, int length, bool full)
    {
        var values = Array.CreateInstance(element, length);
        for (var i = 0; i < length; i++) values.SetValue(Filled(element, full), i);
        return typeof(System.Runtime.InteropServices.ImmutableCollectionsMarshal).GetMethod("AsImmutableArray")!.MakeGenericMethod(element).Invoke(null, [values])!;
    }
}

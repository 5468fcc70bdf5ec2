using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SnpLive.Grains;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using static SnpLive.Tests.Calls.CallSample;

namespace SnpLive.Tests.Calls;

/// <summary>Stored events must stay readable for ever: a test that fails here means that a migration is needed, not a new golden text.</summary>
public sealed class GoldenCallEventTests
{
    private static readonly DateTimeOffset At = Utc("2026-06-08T07:00:00.5Z");
    private static readonly CallPerson Who = new("reg-1", Role.Regulator);
    private static readonly CallRules Small = new(
        "sas-29", "pilote", Zone, 48, new([new(DayOfWeek.Monday, new(8, 0), new(20, 0))], false, []), 60, 15,
        [new("osnp", "OSNP", [Role.Osnp], 30, [CallExit.CallBack], ["arm"], true)], [new("p", "P", [Role.Osnp], ["M06.02"], [CallExit.Appointment], null, null, "s")]);

    private static readonly Dictionary<CallEvent, string> Golden = new()
    {
        [new CallRang("sas-29.c-1", Small, CallLine.OneOneSix, "k", "h", At, Regime.Daytime, "osnp", CallerKind.Subject, "29232", null, null)] =
            """{"type":"call-rang","callId":"sas-29.c-1","rules":{"centreId":"sas-29","flowId":"pilote","timeZone":"Europe/Paris","windowHours":48,"daytime":{"ranges":[{"day":"monday","opens":"08:00:00","closes":"20:00:00"}],"alsaceMoselle":false,"closedDays":[]},"repeatMinutes":60,"shortAbandonSeconds":15,"levels":[{"id":"osnp","name":"OSNP","roles":["osnp"],"targetSeconds":30,"exits":["callBack"],"transferTo":["arm"],"daytimeOnly":true}],"protocols":[{"id":"p","name":"P","roles":["osnp"],"reasons":["M06.02"],"exits":["appointment"],"source":"s"}]},"line":"oneOneSix","fileKey":"k","numberHash":"h","rangAt":"2026-06-08T07:00:00.5+00:00","regime":"daytime","level":"osnp","callerKind":"subject","communeCode":"29232"}""",
        [new CallJoined("c")] = """{"type":"call-joined","to":"c"}""",
        [new CallRangAgain("c")] = """{"type":"call-rang-again","by":"c"}""",
        [new CallTaken(Who, At)] = """{"type":"call-taken","by":{"id":"reg-1","role":"regulator"},"at":"2026-06-08T07:00:00.5+00:00"}""",
        [new CallQualified(new(CallPriority.P1, CareLevel.R3, RegulationStream.Snp, "M03.14", Communication.Language, "29232", CallerKind.Family, CaresFor.Yes, "X1"))] =
            """{"type":"call-qualified","qualification":{"priority":"p1","careLevel":"r3","stream":"snp","reason":"M03.14","communication":"language","communeCode":"29232","callerKind":"family","caresFor":"yes","externalNumber":"X1"}}""",
        [new CallFileWritten()] = """{"type":"call-file-written"}""",
        [new CallNoted("n", Who)] = """{"type":"call-noted","noteId":"n","by":{"id":"reg-1","role":"regulator"}}""",
        [new CallTransferred("arm")] = """{"type":"call-transferred","to":"arm"}""",
        [new CallReleased("arm")] = """{"type":"call-released","level":"arm"}""",
        [new CallHolderLost("reg-1", "arm")] = """{"type":"call-holder-lost","holder":"reg-1","level":"arm"}""",
        [new CallEscalated("arm")] = """{"type":"call-escalated","level":"arm"}""",
        [new CallHandedOver(Regime.OutOfHours, "arm", At)] = """{"type":"call-handed-over","regime":"outOfHours","level":"arm","at":"2026-06-08T07:00:00.5+00:00"}""",
        [new CallerHungUp(At, true)] = """{"type":"caller-hung-up","at":"2026-06-08T07:00:00.5+00:00","shortAbandon":true}""",
        [new CallDecided(new(CallExit.RedirectToGp, NationalDecision.Referral, NationalDestination.Surgery, null, Who, At))] =
            """{"type":"call-decided","decision":{"exit":"redirectToGp","decision":"referral","destination":"surgery","by":{"id":"reg-1","role":"regulator"},"at":"2026-06-08T07:00:00.5+00:00"}}""",
        [new CallClosed()] = """{"type":"call-closed"}""",
        [new CallWentToEmergency(new(Who, At, At.AddSeconds(5), false, CallStatus.InHand, new(Who, At), null))] =
            """{"type":"call-went-to-emergency","emergency":{"by":{"id":"reg-1","role":"regulator"},"at":"2026-06-08T07:00:00.5+00:00","undoUntil":"2026-06-08T07:00:05.5+00:00","confirmed":false,"before":"inHand","holderBefore":{"person":{"id":"reg-1","role":"regulator"},"since":"2026-06-08T07:00:00.5+00:00"}}}""",
        [new CallEmergencyUndone()] = """{"type":"call-emergency-undone"}""",
        [new CallEmergencyConfirmed()] = """{"type":"call-emergency-confirmed"}""",
        [new CallBooked("a.b1")] = """{"type":"call-booked","bookingId":"a.b1"}""",
        [new CallFileLinked("c")] = """{"type":"call-file-linked","callId":"c"}""",
        [new CallArchived()] = """{"type":"call-archived"}""",
        [new PhoneHeard(new("e", PhoneKind.Answered, At, Who, null), "h")] =
            """{"type":"phone-heard","fact":{"eventId":"e","kind":"answered","at":"2026-06-08T07:00:00.5+00:00","agent":{"id":"reg-1","role":"regulator"}},"numberHash":"h"}""",
    };

    [Fact]
    public void Events_are_written_and_read_as_they_always_were()
    {
        foreach (var (e, json) in Golden)
        {
            Assert.Equal(json, JsonSerializer.Serialize(e, SnpJson.Options));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<CallEvent>(json, SnpJson.Options), SnpJson.Options));
        }
    }

    [Fact]
    public void Every_kind_of_event_has_its_golden_text() => Assert.Equal(
        typeof(CallEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType.Name).Order(StringComparer.Ordinal),
        Golden.Keys.Select(e => e.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_event_has_a_field_for_free_text_or_a_patient()
    {
        var names = typeof(CallEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().SelectMany(a => Names(a.DerivedType, [])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Empty(names.Intersect(["Text", "Phone", "LastName", "FirstName", "BirthDate", "Address", "CallerName", "Number"], StringComparer.OrdinalIgnoreCase));
        Assert.Contains("NumberHash", names);
    }

    private static IEnumerable<string> Names(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) yield break;
        foreach (var property in type.GetProperties().Where(p => p.Name != "EqualityContract"))
        {
            yield return property.Name;
            var inner = property.PropertyType is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? generic.GetGenericArguments()[0] : property.PropertyType;
            if (inner.Namespace?.StartsWith("SnpLive", StringComparison.Ordinal) == true && !inner.IsEnum)
                foreach (var name in Names(inner, seen)) yield return name;
        }
    }
}

using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Web.Problems;

namespace SnpLive.Tests.Web;

public sealed class RefusalTableTests
{
    public static TheoryData<Refusal> Refusals => [.. Enum.GetValues<Refusal>()];

    [Theory, MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_code_a_status_and_words(Refusal refusal)
    {
        Assert.Contains(refusal, RefusalTable.Covered);
        var kind = RefusalTable.Of(refusal);
        Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString()), kind.Code);
        Assert.Contains(kind.Status, new[] { 403, 404, 409, 422, 503 });
        Assert.NotEmpty(kind.Text.Title);
        Assert.EndsWith(".", kind.Text.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Refusal.SlotTaken, "slot-taken", 409)]
    [InlineData(Refusal.SlotHeld, "slot-held", 409)]
    [InlineData(Refusal.PatientAlreadyBooked, "patient-already-booked", 409)]
    [InlineData(Refusal.NotAllowed, "not-allowed", 403)]
    [InlineData(Refusal.OnBehalfOfRequired, "on-behalf-of-required", 403)]
    [InlineData(Refusal.OutsideWindow, "outside-window", 422)]
    [InlineData(Refusal.BookingUnknown, "booking-unknown", 404)]
    [InlineData(Refusal.LedgerUnavailable, "ledger-unavailable", 503)]
    [InlineData(Refusal.OutcomeUnknown, "outcome-unknown", 503)]
    [InlineData(Refusal.RequestIdReused, "request-id-reused", 422)]
    public void Codes_and_statuses_are_those_of_the_contract(Refusal refusal, string code, int status) =>
        Assert.Equal((code, status), (RefusalTable.Of(refusal).Code, RefusalTable.Of(refusal).Status));
}

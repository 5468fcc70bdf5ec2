namespace SnpLive.Bench.Http;

/// <summary>What a person types for a booking, as the browser sends it. The same bytes for every system.</summary>
internal static class BookingForm
{
    private const int NameLetters = 14;

    /// <summary>A new patient: a random name, since names are what patients are told apart by.</summary>
    public static string New() => $$"""
        {"requestId":"{{Guid.NewGuid()}}","patient":{"lastName":"{{Name()}}","firstName":"{{Name()}}","birthDate":"1961-04-12","sex":"F","phone":"0261910000","communeCode":"44043"},"eligibility":"noRegisteredGp","reason":"M03.14","vitalSignsExcluded":true,"note":"Fièvre depuis deux jours, rappeler avant."}
        """;

    // Random, not secret.
#pragma warning disable CA5394
    private static string Name() => string.Create(NameLetters, 0, static (name, _) =>
    {
        foreach (ref var letter in name) letter = (char)('a' + Random.Shared.Next(26));
    });
#pragma warning restore CA5394
}

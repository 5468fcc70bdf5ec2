using System.Buffers.Text;
using System.Collections.Immutable;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>The file of a call about somebody.</summary>
/// <param name="Row">As it stands.</param>
/// <param name="People">Who it names.</param>
/// <param name="Patient">Its patient, whose name and birth date are all known.</param>
internal sealed record FoundCall(StoredCall Row, CallPeople People, PatientIdentity Patient);

/// <summary>
/// Finds the calls about one person. No index of callers' traits exists, so that nothing but this can look a caller up: a data officer's rare question reads the
/// files of a SAS one by one. A file without name or birth date is about nobody who could be found.
/// </summary>
internal sealed class CallFiles(Func<IVaultStore> store, Sealer sealer)
{
    /// <summary>Files read at once: some hundred kilobytes.</summary>
    private const int Page = 1_000;

    /// <summary>Calls whose patient has these traits (<see cref="Traits"/>), the last written first.</summary>
    internal Task<ImmutableArray<FoundCall>> About(string sasId, string traits) => Find(sasId, traits.Equals);

    /// <summary>Calls of a person by <see cref="PersonOf"/>.</summary>
    internal Task<ImmutableArray<FoundCall>> Of(string sasId, string personId) => Find(sasId, traits => PersonOf(traits) == personId);

    /// <summary>What stands for a person whom only calls know: keyed, of the form of a surrogate, and the same whatever keys are replaced.</summary>
    internal string PersonOf(string traits) => Convert.ToHexStringLower(Base64Url.DecodeFromChars(sealer.Lasting("person of calls\n" + traits)))[..32];

    private async Task<ImmutableArray<FoundCall>> Find(string sasId, Func<string, bool> wanted)
    {
        var found = new List<FoundCall>();
        var after = CallStreams.FilePrefix;
        while (true)
        {
            var page = await store().CallFiles(sasId, after, Page);
            foreach (var row in page)
            {
                var people = sealer.Open<CallPeople>(row.Sealed);
                if (PatientOf(people) is { } patient && wanted(Traits.Of(sasId, patient))) found.Add(new(row, people, patient));
            }
            if (page.Length < Page) return [.. found.OrderByDescending(one => one.Row.UsedAt)];
            after = page[^1].FileKey;
        }
    }

    private static PatientIdentity? PatientOf(CallPeople people) => people.Patient is { LastName: { } last, FirstName: { } first, BirthDate: { } born } one
        ? new(last, first, null, born, one.Sex ?? Sex.I, one.CommuneCode, one.RegisteredGp)
        : null;
}

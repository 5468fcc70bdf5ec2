using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SnpLive.Grains.People;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Access;

/// <summary>An entry with its place in the chain.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Previous">Hash of the entry before; of the first one: <see cref="AccessChain.Origin"/>.</param>
/// <param name="Hash">Its own.</param>
internal sealed record AccessRow(AccessEntry Entry, string Previous, string Hash);

/// <summary>The newest entry.</summary>
/// <param name="Seq">0: there is none.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record AccessHead(long Seq, string Hash);

/// <summary>
/// The chain: each entry's hash covers its content and the hash before it. HMAC-SHA-256, whose key lies outside the database: who can write the table
/// but not read the key can neither change an entry nor add one.
/// </summary>
internal sealed class AccessChain(VaultKeys keys)
{
    /// <summary>What the first entry follows.</summary>
    internal static readonly string Origin = new('0', 64);

    private static readonly JsonWriterOptions Canonical = new() { Indented = false };

    /// <summary>Places entries after a head, in their order.</summary>
    internal List<AccessRow> Follow(AccessHead head, IEnumerable<AccessEntry> entries)
    {
        var rows = new List<AccessRow>();
        foreach (var entry in entries)
        {
            var placed = entry with { Seq = head.Seq + 1, At = Instants.Kept(entry.At) };
            var row = new AccessRow(placed, head.Hash, HashOf(placed, head.Hash));
            rows.Add(row);
            head = new(placed.Seq, row.Hash);
        }
        return rows;
    }

    /// <summary>The hash of an entry after another.</summary>
    internal string HashOf(AccessEntry entry, string previous) => Sign(Form(entry, previous));

    /// <summary>Signs an anchor.</summary>
    internal string Sign(string anchor) => Sign(Encoding.UTF8.GetBytes(anchor));

    /// <summary>The entry that marks the end of a retention: it stands in the chain like any other, and says what was removed before it.</summary>
    internal static AccessEntry Purged(AccessHead through, DateTimeOffset now) => new(
        0, now, Actor.System.Id, Role.System, Actor.System.OrganizationId, "", AccessAction.Purge, through.Hash, "", "", AccessWhy.Retention,
        through.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private string Sign(ReadOnlySpan<byte> form) => Convert.ToHexStringLower(HMACSHA256.HashData(keys.Access, form));

    // A JSON array: no two entries have the same form, whatever stands in their texts. It never changes; another form would get another number in front.
    private static ReadOnlySpan<byte> Form(AccessEntry entry, string previous)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Canonical))
        {
            json.WriteStartArray();
            json.WriteNumberValue(1);
            json.WriteNumberValue(entry.Seq);
            json.WriteNumberValue(Instants.ToMicroseconds(entry.At));
            foreach (var text in (ReadOnlySpan<string>)
                [entry.ActorId, AccessCodes.Write(entry.Role), entry.OrganizationId, entry.Session, AccessCodes.Write(entry.Action), entry.Subject, entry.TerritoryId, entry.SasId, entry.Why, entry.Object, previous])
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
        return stream.ToArray();
    }
}

/// <summary>How closed lists are written in the table and in exports.</summary>
internal static class AccessCodes
{
    internal static string Write<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Reads a code back; one that nobody wrote stays outside the list, so that its entry is found to be changed.</summary>
    internal static T Read<T>(string text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Write(value) == text ? value : (T)Enum.ToObject(typeof(T), -1);
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>Seals with AES-256-GCM and hashes traits with HMAC-SHA-256; the ledger keeps what is sealed.</summary>
public sealed class PersonVault(ILedger ledger, VaultKeys keys) : IPersonVault
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <inheritdoc/>
    public SealedPatient Seal(string sasId, PatientIdentity identity, BookingNote note)
    {
        var typed = JsonSerializer.Serialize(new { identity, note }, SnpJson.Options);
        return new(
            Hash(Traits.Of(sasId, identity)),
            Close(JsonSerializer.Serialize(identity, SnpJson.Options)),
            Close(JsonSerializer.Serialize(note, SnpJson.Options)),
            !string.IsNullOrWhiteSpace(note.Address),
            Hash(typed));
    }

    /// <inheritdoc/>
    public async Task<PatientIdentity?> OpenIdentity(string surrogate) =>
        await ledger.ReadPerson(surrogate) is { } row ? Open<PatientIdentity>(row.SealedIdentity) : null;

    /// <inheritdoc/>
    public async Task<BookingNote?> OpenNote(string bookingId) =>
        await ledger.ReadNote(bookingId) is { } text ? Open<BookingNote>(text) : null;

    private string Hash(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(keys.Hash, Encoding.UTF8.GetBytes(text)));

    private string Close(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[1 + NonceBytes + TagBytes + plain.Length];
        sealedText[0] = Format;
        var nonce = sealedText.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(keys.Seal, TagBytes);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(1 + NonceBytes + TagBytes), sealedText.AsSpan(1 + NonceBytes, TagBytes));
        return Base64Url.EncodeToString(sealedText);
    }

    private T Open<T>(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < 1 + NonceBytes + TagBytes || bytes[0] != Format) throw new InvalidDataException("Sealed text of an unknown format.");
        var plain = new byte[bytes.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(keys.Seal, TagBytes);
        aes.Decrypt(bytes.AsSpan(1, NonceBytes), bytes.AsSpan(1 + NonceBytes + TagBytes), bytes.AsSpan(1 + NonceBytes, TagBytes), plain);
        return JsonSerializer.Deserialize<T>(plain, SnpJson.Options)!;
    }
}

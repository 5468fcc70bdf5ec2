using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SnpLive.Grains;

namespace SnpLive.Silo.Persons;

/// <summary>A text that is sealed by itself.</summary>
internal sealed record Words(string Text);

/// <summary>AES-256-GCM for what is sealed, HMAC-SHA-256 for what must be found again. Everything made with a key of a ring bears its number.</summary>
internal sealed class Sealer(VaultKeys keys)
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Keyed hash that no rotation changes.</summary>
    internal string Lasting(string text) => Keyed(keys.Content, text);

    /// <summary>Keyed hash of traits under the current key, and under the one that it replaces, if any.</summary>
    internal (string Current, string? Former) Traits(string text)
    {
        var ring = keys.Hashes;
        return (Hash(ring, ring.Current, text), ring.Former is { } former ? Hash(ring, former, text) : null);
    }

    /// <summary>Seals; two times the same is sealed differently.</summary>
    internal string Close<T>(T content) => Encrypted(JsonSerializer.SerializeToUtf8Bytes(content, SnpJson.Options));

    /// <summary>Opens what was sealed.</summary>
    internal T Open<T>(string text) => JsonSerializer.Deserialize<T>(Opened(text), SnpJson.Options)!;

    /// <summary>The same content sealed with the current key.</summary>
    internal string Renew(string text) => Encrypted(Opened(text));

    private string Encrypted(ReadOnlySpan<byte> plain)
    {
        var ring = keys.Seals;
        var sealedText = new byte[1 + NonceBytes + TagBytes + plain.Length];
        sealedText[0] = Format;
        var nonce = sealedText.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(ring.Keys[ring.Current], TagBytes);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(1 + NonceBytes + TagBytes), sealedText.AsSpan(1 + NonceBytes, TagBytes));
        return KeyRing.Mark(ring.Current) + Base64Url.EncodeToString(sealedText);
    }

    private byte[] Opened(string marked)
    {
        var (id, text) = KeyRing.Split(marked);
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < 1 + NonceBytes + TagBytes || bytes[0] != Format) throw new InvalidDataException("Sealed text of an unknown format.");
        var plain = new byte[bytes.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(keys.SealedBy(id), TagBytes);
        aes.Decrypt(bytes.AsSpan(1, NonceBytes), bytes.AsSpan(1 + NonceBytes + TagBytes), bytes.AsSpan(1 + NonceBytes, TagBytes), plain);
        return plain;
    }

    private static string Hash(KeyRing ring, int id, string text) => KeyRing.Mark(id) + Keyed(ring.Keys[id], text);

    private static string Keyed(byte[] key, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}

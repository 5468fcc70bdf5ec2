using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>
/// Web push's own cryptography (no library of it can be restored here): message encryption (RFC 8291 over RFC 8188, one record) and the server's
/// signature (VAPID, RFC 8292). All primitives are the platform's.
/// </summary>
internal static class PushCrypto
{
    private const int PointLength = 65, SaltLength = 16, TagLength = 16, KeyLength = 16, NonceLength = 12;
    /// <summary>Push services take 4,096 bytes at least (RFC 8030); what is left of them for the text.</summary>
    internal const int MostPlainBytes = 4_096 - SaltLength - 4 - 1 - PointLength - TagLength - 1;

    /// <summary>Encrypts for one browser.</summary>
    /// <param name="plain">The text.</param>
    /// <param name="receiver">The browser's public key, an uncompressed point.</param>
    /// <param name="secret">The browser's secret, 16 bytes.</param>
    internal static byte[] Encrypt(ReadOnlySpan<byte> plain, byte[] receiver, byte[] secret)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(plain, receiver, secret, sender, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <summary>The same with a given key and salt: for the vectors of RFC 8291.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> plain, byte[] receiver, byte[] secret, ECDiffieHellman sender, byte[] salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plain.Length, MostPlainBytes);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(receiver) });
        var shared = sender.DeriveRawSecretAgreement(other.PublicKey);
        var own = Bytes(sender.ExportParameters(includePrivateParameters: false).Q);

        byte[] keyInfo = [.. "WebPush: info\0"u8, .. receiver, .. own];
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, keyInfo);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, KeyLength, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, NonceLength, salt, "Content-Encoding: nonce\0"u8.ToArray());

        byte[] record = [.. plain, 2]; // 2: the last record, without padding
        var header = SaltLength + 4 + 1 + PointLength;
        var message = new byte[header + record.Length + TagLength];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(SaltLength), 4_096);
        message[SaltLength + 4] = PointLength;
        own.CopyTo(message, SaltLength + 5);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, record, message.AsSpan(header, record.Length), message.AsSpan(header + record.Length));
        return message;
    }

    /// <summary>The <c>Authorization</c> header's parameters for a push service.</summary>
    internal static string Vapid(PushOptions options, Uri endpoint, DateTimeOffset now)
    {
        var point = Base64Url.DecodeFromChars(options.PublicKey);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Point(point), D = Base64Url.DecodeFromChars(options.PrivateKey) });
        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = now.AddHours(12).ToUnixTimeSeconds(), ["sub"] = options.Subject,
        });
        var signed = $"{header}.{Base64Url.EncodeToString(claims)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"t={signed}.{Base64Url.EncodeToString(signature)}, k={options.PublicKey}";
    }

    /// <summary>A point of the curve from its 65 bytes.</summary>
    /// <exception cref="CryptographicException">They are none.</exception>
    internal static ECPoint Point(byte[] bytes) => bytes is [4, ..] && bytes.Length == PointLength
        ? new() { X = bytes[1..33], Y = bytes[33..] }
        : throw new CryptographicException("Not an uncompressed point of P-256.");

    internal static byte[] Bytes(ECPoint point) => [4, .. point.X!, .. point.Y!];
}

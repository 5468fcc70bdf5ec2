using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ical.Net;
using SnpLive.Grains.Notifications;
using SnpLive.Tests.Domain;
using SnpLive.Web.Notifications;
using SnpLive.Web.Notifications.Channels;

namespace SnpLive.Tests.Notifications;

/// <summary>What leaves the server: calendar files, push encryption, signatures, and where it may go.</summary>
public sealed partial class MessageTests
{
    private static readonly DateTimeOffset Start = Sample.Utc("2026-06-08T12:20:00Z");
    private static readonly NoticeText Text = new("Créneau réservé : lundi 8 juin à 14:20, un titre assez long; pour, être \"plié\" \\ deux fois", [], "", "Maison de santé, 1 rue de l’Essai", new("https://snp.example/?page=agenda"));

    private static Notice Notice(NoticeKind kind, int sequence) =>
        new("gp-1.n1", kind, "gp-1", "cpts", Sample.Zone, "gp", "dr-x", "place-1", Start, Start.AddMinutes(20), "gp-1.b1", "p1", sequence, Start.AddHours(-1));

    [Theory]
    [InlineData(NoticeKind.Booked, 0, "REQUEST", "CONFIRMED")]
    [InlineData(NoticeKind.ToReplace, 1, "REQUEST", "TENTATIVE")]
    [InlineData(NoticeKind.Cancelled, 2, "CANCEL", "CANCELLED")]
    public void A_calendar_file_names_the_booking_and_its_change(NoticeKind kind, int sequence, string method, string status)
    {
        var file = NoticeCalendar.Of(Notice(kind, sequence), Text)!;
        Assert.Equal(method, file.Method);
        var calendar = Calendar.Load(file.Text)!;
        var one = Assert.Single(calendar.Events);
        Assert.Equal(method, calendar.Method);
        Assert.Equal(("gp-1.b1@snplive", sequence, status), (one.Uid, one.Sequence, one.Status));
        Assert.Equal((Start.UtcDateTime, Start.AddMinutes(20).UtcDateTime), (one.Start!.AsUtc, one.End!.AsUtc));
        Assert.Equal(Text.Title, one.Summary);
        Assert.Equal(Text.Place, one.Location);
        // RFC 5545 §3.1: CRLF, and lines of 75 bytes at most.
        Assert.DoesNotContain(file.Text.Replace("\r\n", "", StringComparison.Ordinal), c => c is '\r' or '\n');
        Assert.All(file.Text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Matches(UtcStart(), file.Text);
    }

    [Fact]
    public void The_weekly_message_has_no_calendar_file() => Assert.Null(NoticeCalendar.Of(Notice(NoticeKind.Weekly, 0) with { BookingId = null }, Text));

    /// <summary>RFC 8291, section 5.</summary>
    [Fact]
    public void Push_encryption_equals_the_vector_of_the_standard()
    {
        static byte[] From(string text) => Base64Url.DecodeFromChars(text);
        var sender = From("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var key = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = PushCrypto.Point(sender), D = From("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        });
        var message = PushCrypto.Encrypt(
            "When I grow up, I want to be a watermelon"u8, From("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            From("BTBZMqHH6r4Tts7J_aSIgg"), key, From("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(message));
    }

    [Fact]
    public void A_push_service_can_check_who_sends()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(true);
        var options = new PushOptions
        {
            PublicKey = Base64Url.EncodeToString(PushCrypto.Bytes(parameters.Q)), PrivateKey = Base64Url.EncodeToString(parameters.D), Subject = "mailto:a@b.example",
        };
        var header = PushCrypto.Vapid(options, new("https://push.example/send/abc"), Start);
        var parts = VapidHeader().Match(header);
        Assert.True(parts.Success, header);
        Assert.Equal(options.PublicKey, parts.Groups["k"].Value);
        var signed = Encoding.ASCII.GetBytes($"{parts.Groups["h"].Value}.{parts.Groups["c"].Value}");
        Assert.True(key.VerifyData(signed, Base64Url.DecodeFromChars(parts.Groups["s"].Value), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts.Groups["c"].Value)).RootElement;
        Assert.Equal("https://push.example", claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:a@b.example", claims.GetProperty("sub").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - Start.ToUnixTimeSeconds(), 1, 24 * 3600);
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/x", true)]
    [InlineData("https://web.push.apple.com/x", true)]
    [InlineData("http://fcm.googleapis.com/x", false)]
    [InlineData("https://fcm.googleapis.com:8443/x", false)]
    [InlineData("https://user@fcm.googleapis.com/x", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/x", false)]
    [InlineData("https://evilpush.apple.com.example/x", false)]
    [InlineData("https://push.apple.com.evil/x", false)]
    [InlineData("https://10.0.0.8/x", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("https://[::ffff:127.0.0.1]/x", false)]
    [InlineData("https://localhost/x", false)]
    [InlineData("http://127.0.0.1:9/x", false)]
    [InlineData("file:///etc/passwd", false)]
    public void Only_known_push_services_are_called(string endpoint, bool allowed) => Assert.Equal(allowed, PushSender.MayCall(new(endpoint), new()));

    [Fact]
    public void Loopback_is_called_only_when_a_test_says_so() =>
        Assert.True(PushSender.MayCall(new("http://127.0.0.1:9/x"), new() { AllowLoopback = true }) && !PushSender.MayCall(new("http://10.0.0.1/x"), new() { AllowLoopback = true }));

    [Fact]
    public void Secrets_and_protection_are_asked_for_at_the_start()
    {
        Assert.Throws<InvalidOperationException>(() => new ChannelOptions { Sms = new() { Url = new("https://sms.example/") } }.Validate());
        Assert.Throws<InvalidOperationException>(() => new ChannelOptions { Sms = new() { Url = new("http://sms.example/"), Secret = "s" } }.Validate());
        Assert.Throws<InvalidOperationException>(() => new ChannelOptions { Smtp = new() { Host = "mail.example", Security = SmtpSecurity.None } }.Validate());
        Assert.Throws<InvalidOperationException>(() => new ChannelOptions { WebPush = new() { PublicKey = "only" } }.Validate());
        new ChannelOptions().Validate();
    }

    [GeneratedRegex(@"\r\nDTSTART:20260608T122000Z\r\n")]
    private static partial Regex UtcStart();

    [GeneratedRegex(@"^t=(?<h>[\w-]+)\.(?<c>[\w-]+)\.(?<s>[\w-]+), k=(?<k>[\w-]+)$")]
    private static partial Regex VapidHeader();
}

using QRCoder;

namespace SnpLive.Web.Accounts;

/// <summary>A second factor as it is shown once: to be scanned, or typed.</summary>
/// <param name="Uri">The address that authenticators read.</param>
/// <param name="Secret">Base32, for typing.</param>
/// <param name="Qr">The address as a picture (SVG).</param>
internal sealed record ProvisioningView(string Uri, string Secret, string Qr)
{
    private const int PixelsPerModule = 4;

    internal static ProvisioningView Of(string issuer, string login, string secret)
    {
        var name = System.Uri.EscapeDataString(issuer);
        var uri = $"otpauth://totp/{name}:{System.Uri.EscapeDataString(login)}?secret={secret}&issuer={name}&digits=6&period=30";
        using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new(uri, secret, picture.GetGraphic(PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute));
    }
}

using System.Text;

namespace SnpLive.Grains.Territories.Import.Csv;

/// <summary>Text of a table as spreadsheets write it: UTF-8, or Windows-1252 on older French machines.</summary>
public static class CsvText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text, without a byte order mark. French in Windows-1252 is hardly ever valid UTF-8: an accent is followed by a plain letter.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        try { return Utf8.GetString(bytes); }
        catch (DecoderFallbackException) { return Windows.GetString(bytes); }
    }
}

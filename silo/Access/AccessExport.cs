using System.Globalization;
using System.Text;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Access;

/// <summary>Writes the access log as syslog lines (RFC 5424), one entry a line, for a collector that keeps them elsewhere.</summary>
public sealed class AccessExport
{
    private const int Page = 2_000;
    /// <summary>Facility 13 (log audit), severity 6 (informational).</summary>
    private const int Informational = 13 * 8 + 6;
    /// <summary>Facility 13, severity 4 (warning): break-glass.</summary>
    private const int Warning = 13 * 8 + 4;
    /// <summary>The name of the structured data: 32473 is the enterprise number that RFC 5612 keeps for documentation; a site may map it.</summary>
    private const string Element = "access@32473";

    private readonly Func<IAccessStore> store;

    internal AccessExport(Func<IAccessStore> store) => this.store = store;

    /// <summary>Writes all entries after a number.</summary>
    /// <returns>How many.</returns>
    public async Task<long> Write(TextWriter output, long after, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        for (long written = 0; ;)
        {
            var page = await store().ReadAfter(after, Page);
            foreach (var row in page) await output.WriteAsync(Line(row).AsMemory(), stop);
            written += page.Length;
            if (page.Length < Page) return written;
            after = page[^1].Entry.Seq;
        }
    }

    internal static string Line(AccessRow row)
    {
        var entry = row.Entry;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"<{(entry.Action == AccessAction.BreakGlass ? Warning : Informational)}>1 ");
        line.Append(entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        line.Append(CultureInfo.InvariantCulture, $" - snplive - {AccessCodes.Write(entry.Action)} [{Element}");
        foreach (var (name, value) in ((string, string)[])
            [
                ("seq", entry.Seq.ToString(CultureInfo.InvariantCulture)), ("actor", entry.ActorId), ("role", AccessCodes.Write(entry.Role)), ("organization", entry.OrganizationId),
                ("session", entry.Session), ("subject", entry.Subject), ("territory", entry.TerritoryId), ("sas", entry.SasId), ("why", entry.Why), ("object", entry.Object),
                ("previous", row.Previous), ("hash", row.Hash),
            ])
            line.Append(CultureInfo.InvariantCulture, $" {name}=\"{Escaped(value)}\"");
        return line.Append("]\n").ToString();
    }

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}

using System.Globalization;
using System.Reflection;

namespace SnpLive.Silo.Ledger;

/// <summary>The schema scripts of a backend: <c>Schema/0001.sql</c>, <c>0002.sql</c>, … each brings the database one version further.</summary>
internal static class EmbeddedSql
{
    /// <summary>The scripts by version, gap-free from 1.</summary>
    public static IReadOnlyList<string> Scripts(string backend)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(EmbeddedSql).Namespace}.{backend}.Schema.";
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
            if (names[i] != $"{prefix}{(i + 1).ToString("D4", CultureInfo.InvariantCulture)}.sql") throw new InvalidOperationException($"Unexpected schema script {names[i]}.");
        return names.Count > 0 ? names.ConvertAll(n => Text(assembly, n)) : throw new InvalidOperationException($"No schema scripts under {prefix}.");
    }

    /// <summary>The error for a database that a newer program has upgraded.</summary>
    public static InvalidOperationException TooNew(long found, int known) =>
        new($"The ledger's schema is at version {found}, but this program knows versions up to {known}. Start the newer program, or restore an older database.");

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

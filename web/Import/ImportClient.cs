using System.Net;
using System.Text.Json;
using SnpLive.Grains.Territories.Import.Csv;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Import;

/// <summary><c>snp import FILE…</c>: hands files to the running server with the operator's token, or refuses.</summary>
internal static class ImportClient
{
    internal static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        int Refuse(string message)
        {
            errors.WriteLine(message);
            return 2;
        }

        var files = CommandLine.Plain(args).ToList();
        if (files.Count == 0) return Refuse(Messages.ImportUsage);
        var contents = new List<ImportFile>();
        foreach (var file in files)
        {
            try { contents.Add(new(Path.GetFileName(file), await Read(file))); }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException) { return Refuse(Messages.NoFile(file)); }
        }
        using var server = await OperatorClient.Open(args);
        var (status, body) = await server.Post("/api/import", new { files = contents });
        return Tell(status, body, output, errors);
    }

    private static async Task<string> Read(string file) =>
        Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? CsvText.Decode(await File.ReadAllBytesAsync(file)) : await File.ReadAllTextAsync(file);

    private static int Tell(HttpStatusCode status, string body, TextWriter output, TextWriter errors)
    {
        using var json = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        var root = json.RootElement;
        if (status == HttpStatusCode.OK)
        {
            var complete = true;
            foreach (var one in root.GetProperty("territories").EnumerateArray())
            {
                var problem = one.TryGetProperty("problem", out var text) ? text.GetString() : null;
                complete &= problem is null;
                output.WriteLine(Messages.Imported(
                    one.GetProperty("id").GetString()!, one.GetProperty("territoryChanged").GetBoolean(),
                    one.GetProperty("agendasChanged").GetInt32(), one.GetProperty("professionalsChanged").GetInt32(), problem));
            }
            return complete ? 0 : 1;
        }
        if (root.TryGetProperty("importErrors", out var wrong))
            foreach (var one in wrong.EnumerateArray())
                errors.WriteLine($"{one.GetProperty("file").GetString()} : {one.GetProperty("path").GetString()} : {one.GetProperty("message").GetString()}");
        errors.WriteLine($"{(int)status} {(root.TryGetProperty("title", out var title) ? title.GetString() : "")}");
        return 1;
    }
}

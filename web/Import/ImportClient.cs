using System.Net;
using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Web.Hosting;
using SnpLive.Web.Security;

namespace SnpLive.Web.Import;

/// <summary><c>snp import FILE…</c>: hands files to the running server with the operator's token, or refuses.</summary>
internal static class ImportClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    internal static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        int Refuse(string message)
        {
            errors.WriteLine(message);
            return 2;
        }

        var files = CommandLine.Plain(args).ToList();
        if (files.Count == 0) return Refuse(Messages.ImportUsage);
        var address = $"http://localhost:{CommandLine.Value(args, "port") ?? "8080"}";
        var tokenFile = OperatorToken.FileIn(CommandLine.Value(args, "data") ?? "data");

        var contents = new List<ImportFile>();
        foreach (var file in files)
        {
            try { contents.Add(new(Path.GetFileName(file), await File.ReadAllTextAsync(file))); }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException) { return Refuse(Messages.NoFile(file)); }
        }
        string token;
        try { token = (await File.ReadAllTextAsync(tokenFile)).Trim(); }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException) { return Refuse(Messages.NoToken(tokenFile)); }

        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new(address), Timeout = Patience };
        client.DefaultRequestHeaders.Add(OperatorToken.Header, token);
        try
        {
            using var response = await client.PostAsJsonAsync("/api/import", new { files = contents }, SnpJson.Options);
            return Tell(response.StatusCode, await response.Content.ReadAsStringAsync(), output, errors);
        }
        catch (HttpRequestException) { return Refuse(Messages.NoServer(address)); }
    }

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

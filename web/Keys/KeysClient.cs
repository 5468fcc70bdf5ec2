using System.Globalization;
using System.Net;
using System.Text.Json;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Keys;

/// <summary><c>snp keys</c>: the vault's keys, through the running server with the operator's token.</summary>
internal static class KeysClient
{
    internal static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var (path, body) = CommandLine.Plain(args).ToArray() switch
        {
            ["status"] => ("", (object)new { }),
            ["rotate", ("seal" or "hash") and var kind] => ("/rotate", new KeyRingBody { Kind = kind }),
            ["retire", ("seal" or "hash") and var kind, var id] when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => ("/retire", new KeyBody { Kind = kind, Id = number }),
            _ => throw new StartRefusedException(KeyMessages.Usage),
        };
        using var server = await OperatorClient.Open(args);
        var (status, text) = await server.Post("/api/operator/keys" + path, body);
        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        if (status != HttpStatusCode.OK)
        {
            await errors.WriteLineAsync($"{(json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : $"{(int)status}")} : {(json.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}");
            return 1;
        }
        foreach (var key in json.RootElement.GetProperty("keys").EnumerateArray())
            await output.WriteLineAsync(KeyMessages.Line(
                key.GetProperty("kind").GetString()!, key.GetProperty("id").GetInt32(), key.GetProperty("current").GetBoolean(), key.GetProperty("present").GetBoolean(),
                key.GetProperty("rows").GetInt64(), key.TryGetProperty("retirableFrom", out var from) && from.ValueKind == JsonValueKind.String ? from.GetDateTimeOffset() : null));
        return 0;
    }
}

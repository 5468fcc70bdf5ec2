using System.Net;
using System.Text.Json;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Accounts;

/// <summary><c>snp invite</c>: a territory's first coordinator, through the running server with the operator's token.</summary>
internal static class InviteClient
{
    private const string TimeZone = "Europe/Paris";

    internal static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var (territory, email) = (CommandLine.Value(args, "territory"), CommandLine.Value(args, "email"));
        if (territory is null || email is null) throw new StartRefusedException(AccountMessages.InviteUsage);
        using var server = await OperatorClient.Open(args);
        var (status, body) = await server.Post("/api/operator/invitations", new InviteCoordinatorBody
        {
            RequestId = Guid.NewGuid().ToString(), TerritoryId = territory, Email = email, Name = CommandLine.Value(args, "name"), PersonId = CommandLine.Value(args, "person"),
        });
        using var json = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        var root = json.RootElement;
        if (status == HttpStatusCode.OK && Text(root, "link") is { } link)
        {
            output.WriteLine(AccountMessages.Invited(Text(root, "name") ?? email, link, InvitationMail.When(root.GetProperty("expires").GetDateTimeOffset(), TimeZone)));
            return 0;
        }
        errors.WriteLine(Text(root, "problem") ?? string.Join(' ', Faults(root).Prepend($"{(int)status} {Text(root, "title")}")));
        return 1;
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Faults(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors)) yield break;
        foreach (var field in errors.EnumerateObject())
        foreach (var fault in field.Value.EnumerateArray()) yield return $"{field.Name} : {fault.GetString()}";
    }
}

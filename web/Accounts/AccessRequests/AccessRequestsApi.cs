using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.People.AccessRequests;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts.AccessRequests;

/// <summary>Asks for access.</summary>
internal sealed record AskAccessBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(64)] public string? TerritoryId { get; init; }
    [Required, MaxLength(100)] public string? Name { get; init; }
    [Required, MaxLength(40)] public string? Role { get; init; }
    /// <summary>Where the person works, in their words.</summary>
    [Required, MaxLength(100)] public string? Structure { get; init; }
    [Required, MaxLength(AccountBounds.Email)] public string? Email { get; init; }
    [MaxLength(AccountBounds.Rpps)] public string? Rpps { get; init; }
}

/// <summary>Invites who asked.</summary>
internal sealed record ApproveBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>The structure of the territory to which they belong.</summary>
    [Required, MaxLength(64)] public string? OrganizationId { get; init; }
    /// <summary>Another role than the one they asked for; left out: that one.</summary>
    [MaxLength(40)] public string? Role { get; init; }
}

/// <summary>Says no.</summary>
internal sealed record DeclineBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Told to who asked.</summary>
    [Required, MaxLength(AccessRequestsApi.MostReason)] public string? Reason { get; init; }
}

/// <summary>What the page needs that asks for access.</summary>
internal sealed record AccessFormView(IReadOnlyList<StructureView> Territories, IReadOnlyList<string> Roles);

/// <summary>A request that waits.</summary>
/// <param name="Id">Technical id.</param>
/// <param name="Name">As they write it.</param>
/// <param name="Role">Wanted.</param>
/// <param name="Structure">In their words.</param>
/// <param name="Email">Address.</param>
/// <param name="Rpps">Left out when they gave none.</param>
/// <param name="At">UTC.</param>
/// <param name="Known">Name of the member who has this number or address already: whoever says so may be somebody else. Left out when there is none.</param>
internal sealed record AccessRequestView(string Id, string Name, string Role, string Structure, string Email, string? Rpps, DateTimeOffset At, string? Known);

/// <summary>“Demander un accès”: for who has no account, and for the coordination that answers.</summary>
internal static class AccessRequestsApi
{
    internal const int MostReason = 300;

    internal static void MapAccessRequests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/access-requests/form", Form).WithTags("Accounts").AllowAnonymous();
        api.MapPost("/access-requests", Ask).WithTags("Accounts").AllowAnonymous();
        var territory = api.MapGroup("/territories/{id}/access-requests").WithTags("Accounts");
        territory.MapGet("", List);
        territory.MapPost("/{request}/approve", Approve);
        territory.MapPost("/{request}/decline", Decline);
    }

    // Which CPTS there are is public; who belongs to one is not.
    private static async Task<Ok<AccessFormView>> Form(TerritoryCatalogue catalogue) => TypedResults.Ok(new AccessFormView(
        [.. (await catalogue.Read()).All.OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).Select(one => new StructureView(one.Id, one.Name))],
        [.. InviteeReader.Roles.Select(Codes.Roles.Write)]));

    // One answer whether the address has an account, has asked before, or neither.
    private static async Task<Results<NoContent, ProblemHttpResult>> Ask(
        AskAccessBody body, HttpContext context, TerritoryCatalogue catalogue, IGrainFactory grains, AccessRequestGate gate)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var territoryId = fields.RequiredId("territoryId", body.TerritoryId, Ids.IsKey);
        var name = fields.RequiredName("name", body.Name);
        var role = fields.RequiredCode("role", body.Role, Codes.Roles);
        if (body.Role is not null && !InviteeReader.Roles.Contains(role)) fields.Fault("role", Messages.OneOf(InviteeReader.Roles.Select(Codes.Roles.Write)));
        var structure = fields.RequiredText("structure", body.Structure, Limits.Name);
        var email = InviteeReader.Email(fields, fields.RequiredText("email", body.Email, AccountBounds.Email));
        var rpps = string.IsNullOrWhiteSpace(body.Rpps) ? null : body.Rpps.Trim();
        if (rpps is not null && !InviteeReader.IsRpps(rpps)) fields.Fault("rpps", AccountMessages.BadRpps);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!gate.Admits(context)) return Problem.Result(AccessRequestProblems.TooMany);
        if ((await catalogue.Read()).Territory(territoryId) is null) return Problem.Result(Problem.TerritoryUnknown);
        var taken = await grains.GetGrain<IAccessRequestsGrain>(territoryId).Ask(new($"d-{requestId:N}", name, role, structure, email!, rpps, default));
        return taken ? TypedResults.NoContent() : Problem.Result(AccessRequestProblems.Full);
    }

    private static async Task<Results<Ok<IReadOnlyList<AccessRequestView>>, ProblemHttpResult>> List(
        string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, Invitations invitations)
    {
        var territories = await catalogue.Read();
        if (MembersApi.Refused(territories, id, me, out _) is { } problem) return problem;
        var open = (await grains.GetGrain<IAccessRequestsGrain>(id).Get()).Open;
        var owners = await Task.WhenAll(open.Select(one => invitations.OwnerOf(one.Email)));
        IReadOnlyList<AccessRequestView> list = [.. open.Zip(owners, (one, owner) => View(one, territories.MembersOf(id)
            .FirstOrDefault(member => member.Id == owner || (one.Rpps is not null && member.Rpps == one.Rpps))))];
        return TypedResults.Ok(list);
    }

    private static async Task<Results<Ok<InvitedLine>, ProblemHttpResult>> Approve(
        string id, string request, ApproveBody body, SignedIn me, HttpContext context, TerritoryCatalogue catalogue, IGrainFactory grains, Invitations invitations, ChannelOptions channels)
    {
        var territories = await catalogue.Read();
        if (MembersApi.Refused(territories, id, me, out var territory) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await Waiting(grains, id, request) is not { } asked) return Problem.Result(AccessRequestProblems.Unknown);
        var invitee = new InviteeReader(territories, territory, await MembersApi.Accounts(grains, territories, territory), me.Actor).Read(new()
        {
            Name = asked.Name, Email = asked.Email, Role = body.Role ?? Codes.Roles.Write(asked.Role), OrganizationId = body.OrganizationId, Rpps = asked.Rpps,
        });
        var line = (await invitations.Invite(territory, [invitee], me.Actor.Id, requestId, MembersApi.Site(context, channels)))[0];
        if (line.Problem is { } wrong) return Problem.Result(AccessRequestProblems.NotInvited with { Text = AccessRequestMessages.NotInvited with { Detail = $"{wrong} {AccessRequestMessages.NotInvited.Detail}" } });
        await grains.GetGrain<IAccessRequestsGrain>(id).Settle(asked.Id);
        return TypedResults.Ok(line);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Decline(
        string id, string request, DeclineBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, InvitationMail mail)
    {
        if (MembersApi.Refused(await catalogue.Read(), id, me, out var territory) is { } problem) return problem;
        var fields = new Fields();
        fields.RequestId(body.RequestId);
        var reason = fields.RequiredText("reason", body.Reason, MostReason);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await Waiting(grains, id, request) is not { } asked) return Problem.Result(AccessRequestProblems.Unknown);
        await grains.GetGrain<IAccessRequestsGrain>(id).Settle(asked.Id);
        mail.Tell(asked.Email, AccessRequestMessages.MailSubject, AccessRequestMessages.MailLines(asked.Name, territory.Name, reason));
        return TypedResults.NoContent();
    }

    private static async Task<AccessRequest?> Waiting(IGrainFactory grains, string territoryId, string id) => (await grains.GetGrain<IAccessRequestsGrain>(territoryId).Get()).Find(id);

    private static AccessRequestView View(AccessRequest one, Professional? known) =>
        new(one.Id, one.Name, Codes.Roles.Write(one.Role), one.Structure, one.Email, one.Rpps, one.At, known?.Name);
}

/// <summary>Requests for access on this web node. Section <c>AccessRequests</c>, as <see cref="AccessRequestLimits"/>.</summary>
internal sealed record AccessRequestOptions
{
    /// <summary>Requests per address (IPv6: per /64) and hour.</summary>
    public int PerAddress { get; init; } = 10;
}

/// <summary>How often one may ask from an address.</summary>
internal sealed class AccessRequestGate(AccessRequestOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> addresses = SignInGate.Limiter(options.PerAddress, TimeSpan.FromHours(1));

    internal bool Admits(HttpContext context)
    {
        using var lease = addresses.AttemptAcquire(SignInGate.Network(context.Connection.RemoteIpAddress));
        return lease.IsAcquired;
    }

    public void Dispose() => addresses.Dispose();
}

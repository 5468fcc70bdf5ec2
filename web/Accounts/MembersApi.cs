using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Problems;
using SnpLive.Web.Security;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts;

/// <summary>Who has access to a territory: for its coordination, and the first invitation for the server's operator.</summary>
internal static class MembersApi
{
    internal static void MapMembers(this IEndpointRouteBuilder api)
    {
        var territory = api.MapGroup("/territories/{id}").WithTags("Accounts");
        territory.MapGet("/accounts", List);
        territory.MapPost("/invitations", Invite);
        territory.MapPost("/accounts/{person}/revoke", Revoke);
        api.MapPost("/operator/invitations", InviteCoordinator).WithTags("Operator").RequireAuthorization(OperatorToken.Policy);
    }

    private static async Task<Results<Ok<MembersView>, ProblemHttpResult>> List(string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, InvitationMail mail, Clock clock)
    {
        var territories = await catalogue.Read();
        if (Refused(territories, id, me, out var territory) is { } problem) return problem;
        var accounts = await Accounts(grains, territories, territory);
        var centre = territories.CentreOf(territory).Where(one => ProviderSignIn.Concerns(one, territory)).OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).ToArray();
        var theirs = await Task.WhenAll(centre.Select(one => grains.GetGrain<IAccountGrain>(one.Id).Get()));
        IReadOnlyList<MemberAccountView> people = [.. territories.MembersOf(id)
            .OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).Select(one => View(territories, one, accounts[one.Id]) with
            {
                ProviderOnly = ProviderSignIn.Concerns(one, territory) ? true : null,
                LocalUntil = LocalUntil(accounts[one.Id]),
            })];
        return TypedResults.Ok(new MembersView(
            people, [.. territory.Organizations.Where(one => one.Kind != OrganizationKind.Sas).OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).Select(one => new StructureView(one.Id, one.Name))],
            [.. InviteeReader.Roles.Select(Codes.Roles.Write)], mail.Available,
            [.. centre.Zip(theirs, (one, account) => new CentrePersonView(
                one.Id, one.Name, Codes.Roles.Write(one.Role), territories.OrganizationName(one.OrganizationId) ?? one.OrganizationId, LocalUntil(account)))]));

        DateTimeOffset? LocalUntil(AccountState account) => account.LocalExceptions.FirstOrDefault(kept => kept.TerritoryId == id && clock.Now < kept.Until)?.Until;
    }

    private static async Task<Results<Ok<InvitedView>, ProblemHttpResult>> Invite(
        string id, InviteBody body, SignedIn me, HttpContext context, TerritoryCatalogue catalogue, IGrainFactory grains, Invitations invitations, ChannelOptions channels)
    {
        var territories = await catalogue.Read();
        if (Refused(territories, id, me, out var territory) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var people = fields.List("people", body.People, AccountBounds.People);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var reader = new InviteeReader(territories, territory, await Accounts(grains, territories, territory), me.Actor);
        var read = people!.Select(reader.Read).ToList();
        if (body.Check != true) return TypedResults.Ok(new InvitedView(await invitations.Invite(territory, read, me.Actor.Id, requestId, Site(context, channels))));
        var owners = await Task.WhenAll(read.Select(one => one is { Login: { } login, Problem: null } ? invitations.OwnerOf(login) : Task.FromResult<string?>(null)));
        return TypedResults.Ok(new InvitedView([.. read.Zip(owners, (one, owner) =>
            new InvitedLine(one.Person?.Name, one.Login, null, null, one.Problem ?? (owner is not null && owner != one.Person?.Id ? AccountMessages.LoginTaken : null)))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        string id, string person, AccountCommandBody body, SignedIn me, TerritoryCatalogue catalogue, AccountDesk desk, LiveLifetimeManager screens, EndedHolds holds,
        ILogger<InvitationMail> logger)
    {
        var territories = await catalogue.Read();
        if (Refused(territories, id, me, out _) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (person == me.Actor.Id) return Problem.Result(AccountProblems.NotYourself);
        if (territories.MembersOf(id).All(one => one.Id != person)) return Problem.Result(AccountProblems.PersonUnknown);
        await desk.Send(person, new RevokeAccount(id, AccountSecrets.NewStamp()) { RequestId = requestId, By = me.Actor.Id });
        logger.Revoked(person, me.Actor.Id, id);
        screens.LookUpAgain(person);
        await holds.Look();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<InvitedLine>, ProblemHttpResult>> InviteCoordinator(
        InviteCoordinatorBody body, HttpContext context, TerritoryCatalogue catalogue, IGrainFactory grains, Invitations invitations, ChannelOptions channels)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var login = InviteeReader.Email(fields, fields.RequiredText("email", body.Email, AccountBounds.Email));
        var name = fields.Text("name", body.Name, Limits.Name);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        await catalogue.Renew();
        var territories = await catalogue.Read();
        if (territories.Territory(body.TerritoryId ?? "") is not { } territory) return Problem.Result(Problem.TerritoryUnknown);
        var known = body.PersonId is { } id ? territory.Professionals.Concat(territories.MembersOf(territory.Id)).FirstOrDefault(one => one.Id == id) : null;
        if (body.PersonId is not null && known is null) return Problem.Result(AccountProblems.PersonUnknown);
        // Invited before by this address: the same person again, and not a second one.
        if (known is null && await invitations.OwnerOf(login!) is { } owner) known = territories.MembersOf(territory.Id).FirstOrDefault(one => one.Id == owner);
        var home = territory.Organizations.FirstOrDefault(one => one.Kind == OrganizationKind.Cpts)?.Id ?? territory.Id;
        var person = known ?? new Professional(InviteeReader.NewId(), null, name ?? login!, null, Role.Coordinator, home, null, [territory.Id], [], [], Demo: false);
        var lines = await invitations.Invite(territory, [new(person, login, known is not null, null)], OperatorToken.Policy, requestId, Site(context, channels));
        return TypedResults.Ok(lines[0]);
    }

    /// <summary>Default deny: who is no member learns nothing, a member who does not coordinate is told so.</summary>
    internal static ProblemHttpResult? Refused(TerritorySetView territories, string id, SignedIn me, out TerritoryDocument territory)
    {
        territory = territories.Territory(id)!;
        if (territory is null || !TerritorySetView.Sees(me.Actor, territory)) return Problem.Result(Problem.TerritoryUnknown);
        return me.Actor.Role == Role.Coordinator && me.Actor.Memberships.Contains(id) ? null : Problem.Result(AccountProblems.CoordinatorsOnly);
    }

    internal static async Task<Dictionary<string, AccountState>> Accounts(IGrainFactory grains, TerritorySetView territories, TerritoryDocument territory)
    {
        var ids = territories.MembersOf(territory.Id).Select(one => one.Id).ToArray();
        var states = await Task.WhenAll(ids.Select(id => grains.GetGrain<IAccountGrain>(id).Get()));
        return ids.Zip(states).ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
    }

    private static MemberAccountView View(TerritorySetView territories, Professional person, AccountState account) => new(
        person.Id, person.Name, Codes.Roles.Write(person.Role), territories.OrganizationName(person.OrganizationId) ?? person.OrganizationId,
        AccountCodes.Statuses.Write(account.Status), account.Login, account.Since, account.Invitation?.Expires,
        account.Sessions.IsEmpty ? null : account.Sessions.Max(one => one.Since));

    /// <summary>Where people reach the application.</summary>
    internal static Uri Site(HttpContext context, ChannelOptions channels) => channels.PublicAddress ?? new($"{context.Request.Scheme}://{context.Request.Host}");
}

/// <summary>How the contract writes an account's status.</summary>
internal static class AccountCodes
{
    internal static readonly CodeList<AccountStatus> Statuses = new(
        [("none", AccountStatus.None), ("invited", AccountStatus.Invited), ("active", AccountStatus.Active), ("revoked", AccountStatus.Revoked)]);
}

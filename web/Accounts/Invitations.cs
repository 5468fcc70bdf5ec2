using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Accounts;

/// <summary>A person to be invited, as read and checked.</summary>
/// <param name="Person">Who they are, or will be.</param>
/// <param name="Login">Address; null: what is wrong is in <paramref name="Problem"/>.</param>
/// <param name="Known">Whether they stand in the territory's list already.</param>
/// <param name="Problem">What to correct; null: nothing.</param>
internal sealed record Invitee(Professional? Person, string? Login, bool Known, string? Problem);

/// <summary>Invites people into a territory. The caller has checked who asks.</summary>
internal sealed class Invitations(
    IGrainFactory grains, AccountDesk desk, TerritoryCatalogue catalogue, ProfessionalDirectory people, InvitationMail mail, AccountOptions options, Clock clock)
{
    /// <summary>Accounts written at once: a list must not take the ledger from those who book.</summary>
    private const int AtOnce = 8;

    /// <summary>Invites each; a line that cannot be done does not stop the others.</summary>
    /// <param name="territory">Into which.</param>
    /// <param name="invitees">In order.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="requestId">Of the command.</param>
    /// <param name="site">Where people reach the application.</param>
    internal async Task<IReadOnlyList<InvitedLine>> Invite(TerritoryDocument territory, IReadOnlyList<Invitee> invitees, string by, Guid requestId, Uri site)
    {
        var lines = new InvitedLine[invitees.Count];
        var newcomers = new Professional?[invitees.Count];
        foreach (var some in Enumerable.Range(0, invitees.Count).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(async i =>
            {
                (lines[i], newcomers[i]) = await One(territory, invitees[i], by, requestId, site);
            }));
        }
        ImmutableArray<Professional> all = [.. newcomers.OfType<Professional>()];
        if (!all.IsEmpty)
        {
            await grains.GetGrain<IMembersGrain>(territory.Id).Keep(all);
            await catalogue.Renew();
        }
        mail.Send(territory, lines);
        return lines;
    }

    /// <summary>The one whose login it is; null: nobody's.</summary>
    internal Task<string?> OwnerOf(string login) => grains.GetGrain<ILoginGrain>(AccountSecrets.LoginKey(login)).Get();

    private async Task<(InvitedLine Line, Professional? Newcomer)> One(TerritoryDocument territory, Invitee invitee, string by, Guid requestId, Uri site)
    {
        if (invitee is not { Person: { } person, Login: { } login, Problem: null }) return (new(invitee.Person?.Name, invitee.Login, null, null, invitee.Problem), null);
        var logins = grains.GetGrain<ILoginGrain>(AccountSecrets.LoginKey(login));
        var owner = await logins.Claim(person.Id);
        if (owner != person.Id)
        {
            // The same command once more: the first time it made this person.
            var theirs = await grains.GetGrain<IAccountGrain>(owner).Get();
            var repeated = !invitee.Known && theirs.TerritoryId == territory.Id && theirs.Done.Contains(new(by, requestId));
            if (!repeated) return (new(person.Name, login, null, null, AccountMessages.LoginTaken), null);
            person = person with { Id = owner };
        }
        if (!invitee.Known) await grains.GetGrain<IProfessionalGrain>(person.Id).Put(person);
        people.Forget(person.Id);
        var before = await grains.GetGrain<IAccountGrain>(person.Id).Get();
        var token = new InvitationToken(person.Id, AccountSecrets.NewToken());
        var answer = await desk.Send(person.Id, new InviteAccount(login, territory.Id, token.Hash, clock.Now + options.InvitationLasts, AccountSecrets.NewStamp()) { RequestId = requestId, By = by });
        if (before.Login is { } old && old != login) await grains.GetGrain<ILoginGrain>(AccountSecrets.LoginKey(old)).Release(person.Id);
        var newcomer = invitee.Known ? null : person;
        return answer.State is { Status: AccountStatus.Invited, Invitation: { } link }
            ? (new(person.Name, login, LinkTo(site, token), link.Expires, null), newcomer)
            : (new(person.Name, login, null, null, AccountMessages.AlreadyAccepted), newcomer);
    }

    // Behind the #: a browser keeps that part to itself, so that no log on the way has it.
    private static string LinkTo(Uri site, InvitationToken token) => new Uri(site, $"/?page=invitation#{token}").ToString();
}

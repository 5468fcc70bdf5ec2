using System.ComponentModel.DataAnnotations;

namespace SnpLive.Web.Territories.Grants;

/// <summary>What a grant says, as forms send it; <c>person</c> and <c>group</c> only with their condition.</summary>
internal abstract record GrantTermsBody
{
    [Required] public string? RequestId { get; init; }
    public string? Role { get; init; }
    /// <summary>A care stream, <c>imaging</c>, or <c>*</c>.</summary>
    public string? Stream { get; init; }
    /// <summary>Left out: none.</summary>
    public string? Condition { get; init; }
    public string? Group { get; init; }
    public string? Person { get; init; }
    /// <summary>First civil day; left out: always.</summary>
    public string? From { get; init; }
    /// <summary>Last civil day, included; left out: for ever.</summary>
    public string? To { get; init; }
    /// <summary>Where the rule comes from: a meeting, a text.</summary>
    [MaxLength(GrantBounds.Source)] public string? Source { get; init; }
}

/// <summary>Gives grants of the same terms.</summary>
internal sealed record AddGrantsBody : GrantTermsBody
{
    public IReadOnlyList<string?>? Actions { get; init; }
}

/// <summary>Corrects a grant: all of it as it is meant.</summary>
internal sealed record CorrectGrantBody : GrantTermsBody
{
    public string? Action { get; init; }
}

/// <summary>Ends a grant.</summary>
internal sealed record EndGrantBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Its last civil day; left out: at once.</summary>
    public string? LastDay { get; init; }
}

/// <summary>Bounds of the forms.</summary>
internal static class GrantBounds
{
    internal const int Source = 300;
    internal const int SourceMin = 3;
    internal const int Actions = 20;
}

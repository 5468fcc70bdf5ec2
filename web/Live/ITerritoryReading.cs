namespace SnpLive.Web.Live;

/// <summary>What this node knows of the territories beside its boards: who may open what else.</summary>
internal interface ITerritoryReading
{
    /// <summary>Reads anew.</summary>
    Task Renew();
}

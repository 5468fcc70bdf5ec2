namespace SnpLive.Grains.Requests;

/// <summary>Names of care requests' streams.</summary>
public static class CareRequestStreams
{
    /// <summary>Prefix of the streams.</summary>
    public const string Prefix = "request/";

    /// <summary>The stream of a care request.</summary>
    public static string Stream(string careRequestId) => Prefix + careRequestId;
}

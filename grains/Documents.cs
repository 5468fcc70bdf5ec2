using System.Text.Json;

namespace SnpLive.Grains;

/// <summary>Documents of the settings-like grains.</summary>
public static class Documents
{
    /// <summary>Name of their grain storage.</summary>
    public const string Storage = "documents";

    /// <summary>Whether two documents say the same. Records that hold arrays compare those by reference, hence by their JSON.</summary>
    public static bool Same<T>(T? left, T? right) =>
        JsonSerializer.Serialize(left, SnpJson.Options) == JsonSerializer.Serialize(right, SnpJson.Options);
}

using System.Security.Cryptography;

namespace SnpLive.Silo.Persons;

/// <summary>
/// Two separate keys, in files outside the database: one seals identities, one hashes traits. Losing the first loses the identities,
/// losing the second means that a known patient is not recognised.
/// </summary>
public sealed class VaultKeys
{
    private const int KeyBytes = 32;

    private VaultKeys(byte[] seal, byte[] hash) => (Seal, Hash) = (seal, hash);

    internal byte[] Seal { get; }
    internal byte[] Hash { get; }

    /// <summary>Reads the keys of a folder, or makes them on first use, readable by the owner only.</summary>
    /// <param name="folder">Created when missing.</param>
    /// <exception cref="InvalidDataException">A key file has the wrong length.</exception>
    public static VaultKeys In(string folder)
    {
        Directory.CreateDirectory(folder);
        return new(ReadOrMake(Path.Combine(folder, "seal.key")), ReadOrMake(Path.Combine(folder, "hash.key")));
    }

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file)) MakeOnce(file);
        var key = Convert.FromBase64String(File.ReadAllText(file).Trim());
        return key.Length == KeyBytes ? key : throw new InvalidDataException($"{file} must hold {KeyBytes} bytes in base64.");
    }

    // Written beside and moved into place: a process killed half-way leaves no short key, and of two starters one wins.
    private static void MakeOnce(string file)
    {
        var fresh = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options)) writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        try { File.Move(fresh, file, overwrite: false); }
        catch (IOException) when (File.Exists(file)) { File.Delete(fresh); }
    }
}

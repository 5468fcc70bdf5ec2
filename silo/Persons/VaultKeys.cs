using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SnpLive.Silo.Persons;

/// <summary>
/// Keys outside the database, each for one purpose. Seal: identities; losing it loses them. Hash: finds a patient by traits; losing it means that a known patient
/// is not recognised. Both are rings, which rotate. Access: chains the access log. Content: tells an honest repeat of a command from a changed one, and numbers
/// with an open file; it stays, as what was recorded with it stays.
/// </summary>
public sealed partial class VaultKeys
{
    private const int KeyBytes = 32;
    private const string SealName = "seal", HashName = "hash", FilePrefix = "file:";

    /// <summary>Name of the key file of the access log.</summary>
    public const string AccessFile = "access.key";

    private readonly string folder;
    private readonly VaultOptions options;
    private readonly Lock changing = new();
    private volatile KeyRing seals, hashes;

    private VaultKeys(string folder, VaultOptions options)
    {
        (this.folder, this.options) = (folder, options);
        (seals, hashes) = (Ring(SealName, options.Seal), Ring(HashName, options.Hash));
        (Access, Content) = (ReadOrMake(Path.Combine(folder, AccessFile)), ReadOrMake(Path.Combine(folder, "content.key")));
    }

    internal KeyRing Seals => seals;
    internal KeyRing Hashes => hashes;
    internal byte[] Access { get; }
    internal byte[] Content { get; }

    /// <summary>Reads the keys of a folder, or makes them on first use, readable by the owner only.</summary>
    /// <param name="folder">Created when missing.</param>
    /// <param name="options">May bring keys of its own; null: none.</param>
    /// <exception cref="InvalidDataException">A key has the wrong length or number.</exception>
    public static VaultKeys In(string folder, VaultOptions? options = null)
    {
        Directory.CreateDirectory(folder);
        return new(folder, options ?? new());
    }

    /// <summary>Rings of which a folder holds no key, and the file where their first one would lie.</summary>
    public static IEnumerable<(string Ring, string File)> MissingIn(string folder) =>
        ((string[])[SealName, HashName]).Where(name => Files(folder, name).Count == 0).Select(name => (name, Path.Combine(folder, FileName(name, KeyRing.First))));

    /// <summary>The key that sealed something. Another process may have made it a moment ago.</summary>
    internal byte[] SealedBy(int id)
    {
        if (seals.Keys.TryGetValue(id, out var key)) return key;
        Reload();
        return seals.Keys.TryGetValue(id, out key) ? key : throw new InvalidDataException($"The sealing key {id} is missing.");
    }

    /// <summary>Reads the key files again.</summary>
    internal void Reload()
    {
        lock (changing) (seals, hashes) = (Ring(SealName, options.Seal), Ring(HashName, options.Hash));
    }

    /// <summary>Whether the ring comes from the configuration, where only the operator can change it.</summary>
    internal bool IsConfigured(bool seal) => (seal ? options.Seal : options.Hash).Count > 0;

    /// <summary>Makes a new current key.</summary>
    internal int Add(bool seal)
    {
        var id = (seal ? seals : hashes).Current + 1;
        MakeOnce(Path.Combine(folder, FileName(seal ? SealName : HashName, id)));
        Reload();
        return id;
    }

    /// <summary>Forgets a key for good.</summary>
    internal void Remove(bool seal, int id)
    {
        File.Delete(Path.Combine(folder, FileName(seal ? SealName : HashName, id)));
        Reload();
    }

    private KeyRing Ring(string name, Dictionary<string, string> configured)
    {
        if (configured.Count > 0) return new(configured.ToImmutableSortedDictionary(one => Number(name, one.Key), one => Key($"Vault:{name}:{one.Key}", one.Value)));
        var files = Files(folder, name);
        if (files.Count == 0) files.Add((KeyRing.First, Path.Combine(folder, FileName(name, KeyRing.First))));
        return new(files.ToImmutableSortedDictionary(one => one.Id, one => ReadOrMake(one.File)));
    }

    private static List<(int Id, string File)> Files(string folder, string name) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, name + "*.key").Select(file => (Id: IdOf(Path.GetFileName(file), name), file)).Where(one => one.Id > 0),
    ];

    // The first key's file has no number: it is older than numbers are.
    private static string FileName(string name, int id) => id == KeyRing.First ? $"{name}.key" : string.Create(CultureInfo.InvariantCulture, $"{name}.{id}.key");

    private static int IdOf(string file, string name) => file == $"{name}.key" ? KeyRing.First
        : Numbered().Match(file) is { Success: true } match && match.Groups[1].Value == name ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;

    private static int Number(string name, string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= KeyRing.First ? number : throw new InvalidDataException($"Vault:{name}:{id}: a key's number is 1, 2, ….");

    private static byte[] Key(string place, string value) =>
        value.StartsWith(FilePrefix, StringComparison.Ordinal) ? Decoded(place, File.ReadAllText(value[FilePrefix.Length..])) : Decoded(place, value);

    private static byte[] Decoded(string place, string text)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes ? key : throw new InvalidDataException($"{place} must hold {KeyBytes} bytes in base64.");
    }

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file)) MakeOnce(file);
        return Decoded(file, File.ReadAllText(file));
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

    [GeneratedRegex(@"\A([a-z]+)\.([1-9][0-9]{0,5})\.key\z")]
    private static partial Regex Numbered();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Import;

/// <summary>Whatever is done to files: no exception, and either documents or errors, never both, never neither.</summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Junk =
    [
        "null", "true", "0", "-1", "1e999", "99999999999999999999", "\"\"", "\"mon\"", "\"24:00\"", "\"sas-44\"", "\"petit-pays\"", "[]", "{}", "[[]]", "\"\\u0000\"",
        "\"2026-02-30\"", "\"*\"", "\"99700000013\"", "\"é\"",
    ];

    [Fact]
    public void MutatedNodes()
    {
        var random = Seeded();
        var good = 0;
        for (var round = 0; round < 3000; round++)
        {
            JsonNode[] files = [TerritorySample.Json(), TerritorySample.Other()];
            for (var n = random.Next(1, 4); n > 0; n--) Mutate(files[random.Next(2)], random);
            good += Check(files.Select((f, i) => TerritorySample.File($"{i}.json", f))) ? 1 : 0;
        }
        output.WriteLine($"{good} of 3000 still good");
    }

    [Fact]
    public void BrokenBytes()
    {
        var random = Seeded();
        var whole = Encoding.UTF8.GetBytes(TerritorySample.Text);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = whole[..(random.Next(3) == 0 ? random.Next(whole.Length) : whole.Length)];
            for (var n = random.Next(0, 4); n > 0 && bytes.Length > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Check([new("a.json", bytes)]);
        }
    }

    [Fact]
    public void BrokenWords()
    {
        var random = Seeded();
        var parts = TerritorySample.Text.Split('"');
        for (var round = 0; round < 2000; round++)
        {
            var spoiled = parts.ToArray();
            for (var n = random.Next(1, 3); n > 0; n--) spoiled[random.Next(spoiled.Length)] = parts[random.Next(parts.Length)];
            Check([TerritoryFile.Of("a.json", string.Join('"', spoiled))]);
        }
    }

    [Fact]
    public void DemonstrationFilesWithANodeLess()
    {
        var random = Seeded();
        var texts = DemoTerritoriesTests.Files().Select(File.ReadAllText).ToArray();
        for (var round = 0; round < 60; round++)
        {
            var files = texts.Select(t => JsonNode.Parse(t)!).ToArray();
            Mutate(files[random.Next(files.Length)], random);
            Check(files.Select((f, i) => TerritorySample.File($"{i}.json", f)));
        }
    }

    [Fact]
    public void AHostileFileIsRefusedQuickly()
    {
        var text = new StringBuilder("{");
        for (var i = 0; text.Length < 4_900_000; i++) text.Append(CultureInfo.InvariantCulture, $"\"comunes{i}\":[1,{{}}],");
        text.Append("\"id\":\"a\"}");
        var clock = Stopwatch.StartNew();
        Check([TerritoryFile.Of("a.json", text.ToString())]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), clock.Elapsed.ToString());
    }

    private Random Seeded()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        TestContext.Current.AddAttachment("seed", seed.ToString(CultureInfo.InvariantCulture));
        return new(seed);
    }

    private static bool Check(IEnumerable<TerritoryFile> files)
    {
        var list = files.ToList();
        var set = TerritorySet.Read(list);
        Assert.Equal(set.Ok ? list.Count : 0, set.Documents.Length);
        Assert.Equal(set.Errors.IsEmpty, set.Ok);
        Assert.All(set.Errors, e =>
        {
            Assert.Contains(list, f => f.Name == e.File);
            Assert.StartsWith("$", e.Path, StringComparison.Ordinal);
            Assert.NotEmpty(e.Code);
            Assert.NotEmpty(e.Message);
        });
        foreach (var file in list)
        {
            var read = TerritoryReader.Read(file.Name, file.Content);
            Assert.Equal(read.Document is null, !read.Errors.IsEmpty);
            if (set.Ok) Assert.NotNull(read.Document);
        }
        return set.Ok;
    }

    /// <summary>Drops, replaces, doubles or moves one node.</summary>
    private static void Mutate(JsonNode root, Random random)
    {
        var nodes = All(root).Where(n => n.Parent is not null).ToList();
        if (nodes.Count == 0) return;
        var node = nodes[random.Next(nodes.Count)];
        var other = nodes[random.Next(nodes.Count)].DeepClone();
        switch (random.Next(5))
        {
            case 0 when node.Parent is JsonObject parent: parent.Remove(node.GetPropertyName()); break;
            case 0: node.Parent!.AsArray().Remove(node); break;
            case 1: node.ReplaceWith(JsonNode.Parse(Junk[random.Next(Junk.Length)])); break;
            case 2: node.ReplaceWith(other); break;
            case 3 when node.Parent is JsonArray array: array.Insert(random.Next(array.Count + 1), node.DeepClone()); break;
            case 3: node.Parent!.AsObject()[node.GetPropertyName() + "x"] = node.DeepClone(); break;
            default:
                if (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0)
                    node.ReplaceWith(JsonValue.Create(text.Remove(random.Next(text.Length), 1)));
                else node.ReplaceWith(JsonValue.Create(random.Next(-5, 5000)));
                break;
        }
    }

    private static IEnumerable<JsonNode> All(JsonNode node)
    {
        yield return node;
        var children = node switch
        {
            JsonObject o => o.Select(p => p.Value),
            JsonArray a => a,
            _ => [],
        };
        foreach (var child in children.OfType<JsonNode>().ToList())
            foreach (var deeper in All(child)) yield return deeper;
    }
}

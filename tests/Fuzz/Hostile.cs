using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SnpLive.Tests.Fuzz;

/// <summary>What people who mean harm, and programs that mean nothing, put into fields.</summary>
internal static class Hostile
{
    /// <summary>Texts: empty, blank, huge, with controls, direction marks, broken pairs, other scripts' digits, injections, dates at the edges.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "\0", "\u202Eadmin", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\uFEFF", "\uFFFF", "１２３", "٠١٢", "👩‍👩‍👧‍👦", "İıſK",
        "' OR 1=1 --", "\"; DROP TABLE event; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "../../etc/passwd", "%00", "%s%n", "\r\nSet-Cookie: a=b",
        "0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30",
        "2026-10-25T02:30:00", "-1", "1e999", "NaN", "00000000-0000-0000-0000-000000000000", "true", "null",
    ];

    /// <summary>Values of every other kind, as JSON text.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "9223372036854775808", "0.1", "[]", "{}", "[null]", "[[[[]]]]", "{\"a\":{\"b\":{}}}", "\"\\ud800\"", "\"\\u0000\"",
    ];

    public static string Huge { get; } = new('A', 40_000);

    public static string TooHuge { get; } = new('A', 200_000);

    public static string Deep { get; } = new string('[', 5_000) + new string(']', 5_000);

    /// <summary>Bodies that are no JSON of the contract at all, with their content types.</summary>
    public static IEnumerable<HttpContent> Bodies(string fitting)
    {
        yield return Json("");
        yield return Json("null");
        yield return Json("[]");
        yield return Json("42");
        yield return Json(fitting[..(fitting.Length / 2)]);
        yield return Json(fitting + fitting);
        yield return Json(Deep);
        yield return Json($"{{\"x\":\"{TooHuge}\"}}");
        yield return Bytes([.. "{\"x\":\""u8, 0xFF, 0xC3, 0x28, .. "\"}"u8], "application/json");
        yield return Bytes([.. Encoding.Unicode.GetBytes(fitting)], "application/json");
        yield return Bytes([.. Encoding.UTF8.GetBytes(fitting)], "application/json; charset=utf-7");
        yield return Bytes([.. Encoding.UTF8.GetBytes(fitting)], "text/plain");
        yield return Bytes("<a/>"u8.ToArray(), "application/xml");
        yield return Bytes("a=b"u8.ToArray(), "application/x-www-form-urlencoded");
        yield return new MultipartFormDataContent { { Json(fitting), "file", "../../x.json" } };
    }

    public static HttpContent Json(string text) => Bytes(Encoding.UTF8.GetBytes(text), "application/json");

    /// <summary>The body with one member replaced by the given JSON.</summary>
    public static string With(JsonNode body, string[] path, string json)
    {
        var marker = Guid.NewGuid().ToString("N");
        var changed = body.DeepClone();
        JsonNode? at = changed;
        foreach (var step in path[..^1]) at = at is JsonArray list ? list[0] : at?[step];
        if (at is JsonObject parent) parent[path[^1]] = marker;
        return changed.ToJsonString().Replace($"\"{marker}\"", json, StringComparison.Ordinal);
    }

    public static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static ByteArrayContent Bytes(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Tests.Dids.WebVh;

/// <summary>
/// specs/vectors/did-webvh.json: histories for other implementations, valid ones and forged ones with their
/// codes. Every key is made from 32 equal bytes, so they come out the same each time.
/// </summary>
public class WebVhVectorTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string File = Path.Combine(Folder(), "../../../../specs/vectors/did-webvh.json");

    [Fact]
    public void AreWhatTheCodeMakes()
    {
        var made = Make().ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("COOP_UPDATE_SPECS") == "1")
        {
            System.IO.File.WriteAllText(File, made);
        }

        Assert.Equal(made, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Verify_OrAreRefusedWithTheirCode()
    {
        var vectors = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        var now = vectors["now"]!.GetValue<DateTimeOffset>();
        foreach (var vector in vectors["valid"]!.AsArray())
        {
            var resolution = Resolve(vector!, now);
            Assert.True(resolution.IsResolved, $"{vector!["name"]}: {resolution.Detail}");
            Assert.Equal(vector["versionId"]!.GetValue<string>(), resolution.Metadata.VersionId);
        }

        foreach (var vector in vectors["invalid"]!.AsArray())
        {
            Assert.Equal((vector!["name"]!.GetValue<string>(), vector["code"]!.GetValue<string>()),
                (vector["name"]!.GetValue<string>(), Resolve(vector, now).Code));
        }
    }

    private static DidResolution Resolve(JsonNode vector, DateTimeOffset now) => WebVhVerifier.Verify(
        Encoding.UTF8.GetBytes(vector["log"]!.GetValue<string>()),
        Encoding.UTF8.GetBytes(vector["witnesses"]?.ToJsonString() ?? ""),
        now).Resolve(DidUrl.Parse(vector["did"]!.GetValue<string>()));

    private static JsonObject Make() => new()
    {
        ["description"] = "Histories of did:webvh 1.0 (specs/dids.md), looked at at the time \"now\". A key is the "
            + "Ed25519 key whose seed is 32 bytes of one number: updates are signed by 1 to 4, witnesses are 11 to 13.",
        ["now"] = SampleLog.Start.AddDays(1),
        ["valid"] = new JsonArray(
            Valid("one entry", SampleLog.Create()),
            Valid("rotation", SampleLog.Create().Append(1, c => c with { UpdateKeys = [SampleLog.Multikey(2)] }).Append(2)),
            Valid("pre-rotation", PreRotation()),
            Valid("witnesses", Witnessed().Approve(11, 13)),
            Valid("an earlier version", PreRotation(), "?versionNumber=2")),
        ["invalid"] = new JsonArray(
            Invalid("broken SCID", WebVhCodes.Scid, Forged(PreRotation(), 0, e => e["state"]!["service"] = new JsonArray())),
            Invalid("changed past entry", WebVhCodes.EntryHash, Forged(PreRotation(), 1, e => e["state"]!["service"] = new JsonArray())),
            Invalid("missing witness proof", WebVhCodes.WitnessMissing, Witnessed().Approve(11)),
            Invalid("version numbers out of order", WebVhCodes.VersionNumber, Lines(PreRotation(), 0, 2, 1)),
            Invalid("rotated to an uncommitted key", WebVhCodes.KeyNotCommitted, Lines(PreRotation(), 0, 1, Forge(PreRotation(2), 9,
                new JsonObject { ["updateKeys"] = new JsonArray(SampleLog.Multikey(9)), ["nextKeyHashes"] = new JsonArray() }))),
            Invalid("after deactivation", WebVhCodes.AfterDeactivation, Deactivated()),
            Invalid("by another key", WebVhCodes.KeyNotAuthorized, Lines(SampleLog.Create(), 0, Forge(SampleLog.Create(), 9, []))),
            Invalid("changed proof", WebVhCodes.Proof, Forged(SampleLog.Create(), 0, e => e["proof"]![0]!["created"] = "2026-01-01T00:00:00Z")),
            Invalid("another DID", WebVhCodes.OtherDid, (SampleLog.Create().Did.Replace("coop", "evil"), SampleLog.Create().Text, null))),
    };

    private static SampleLog PreRotation(int entries = 3)
    {
        var log = SampleLog.Create(c => c with { NextKeyHashes = [SampleLog.Hash(2)] });
        for (byte key = 2; key <= entries; key++)
        {
            log.Append(key, c => c with { UpdateKeys = [SampleLog.Multikey(key)], NextKeyHashes = [SampleLog.Hash((byte)(key + 1))] });
        }

        return log;
    }

    private static SampleLog Witnessed() => SampleLog.Create(c => c with
    {
        Witness = new WebVhWitnessRule(2, [.. new byte[] { 11, 12, 13 }.Select(n => DidKey.Create(SampleLog.Key(n).Public))]),
    });

    private static (string, string, JsonNode?) Deactivated()
    {
        var log = SampleLog.Create().Append(1, c => c with { Deactivate = true });
        return Lines(log, 0, 1, Forge(log, 1, []));
    }

    private static JsonObject Valid(string name, SampleLog log, string query = "") => new()
    {
        ["name"] = name,
        ["did"] = log.Did + query,
        ["versionId"] = WebVhVerifier.Verify(log.Bytes, log.Witnesses, log.Time).Resolve(DidUrl.Parse(log.Did + query)).Metadata.VersionId,
        ["log"] = log.Text,
        ["witnesses"] = JsonNode.Parse(log.Witnesses),
    };

    private static JsonObject Invalid(string name, string code, SampleLog log) =>
        Invalid(name, code, (log.Did, log.Text, JsonNode.Parse(log.Witnesses)));

    private static JsonObject Invalid(string name, string code, (string Did, string Log, JsonNode? Witnesses) forged) => new()
    {
        ["name"] = name, ["code"] = code, ["did"] = forged.Did, ["log"] = forged.Log, ["witnesses"] = forged.Witnesses ?? new JsonArray(),
    };

    private static (string, string, JsonNode?) Forged(SampleLog log, int index, Action<JsonObject> change)
    {
        var lines = log.Text.TrimEnd().Split('\n');
        var entry = JsonNode.Parse(lines[index])!.AsObject();
        change(entry);
        lines[index] = entry.ToJsonString();
        return (log.Did, string.Join('\n', lines) + "\n", null);
    }

    // Lines of the log by number, and lines that were made for the purpose.
    private static (string, string, JsonNode?) Lines(SampleLog log, params object[] lines)
    {
        var own = log.Text.TrimEnd().Split('\n');
        return (log.Did, string.Concat(lines.Select(l => (l is int i ? own[i] : l) + "\n")), null);
    }

    private static string Forge(SampleLog log, byte key, JsonObject parameters) =>
        WebVhForgeryTests.Forge(log, key, parameters);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}

using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;
using Coop.Node.Tests.Audit;

namespace Coop.Node.Tests.Cli;

/// <summary>The command line's <c>did resolve</c>, as a process of its own.</summary>
public sealed class DidVerbTests : IDisposable
{
    private const string Key = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-did-");
    private readonly Ed25519Key _key = Ed25519Key.Generate();
    private readonly Ed25519Key _witness = Ed25519Key.Generate();

    private string LogPath => Path.Combine(_folder.FullName, "did.jsonl");

    private string WitnessPath => Path.Combine(_folder.FullName, "did-witness.json");

    [Fact]
    public async Task Shows_ADocument_ToPeopleAndMachines()
    {
        var (exitCode, text) = await AuditedNode.RunCommandAsync("did", "resolve", Key);
        Assert.Equal(0, exitCode);
        Assert.Contains("The DID resolves", text);
        Assert.Contains($"{Key}#{Key[8..]}: Ed25519, AssertionMethod, Authentication", text);

        var json = await JsonAsync(0, Key);
        Assert.Equal("resolved", json["verdict"]!.GetValue<string>());
        Assert.Equal(Key, json["didDocument"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Checks_AHistoryOfFiles()
    {
        var did = WriteHistory();
        var json = await JsonAsync(0, did, "--log", LogPath, "--witness", WitnessPath);
        Assert.Equal("2", json["didDocumentMetadata"]!["versionId"]!.GetValue<string>().Split('-')[0]);
        Assert.Equal("1", json["didDocumentMetadata"]!["witnessThreshold"]!.GetValue<string>());
        json = await JsonAsync(0, did + "?versionNumber=1", "--log", LogPath, "--witness", WitnessPath);
        Assert.Equal("1", json["didDocumentMetadata"]!["versionId"]!.GetValue<string>().Split('-')[0]);

        json = await JsonAsync(1, did, "--log", LogPath);
        Assert.Equal(WebVhCodes.WitnessMissing, Code(json));
        Assert.Equal("invalidHistory", json["didResolutionMetadata"]!["error"]!.GetValue<string>());
        json = await JsonAsync(1, did.Replace("coop.example", "evil.example"), "--log", LogPath, "--witness", WitnessPath);
        Assert.Equal(WebVhCodes.OtherDid, Code(json));

        Forge();
        json = await JsonAsync(1, did, "--log", LogPath, "--witness", WitnessPath);
        Assert.Equal(("refused", WebVhCodes.Scid), (json["verdict"]!.GetValue<string>(), Code(json)));
        var (exitCode, text) = await AuditedNode.RunCommandAsync("did", "resolve", did, "--log", LogPath);
        Assert.Equal(1, exitCode);
        Assert.Contains("The DID is refused", text);
        Assert.Contains(WebVhCodes.Scid, text);
    }

    [Theory]
    [InlineData(1, DidCodes.InvalidUrl, "not a did")]
    [InlineData(1, "key-base58", "did:key:0")]
    [InlineData(1, DidCodes.InvalidIdentifier, "did:web:127.0.0.1")]
    [InlineData(2, DidCodes.MethodNotSupported, "did:example:1")]
    [InlineData(2, DidCodes.Refused, "did:web:localhost")]
    [InlineData(2, DidCodes.Unreachable, "did:web:localhost%3A9", "--allow-private")]
    public async Task Says_WhyNot(int exitCode, string code, string did, params string[] options) =>
        Assert.Equal(code, Code(await JsonAsync(exitCode, [did, .. options])));

    [Fact]
    public async Task Says_WhatItCouldNotDo()
    {
        var json = await JsonAsync(2, Key, "--log", Path.Combine(_folder.FullName, "missing"));
        Assert.Equal("unresolved", json["verdict"]!.GetValue<string>());
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("did", "resolve", Key, "--witness", WitnessPath)).ExitCode);
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("did", "resolve", Key, "--log", LogPath, "--dns")).ExitCode);
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("did", "resolve")).ExitCode);
    }

    public void Dispose()
    {
        _key.Dispose();
        _witness.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string? Code(JsonNode json) => json["didResolutionMetadata"]!["code"]?.GetValue<string>();

    private static async Task<JsonNode> JsonAsync(int expectedExitCode, params string[] arguments)
    {
        var (exitCode, text) = await AuditedNode.RunCommandAsync(["did", "resolve", .. arguments, "--json"]);
        Assert.True(exitCode == expectedExitCode, $"{exitCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private void Forge() => File.WriteAllText(LogPath, File.ReadAllText(LogPath).Replace("#key-1", "#key-2"));

    // Two entries; a witness approved the second, and so the first.
    private string WriteHistory()
    {
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var first = WebVhLog.Create(
            new WebVhChange
            {
                State = Document($"did:webvh:{WebVhHash.Placeholder}:coop.example"),
                Time = time,
                UpdateKeys = [_key.Public.ToMultikey()],
                Witness = new WebVhWitnessRule(1, [DidKey.Create(_witness.Public)]),
            },
            _key);
        var log = first.ToLine();
        var second = WebVhLog.Append(
            System.Text.Encoding.UTF8.GetBytes(log), new WebVhChange { State = first.State, Time = time.AddHours(1) }, _key);
        File.WriteAllText(LogPath, log + second.ToLine());
        var approval = WebVhLog.Approve(second.VersionId, _witness, time.AddHours(1));
        File.WriteAllText(WitnessPath, WebVhLog.WitnessFile([(second.VersionId, approval)]).ToJsonString());
        return second.Did;
    }

    private JsonObject Document(string did) => new()
    {
        ["id"] = did,
        ["verificationMethod"] = new JsonArray(new JsonObject
        {
            ["id"] = did + "#key-1",
            ["type"] = "Multikey",
            ["controller"] = did,
            ["publicKeyMultibase"] = _key.Public.ToMultikey(),
        }),
    };
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Identity;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Identity;

/// <summary>The node's own DID: made once, served, rotated while the node runs.</summary>
public sealed class NodeIdentityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstStart_MakesTheDid_AndServesItInBothForms()
    {
        await using var node = await TestNode.StartAsync();
        var identity = node.Services.GetRequiredService<NodeIdentity>();
        var description = JsonElement.Parse(await node.Client.GetStringAsync("/.well-known/coop-node", Ct));
        Assert.Equal(identity.Did, description.GetProperty("did").GetString());
        Assert.Matches("^did:webvh:Qm[1-9A-HJ-NP-Za-km-z]{44}:localhost%3A5080$", identity.Did);

        var lines = await LinesAsync(node);
        var entry = Assert.Single(lines);
        Assert.Single(entry["parameters"]!["nextKeyHashes"]!.AsArray());
        var history = WebVhVerifier.Verify(
            Encoding.UTF8.GetBytes(identity.History), [], node.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        Assert.True(history.Resolve(DidUrl.Parse(identity.Did)).IsResolved);

        var web = JsonNode.Parse(await node.Client.GetStringAsync("/.well-known/did.json", Ct))!.AsObject();
        var document = DidDocument.Parse(web, "did:web:localhost%3A5080");
        Assert.Equal(identity.Did, web["alsoKnownAs"]![0]!.GetValue<string>());
        Assert.Equal(2, document.For(VerificationPurpose.AssertionMethod).Count);
    }

    [Fact]
    public async Task Signers_AreNamedByTheDocument()
    {
        await using var node = await TestNode.StartAsync();
        var identity = node.Services.GetRequiredService<NodeIdentity>();
        var document = DidDocument.Parse((await LinesAsync(node))[^1]["state"]!.AsObject(), identity.Did);
        foreach (var signer in new[] { identity.AssertionSigner, identity.Es256Signer })
        {
            var method = document.Find(signer.KeyId, VerificationPurpose.AssertionMethod)!;
            Assert.True(method.Key.Verify("message"u8, signer.Key.Sign("message"u8)));
        }
    }

    [Fact]
    public async Task Rotation_IsTakenUpByTheRunningNode_AndOldSignaturesStillVerify()
    {
        await using var node = await TestNode.StartAsync();
        var identity = node.Services.GetRequiredService<NodeIdentity>();
        var old = identity.AssertionSigner;
        var signature = old.Key.Sign("kept"u8);

        await RotateAsync(node);
        await identity.RefreshAsync(Ct);

        Assert.NotEqual(old.KeyId, identity.AssertionSigner.KeyId);
        var lines = await LinesAsync(node);
        Assert.Equal(2, lines.Count);
        var log = Encoding.UTF8.GetBytes(identity.History);
        var history = WebVhVerifier.Verify(log, [], node.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        Assert.Null(history.Fault);
        // A resolver that asks for the version before the rotation finds the old keys alone.
        var before = history.Resolve(DidUrl.Parse($"{identity.Did}?versionId={lines[0]["versionId"]}"));
        Assert.Equal(2, before.Document!.VerificationMethods.Count);
        var document = DidDocument.Parse(lines[^1]["state"]!.AsObject(), identity.Did);
        Assert.True(document.Find(old.KeyId, VerificationPurpose.AssertionMethod)!.Key.Verify("kept"u8, signature));
        Assert.NotNull(document.Find(identity.AssertionSigner.KeyId, VerificationPurpose.AssertionMethod));
        Assert.Equal(identity.AssertionSigner.KeyId, Assert.Single(document.For(VerificationPurpose.Authentication)).Id);

        // Only the new generation's keys are left, and the one that the next rotation needs.
        var files = node.DataFolder.GetDirectories("keys").Single().GetFiles().Select(f => f.Name);
        Assert.Equal(
            ["assertion-2.ed25519", "credentials-2.p256", "did-update-2.ed25519", "did-update-3.ed25519"],
            files.Where(f => f.Contains('-', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ARotationThatCrashed_LeavesFilesThatTheNextOneUses()
    {
        await using var node = await TestNode.StartAsync();
        var options = node.Services.GetRequiredService<NodeOptions>();
        string left;
        using (var keys = NodeKeys.Open(options, 2))
        {
            left = keys.Assertion.Public.ToMultikey();
        }

        var did = await RotateAsync(node);
        Assert.Equal(left, NodeDocument.KeysOf(did.Document)[0]);
    }

    [Fact]
    public async Task RotatedToAnUncommittedKey_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        var file = Path.Combine(node.Services.GetRequiredService<NodeOptions>().KeyFolder, "did-update-2.ed25519");
        File.Delete(file);
        var refusal = await Assert.ThrowsAsync<DidException>(() => RotateAsync(node));
        Assert.Equal(WebVhCodes.KeyNotCommitted, refusal.Code);
        Assert.Single(await LinesAsync(node));
    }

    [Fact]
    public async Task RestartOnTheSameKeys_KeepsTheDid_AndOtherKeysAreRefused()
    {
        await using var node = await TestNode.StartAsync();
        var did = node.Services.GetRequiredService<NodeIdentity>().Did;
        await using (var replica = await TestNode.StartAsync(database: node.Database, keysFrom: node.DataFolder))
        {
            Assert.Equal(did, replica.Services.GetRequiredService<NodeIdentity>().Did);
        }

        var keys = new DirectoryInfo(Path.Combine(node.DataFolder.FullName, "keys"));
        keys.GetFiles("assertion-1.ed25519").Single().Delete();
        var missing = await Assert.ThrowsAsync<FormatException>(
            () => TestNode.StartAsync(database: node.Database, keysFrom: node.DataFolder));
        Assert.Contains("assertion-1.ed25519 is missing", missing.Message, StringComparison.Ordinal);
        KeyFiles.Ed25519(keys.FullName, "assertion-1.ed25519").Dispose();
        var other = await Assert.ThrowsAsync<FormatException>(
            () => TestNode.StartAsync(database: node.Database, keysFrom: node.DataFolder));
        Assert.Contains(did, other.Message, StringComparison.Ordinal);
    }

    private static Task<NodeDid> RotateAsync(TestNode node) => NodeDidWriter.RotateAsync(
        node.Services.GetRequiredService<Transactions>(), node.Services.GetRequiredService<NodeOptions>(), Ct);

    private static async Task<IReadOnlyList<JsonObject>> LinesAsync(TestNode node)
    {
        var text = await node.Client.GetStringAsync("/.well-known/did.jsonl", Ct);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Json;
using Coop.Identity.Keys;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Log;
using Npgsql;

namespace Coop.Node.Identity;

/// <summary>
/// Makes and rotates the node's DID. A generation's key files are on disk before the transaction that
/// publishes it, and that transaction is the only step that counts: a crash before it changes nothing, and
/// the files that it left are the next attempt's.
/// </summary>
internal static class NodeDidWriter
{
    private const string Actor = "node";
    private const string Subject = "node:did";

    /// <summary>The node's DID; made where there is none.</summary>
    public static async Task<NodeDid> EnsureAsync(
        Transactions transactions, NodeOptions options, CancellationToken ct) =>
        await transactions.ReadAsync(ReadAsync, ct)
            ?? await transactions.WriteAsync((scope, token) => CreateAsync(scope, options, token), ct);

    /// <summary>Publishes the next generation of keys.</summary>
    public static Task<NodeDid> RotateAsync(
        Transactions transactions, NodeOptions options, CancellationToken ct) =>
        transactions.WriteAsync((scope, token) => RotateAsync(scope, options, token), ct);

    /// <summary>What is published now; null before the node's first start.</summary>
    public static async Task<NodeDid?> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var lines = await NodeDidStore.ListAsync(connection, ct);
        if (lines.Count == 0)
        {
            return null;
        }

        // What the node itself has published it has verified; only the last version is looked at.
        var last = CanonicalJson.Parse(Encoding.UTF8.GetBytes(lines[^1]))!.AsObject();
        var document = last["state"]!.AsObject();
        return new(
            lines.Count, document["id"]!.GetValue<string>(), string.Concat(lines), document,
            DateTimeOffset.Parse(last["versionTime"]!.GetValue<string>(), CultureInfo.InvariantCulture));
    }

    internal static async Task<NodeDid> CreateAsync(WriteScope scope, NodeOptions options, CancellationToken ct)
    {
        if (await ReadAsync(scope.Connection, ct) is { } made)
        {
            return made;
        }

        using var keys = NodeKeys.Open(options, 1);
        var document = NodeDocument.Of(
            Template(options), options.Identifier, NodeDocument.Present(keys.Assertion.Public, keys.Es256.Public));
        // Can only be said here: a co-op may have to move to another address one day.
        var change = Change(document, keys, scope.Now) with { IsPortable = true };
        return await AppendAsync(scope, before: null, WebVhLog.Create(change, keys.Update), ct);
    }

    private static async Task<NodeDid> RotateAsync(WriteScope scope, NodeOptions options, CancellationToken ct)
    {
        if (await ReadAsync(scope.Connection, ct) is not { } did)
        {
            return await CreateAsync(scope, options, ct);
        }

        using var keys = NodeKeys.Open(options, did.Version + 1);
        var document = NodeDocument.Rotated(did.Document, keys.Assertion.Public, keys.Es256.Public);
        // A version is later than the one before it, whatever the clocks say.
        var at = scope.Now > did.UpdatedAt ? scope.Now : did.UpdatedAt.AddSeconds(1);
        var entry = WebVhLog.Append(Encoding.UTF8.GetBytes(did.Log), Change(document, keys, at), keys.Update);
        return await AppendAsync(scope, did, entry, ct);
    }

    private static async Task<NodeDid> AppendAsync(
        WriteScope scope, NodeDid? before, WebVhEntry entry, CancellationToken ct)
    {
        var line = entry.ToLine();
        await NodeDidStore.InsertAsync(scope.Transaction, entry.VersionNumber, line, scope.Now, ct);
        scope.Append(new EventDraft(
            EventTypes.NodeDidUpdated, Actor, Subject, Visibility.Public,
            new JsonObject
            {
                ["did"] = entry.Did,
                ["versionId"] = entry.VersionId,
                ["entrySha256"] = Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(line))),
            }));
        return new(entry.VersionNumber, entry.Did, before?.Log + line, entry.State, entry.VersionTime);
    }

    private static WebVhChange Change(JsonObject document, NodeKeys keys, DateTimeOffset at) => new()
    {
        State = document,
        Time = at,
        UpdateKeys = [keys.Update.Public.ToMultikey()],
        NextKeyHashes = [WebVhHash.OfKey(keys.NextUpdate.Public.ToMultikey())],
    };

    /// <summary>The DID as it will be, with the SCID's placeholder: a port's colon is percent-encoded.</summary>
    private static string Template(NodeOptions options) =>
        $"did:webvh:{WebVhHash.Placeholder}:{options.PublicUrl.Authority.Replace(":", "%3A", StringComparison.Ordinal)}";
}

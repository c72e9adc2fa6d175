using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
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
        var entries = await NodeDidStore.ListAsync(connection, ct);
        return entries.Count == 0 ? null : Of(entries);
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
        return await AppendAsync(scope, [], NodeHistory.First(document, keys, scope.Now), ct);
    }

    private static async Task<NodeDid> RotateAsync(WriteScope scope, NodeOptions options, CancellationToken ct)
    {
        var entries = await NodeDidStore.ListAsync(scope.Connection, ct);
        if (entries.Count == 0)
        {
            return await CreateAsync(scope, options, ct);
        }

        using var keys = NodeKeys.Open(options, entries.Count + 1);
        var last = NodeHistory.Parse(entries[^1]);
        RequireCommitted(last, keys, options);
        var document = NodeDocument.Rotated(last["state"]!.AsObject(), keys.Assertion.Public, keys.Es256.Public);
        // A version is later than the one before it, whatever the clocks say.
        var at = Later(scope.Now, last);
        return await AppendAsync(scope, entries, NodeHistory.Next(last, document, keys, at), ct);
    }

    private static async Task<NodeDid> AppendAsync(
        WriteScope scope, IReadOnlyList<string> before, string entry, CancellationToken ct)
    {
        var did = Of([.. before, entry]);
        await NodeDidStore.InsertAsync(scope.Transaction, did.Version, entry, scope.Now, ct);
        scope.Append(new EventDraft(
            EventTypes.NodeDidUpdated, Actor, Subject, Visibility.Public,
            new JsonObject
            {
                ["did"] = did.Did,
                ["versionId"] = NodeHistory.Parse(entry)["versionId"]!.GetValue<string>(),
                ["entrySha256"] = Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(entry))),
            }));
        return did;
    }

    private static NodeDid Of(IReadOnlyList<string> entries)
    {
        var document = NodeHistory.Parse(entries[^1])["state"]!.AsObject();
        return new(
            entries.Count,
            document["id"]!.GetValue<string>(),
            string.Concat(entries.Select(entry => entry + "\n")),
            document);
    }

    /// <summary>The DID as it will be, with the SCID's placeholder: a port's colon is percent-encoded.</summary>
    private static string Template(NodeOptions options) =>
        $"did:webvh:{NodeHistory.Placeholder}:{options.PublicUrl.Authority.Replace(":", "%3A", StringComparison.Ordinal)}";

    private static void RequireCommitted(JsonObject last, NodeKeys keys, NodeOptions options)
    {
        var hash = NodeHistory.CommitmentTo(keys.Update.Public);
        if (!last["parameters"]!["nextKeyHashes"]!.AsArray().Any(h => h!.GetValue<string>() == hash))
        {
            throw new FormatException(
                $"The key in {options.KeyFolder} is not the one that the DID's last version commits to. "
                + "Use the key folder of the node, or bring it back from a backup.");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset now, JsonObject last)
    {
        var before = DateTimeOffset.Parse(last["versionTime"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        return now >= before.AddSeconds(1) ? now : before.AddSeconds(1);
    }
}

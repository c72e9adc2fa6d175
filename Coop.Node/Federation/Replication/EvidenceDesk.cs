using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Coop.Node.Identity;
using Coop.Node.Log;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Where proofs arrive, found here or brought by a peer: in one transaction they are stored, written into the
/// log, and the peering with that log's co-op is frozen. What speaks against this node's own log stops its signing.
/// Thread-safe.
/// </summary>
public sealed class EvidenceDesk(
    Transactions transactions, KnownLogs logs, Peerings peerings, NodeIdentity identity, NodeLog own, HistoryChoices choices,
    SeenCheckpoints seen, EvidenceGossip gossip, ILogger<EvidenceDesk> logger)
{
    /// <summary>The source of what this node found out itself.</summary>
    public const string Own = "own";

    /// <summary>Takes what this node found out itself; the file then says how it came by the key.</summary>
    public async Task<EvidenceReception> TakeOwnAsync(EquivocationEvidence evidence, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var peering = await peerings.FindByOriginAsync(evidence.LogKey.Name, ct);
        var pinned = peering is null ? null : new EvidencePin(
            identity.Did, peering.Peer.Did, $"Both signed the terms {peering.Terms.Hash} of their peering, which name the key.");
        return await TakeAsync(evidence with { Pinned = pinned }, Own, ct);
    }

    /// <summary>Takes verified evidence.</summary>
    /// <param name="evidence">What <see cref="EquivocationEvidence.Parse"/> answered.</param>
    /// <param name="source">The DID of the peer that brought it, or <see cref="Own"/>.</param>
    /// <param name="ct">Cancels the attempt.</param>
    public async Task<EvidenceReception> TakeAsync(EquivocationEvidence evidence, string source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var origin = evidence.LogKey.Name;
        var key = await logs.FindKeyAsync(origin, ct);
        var peering = await peerings.FindByOriginAsync(origin, ct);
        var (reception, settled) = key == evidence.LogKey
            ? await StoreAsync(evidence, source, peering?.Id, ct)
            : (EvidenceRule.Receive(evidence, key, [], 0, isSettled: false), null);
        if (reception == EvidenceReception.New)
        {
            peerings.Forget();
            Logs.EquivocationFound(logger, origin, evidence.Id, source);
            gossip.Tell(evidence);
        }

        await CompareWithOwnLogAsync(evidence, source, ct);
        if (settled?.Other is { } other && await seen.ReportAsync(evidence.LogKey, other, ct) is { } third)
        {
            // It shows a history that people gave up, and one that is none of those between which they chose.
            await TakeOwnAsync(third, ct);
        }

        return reception;
    }

    /// <returns>How it was received; the verdict where people have decided about it already.</returns>
    private async Task<(EvidenceReception Reception, DecidedHistories.Verdict? Settled)> StoreAsync(
        EquivocationEvidence evidence, string source, Guid? peeringId, CancellationToken ct)
    {
        while (true)
        {
            var (verdict, choice) = await choices.JudgeAsync(evidence, ct);
            if (await transactions.WriteAsync(
                (scope, token) => StoreAsync(scope, evidence, source, peeringId, verdict.IsSettled, choice, token), ct) is { } reception)
            {
                return (reception, reception == EvidenceReception.Settled ? verdict : null);
            }
        }
    }

    /// <returns>Null, and nothing is written, when people have decided meanwhile.</returns>
    private async Task<EvidenceReception?> StoreAsync(
        WriteScope scope, EquivocationEvidence evidence, string source, Guid? peeringId, bool isSettled, long choice, CancellationToken ct)
    {
        var origin = evidence.LogKey.Name;
        if (((await HistoryChoiceTable.FindAsync(scope.Connection, origin, ct))?.Number ?? 0) != choice)
        {
            return null;
        }

        var stored = await EvidenceTable.ListIdsAsync(scope.Connection, origin, ct);
        var undecided = await EvidenceTable.ListUndecidedAsync(scope.Connection, origin, ct);
        var received = EvidenceRule.Receive(evidence, evidence.LogKey, stored, undecided.Count, isSettled);
        if (received == EvidenceReception.New)
        {
            await WriteAsync(scope, evidence, source, peeringId, ct);
        }

        return received;
    }

    // Also what is known already: the node may have ended between the two.
    private async Task CompareWithOwnLogAsync(EquivocationEvidence evidence, string source, CancellationToken ct)
    {
        if (evidence.LogKey == own.Vkey)
        {
            var who = $"The evidence {evidence.Id} (from {source})";
            await own.CompareAsync(evidence.Smaller, who, ct);
            await own.CompareAsync(evidence.Larger, who, ct);
        }
    }

    private async Task WriteAsync(
        WriteScope scope, EquivocationEvidence evidence, string source, Guid? peeringId, CancellationToken ct)
    {
        var id = scope.Append(Draft(evidence, source));
        await EvidenceTable.InsertAsync(
            scope.Transaction,
            new StoredEvidence(evidence.Id, evidence.LogKey.Name, source, scope.Now, id),
            Encoding.UTF8.GetString(evidence.Encode()),
            ct);
        if (peeringId is { } peering)
        {
            await peerings.FreezeAsync(scope, peering, $"evidence {evidence.Id}", ct);
        }
    }

    /// <summary>The event; its payload is public, and specs/evidence.md lists the members.</summary>
    private static EventDraft Draft(EquivocationEvidence evidence, string source) => new(
        EventTypes.EquivocationFound,
        "node",
        LogSubject.Of(evidence.LogKey.Name),
        Visibility.Public,
        new JsonObject
        {
            ["evidence"] = evidence.Id,
            ["origin"] = evidence.LogKey.Name,
            ["vkey"] = evidence.LogKey.ToString(),
            ["smaller"] = Checkpoint.Parse(evidence.Smaller.Text).Size,
            ["larger"] = Checkpoint.Parse(evidence.Larger.Text).Size,
            ["source"] = source,
        });
}

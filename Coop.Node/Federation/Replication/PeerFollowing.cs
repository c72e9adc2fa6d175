using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Log;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// One visit of a peer: its log is followed for a turn, what it says of others is heard, what was seen of it is
/// recorded. Thread-safe.
/// </summary>
public sealed class PeerFollowing(
    IMirrorStore store,
    KnownLogs logs,
    CheckpointReports reports,
    Hearsay hearsay,
    Entangling entangling,
    EvidenceDesk desk,
    EvidencePull evidencePull,
    HistoryChoices choices,
    OutboundHttp http,
    Transactions transactions,
    TimeProvider time)
{
    /// <summary>The fault of a peer that does not answer; the others are those of an audit.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>Visits a peer, and notes how it went.</summary>
    /// <exception cref="AuditImpossibleException">It did not answer.</exception>
    /// <exception cref="LogFaultException">The copy is damaged.</exception>
    public async Task<FollowResult> VisitAsync(Peering peer, FollowOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var visitedAt = time.GetUtcNow();
        var source = new PeerLogSource(http, new Uri(peer.Peer.Address, LogPaths.Prefix), time);
        try
        {
            var result = await FollowAsync(peer, source, options, ct);
            await NoteAsync(peer, visitedAt, FaultOf(result), ct);
            return result;
        }
        catch (AuditImpossibleException e)
        {
            await NoteAsync(peer, visitedAt, (NoAnswer, e.Message), ct);
            throw;
        }
    }

    private async Task<FollowResult> FollowAsync(
        Peering peer, PeerLogSource source, FollowOptions options, CancellationToken ct)
    {
        var key = peer.Peer.LogKey;
        var others = await logs.SubjectsButAsync(key.Name, ct);
        var refused = await choices.RefusedAsync(key, ct);
        var result = await new LogFollower(source, key, store, options, others, refused).FollowAsync(ct);
        if (result.Evidence is { } evidence)
        {
            await desk.TakeOwnAsync(evidence, ct);
            return result;
        }

        await reports.ReviewAsync(key, ct);
        if (result.Outcome is FollowOutcome.UpToDate)
        {
            await entangling.RecordAsync(key.Name, result.State, ct);
            await hearsay.ReadAsync(MirrorKey.Of(key.Name, result.State.History), source, ct);
            await evidencePull.PullAsync(peer, ct);
        }

        return result;
    }

    private Task<int> NoteAsync(
        Peering peer, DateTimeOffset visitedAt, (string Code, string Detail)? fault, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var visit = new MirrorVisit(
            peer.Peer.LogOrigin,
            visitedAt,
            fault is null ? now : null,
            fault?.Code,
            fault?.Detail,
            fault is null ? null : now);
        return transactions.MaintainAsync(
            (transaction, token) => MirrorVisitTable.UpsertAsync(transaction, visit, token), ct);
    }

    private static (string Code, string Detail)? FaultOf(FollowResult result) => result switch
    {
        { Finding: { } finding } => (FindingCodes.Name(finding.Code), finding.Detail),
        { Evidence: not null } => (FindingCodes.Name(FindingCode.HistoryRewritten), "The log signed two histories."),
        _ => null,
    };
}

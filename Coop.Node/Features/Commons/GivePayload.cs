using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Peering;
using Coop.Identity.Json;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Commons;

/// <summary>GET /federation/payloads/{hash}: the content of a shared event, with what proves it.</summary>
internal static class GivePayload
{
    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapGet("/payloads/{hash}", HandleAsync)
            .RequirePeer(PeeringScope.Claims)
            .WithName("GivePayload")
            .WithSummary("Read the content of an event that is shared with the peer that asks, by its payload hash");

    private static async Task<SharedPayload> HandleAsync(
        string hash, HttpContext http, Transactions transactions, LogFiles files, Cosignatures cosignatures, TimeProvider time,
        CancellationToken ct)
    {
        var peer = http.Peer();
        var bytes = HashText(hash);
        // Who fetched it is written in the transaction that reads it: an erasure sees the one or the other.
        var found = await transactions.MaintainAsync(
            async (t, c) =>
            {
                var item = await CommonsItemStore.FindStandingAsync(t.Connection!, bytes, c);
                if (item is null || !item.IsFor(peer.Peer.Did))
                {
                    throw ProblemTypes.NotFound.With("Nothing of this hash is shared with you.");
                }

                await CommonsFetchStore.AddAsync(t, item.EventId, peer.Peer.Did, peer.Peer.Name, time.GetUtcNow(), c);
                return await EventStore.FindAsync(t.Connection!, item.EventId, c);
            },
            ct);
        return await AnswerAsync(found!, files, cosignatures, ct);
    }

    private static async Task<SharedPayload> AnswerAsync(
        EventRecord found, LogFiles files, Cosignatures cosignatures, CancellationToken ct)
    {
        var payload = found.Payload ?? throw ProblemTypes.PayloadErased.With("Its content was erased.");
        if (found.Seq is not { } seq || await cosignatures.ReadOverAsync(seq, ct) is not { } checkpoint)
        {
            throw ProblemTypes.NotYetInLog.With("The event waits for its place in the log.");
        }

        var receipt = await files.ProveAsync(seq, checkpoint, ct);
        return new(
            Encoding.UTF8.GetString(found.Entry!),
            Convert.ToBase64String(payload.Salt),
            CanonicalJson.Parse(Encoding.UTF8.GetBytes(payload.Json))!.AsObject(),
            receipt.ToString());
    }

    private static byte[] HashText(string hex)
    {
        const int hexLength = 64;
        try
        {
            return hex.Length == hexLength && !hex.Any(char.IsAsciiLetterUpper)
                ? Convert.FromHexString(hex)
                : throw ProblemTypes.NotFound.With("This is no payload hash.");
        }
        catch (FormatException)
        {
            throw ProblemTypes.NotFound.With("This is no payload hash.");
        }
    }
}

using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;

namespace Coop.Node.Federation.Witnessing;

/// <summary>GET /federation/seen: what this node last saw of the log of the peer who asks.</summary>
public static class ShowSeen
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(FederationSetup.Prefix + "/seen", HandleAsync)
            .RequirePeer()
            .WithTags("Federation")
            .WithName("ReadSeen")
            .WithSummary("Read the newest checkpoint of the caller's own log that this node has seen");

    /// <summary>A checkpoint of the caller's log, by the caller's own signature.</summary>
    /// <param name="Size">Its size; null where none was seen.</param>
    /// <param name="Root">Its root, base64 of 32 bytes; null where none was seen.</param>
    /// <param name="Note">The signed checkpoint; null where none was seen.</param>
    public sealed record Response(long? Size, string? Root, string? Note);

    private static async Task<Response> HandleAsync(
        HttpContext context, IWitnessStore witness, MirrorStore mirrors, Transactions transactions, CancellationToken ct)
    {
        var origin = context.Peer().Peer.LogOrigin;
        // What the database has forgotten comes back from the guard first.
        await witness.FindLatestAsync(origin, ct);
        var cosigned = await transactions.ReadAsync(
            (connection, token) => WitnessedLogStore.FindNoteAsync(connection, origin, token), ct);
        var copied = (await mirrors.ReadAsync(origin, ct)).Accepted;
        var newest = new[] { cosigned is null ? null : SignedNote.Parse(Encoding.UTF8.GetBytes(cosigned)), copied }
            .Where(note => note is not null)
            .Select(note => (Note: note!, Checkpoint: Checkpoint.Parse(note!.Text)))
            .OrderByDescending(seen => seen.Checkpoint.Size)
            .FirstOrDefault();
        return newest.Note is null
            ? new(null, null, null)
            : new(newest.Checkpoint.Size, Convert.ToBase64String(newest.Checkpoint.Root.Span), newest.Note.ToString());
    }
}

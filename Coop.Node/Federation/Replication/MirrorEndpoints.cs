using System.Security.Cryptography;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Node.Http;
using Microsoft.Net.Http.Headers;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The copies of other logs in the form in which a log is served (specs/replication.md), so that an auditor's
/// tools read them as they read the original. Public, as the logs are.
/// </summary>
internal static class MirrorEndpoints
{
    private const string NoteType = "text/plain; charset=utf-8";
    private const string TileType = "application/octet-stream";
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string ShortLived = "public, max-age=60";
    private const string NotStored = "no-store";

    public static void Map(IEndpointRouteBuilder app)
    {
        var mirrors = app.MapGroup(FederationSetup.Prefix).AllowAnonymous().WithTags("Federation");
        mirrors.MapGet("/mirrors", ListAsync)
            .WithName("ListMirrors")
            .WithSummary("List the copies that this node keeps of other logs");
        mirrors.MapGet("/mirrors/{id}/checkpoint", CheckpointAsync)
            .WithSummary("Read the newest checkpoint of which the copy has every entry");
        mirrors.MapGet("/mirrors/{id}/tile/{**path}", TileAsync)
            .WithSummary("Read a tile or a bundle of entries of a copy (C2SP tlog-tiles)");
    }

    /// <summary>The copies.</summary>
    /// <param name="Mirrors">Those of the histories that are followed, in the order of their origins.</param>
    /// <param name="Aside">Those that were kept aside when people chose another history of the log.</param>
    public sealed record Response(IReadOnlyList<Item> Mirrors, IReadOnlyList<Item> Aside);

    /// <summary>A copy of another log.</summary>
    /// <param name="Id">Its name in paths: SHA-256 of the origin, in hex, and from the second history on its number.</param>
    /// <param name="Origin">The log.</param>
    /// <param name="Vkey">The key that signed it, as pinned here; null where no peering names the log any more.</param>
    /// <param name="Size">Entries of the newest complete checkpoint.</param>
    public sealed record Item(string Id, string Origin, string? Vkey, long Size);

    private static async Task<Response> ListAsync(
        MirrorFiles files, KnownLogs logs, HttpContext context, CancellationToken ct)
    {
        var (followed, aside) = (new List<Item>(), new List<Item>());
        foreach (var (origin, state, isFollowed) in await files.ListAllAsync(ct))
        {
            if (state.Complete is { } note)
            {
                var key = await logs.FindKeyAsync(origin, ct);
                (isFollowed ? followed : aside).Add(new Item(
                    MirrorKey.IdOf(origin, state.History), origin, key?.ToString(), Checkpoint.Parse(note.Text).Size));
            }
        }

        context.Response.Headers.CacheControl = NotStored;
        return new Response(followed, aside);
    }

    private static async Task<IResult> CheckpointAsync(
        string id, MirrorFiles files, HttpContext context, CancellationToken ct)
    {
        var note = await files.FindCheckpointAsync(id, ct)
            ?? throw ProblemTypes.NotFound.With("There is no complete copy of such a log.");
        context.Response.Headers.CacheControl = NotStored;
        return Results.Text(note.ToString(), NoteType);
    }

    private static async Task<IResult> TileAsync(
        string id, string? path, MirrorFiles files, HttpContext context, CancellationToken ct)
    {
        var bytes = TilePath.TryParse("tile/" + path, out var tile) ? await files.FindAsync(id, tile, ct) : null;
        if (bytes is null)
        {
            throw ProblemTypes.NotFound.With("The copy has no such tile.");
        }

        context.Response.Headers.CacheControl = tile.IsFull ? Immutable : ShortLived;
        var tag = tile.IsFull ? EntityTagHeaderValue.Parse($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"") : null;
        return Results.Bytes(bytes, TileType, entityTag: tag);
    }
}

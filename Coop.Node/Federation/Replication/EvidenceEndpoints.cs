using System.Text;
using Coop.Federation.Replication;
using Coop.Node.Http;

namespace Coop.Node.Federation.Replication;

/// <summary>The proofs that logs signed two histories (specs/evidence.md): for anyone to read, for peers to bring.</summary>
internal static class EvidenceEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string NotStored = "no-store";

    public static void Map(IEndpointRouteBuilder app)
    {
        var evidence = app.MapGroup(FederationSetup.Prefix).WithTags("Federation");
        evidence.MapGet("/evidence", ListAsync)
            .AllowAnonymous()
            .WithName("ListEvidence")
            .WithSummary("List the proofs that logs signed two histories, newest first");
        evidence.MapGet("/evidence/{id}", ReadAsync)
            .AllowAnonymous()
            .WithName("ReadEvidence")
            .WithSummary("Read a proof that a log signed two histories, as the verify verb takes it");
        evidence.MapPost("/evidence", TakeAsync)
            .RequirePeer()
            .WithName("TakeEvidence")
            .WithSummary("Take a proof that a peer has found");
    }

    /// <summary>The proofs.</summary>
    /// <param name="Evidence">The newest first.</param>
    public sealed record Response(IReadOnlyList<Item> Evidence);

    /// <summary>A proof.</summary>
    /// <param name="Id">SHA-256 of its canonical form, in hex.</param>
    /// <param name="Origin">The log that signed two histories.</param>
    /// <param name="FoundAt">When it was found here, or got here.</param>
    /// <param name="Source">Who found it: <c>own</c>, or the DID of the peer that brought it.</param>
    /// <param name="EventId">The event of this log that says so.</param>
    public sealed record Item(string Id, string Origin, DateTimeOffset FoundAt, string Source, Guid EventId);

    /// <summary>How a proof was received.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="IsNew">Whether it was not known here.</param>
    public sealed record Receipt(string Id, bool IsNew);

    private static async Task<Response> ListAsync(EvidenceShelf shelf, HttpContext context, CancellationToken ct)
    {
        var all = await shelf.ListAsync(ct);
        context.Response.Headers.CacheControl = NotStored;
        return new Response([.. all.Select(e => new Item(e.Id, e.Origin, e.FoundAt, e.Source, e.EventId))]);
    }

    private static async Task<IResult> ReadAsync(
        string id, EvidenceShelf shelf, HttpContext context, CancellationToken ct)
    {
        var json = await shelf.FindAsync(id, ct) ?? throw ProblemTypes.NotFound.With("There is no such proof.");
        context.Response.Headers.CacheControl = Immutable;
        return Results.Text(json, "application/json", Encoding.UTF8);
    }

    private static async Task<Receipt> TakeAsync(HttpContext context, EvidenceDesk desk, CancellationToken ct)
    {
        try
        {
            var evidence = EquivocationEvidence.Parse(await BodyAsync(context.Request, ct));
            return await desk.TakeAsync(evidence, context.Peer().Peer.Did, ct) switch
            {
                EvidenceReception.UnknownLog or EvidenceReception.OtherKey =>
                    throw ProblemTypes.EvidenceRefused.With("It is about a log that is not known here by that key."),
                var reception => new Receipt(evidence.Id, reception == EvidenceReception.New),
            };
        }
        catch (EvidenceException e)
        {
            throw ProblemTypes.EvidenceRefused.With($"{e.Message} ({e.Code})");
        }
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, ct)) > 0;)
        {
            body.Write(chunk, 0, read);
            if (body.Length > EquivocationEvidence.MaxSizeBytes)
            {
                throw ProblemTypes.BodyTooLarge.With("A proof is never as large.");
            }
        }

        return body.ToArray();
    }
}

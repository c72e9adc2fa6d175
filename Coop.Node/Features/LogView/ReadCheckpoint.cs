using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Federation.Witnessing;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.LogView;

/// <summary>GET /api/log/checkpoint: how far the log is signed, and who stands beside that.</summary>
public static class ReadCheckpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log/checkpoint", HandleAsync)
            .WithName("ReadCheckpoint")
            .WithSummary("Read how far the log is signed, and which witnesses cosigned that")
            .RequireReader(Roles.Member);

    /// <summary>The log's newest checkpoints.</summary>
    /// <param name="Origin">The log.</param>
    /// <param name="Newest">The newest checkpoint, with the cosignatures that it has by now.</param>
    /// <param name="Witnessed">The newest one that has its quorum; null where none has. It may be the newest.</param>
    /// <param name="LeastCosignatures">The fewest cosignatures with which the quorum can be met; 0 where none is asked for.</param>
    /// <param name="Witnesses">The witnesses of the log's policy.</param>
    public sealed record Response(
        string Origin, CheckpointView Newest, CheckpointView? Witnessed, int LeastCosignatures, IReadOnlyList<WitnessView> Witnesses);

    /// <summary>A checkpoint.</summary>
    /// <param name="Size">Entries that it covers.</param>
    /// <param name="Root">The tree's root, base64 of 32 bytes.</param>
    /// <param name="HasQuorum">Whether enough witnesses have cosigned it; false where no cosignature is asked for.</param>
    /// <param name="Cosignatures">By whom it is cosigned.</param>
    public sealed record CheckpointView(long Size, string Root, bool HasQuorum, IReadOnlyList<CosignatureView> Cosignatures);

    /// <summary>A cosignature.</summary>
    /// <param name="Witness">The name in the witness's key, e.g. <c>coop.example/witness</c>.</param>
    /// <param name="Time">When, by the witness's clock.</param>
    public sealed record CosignatureView(string Witness, DateTimeOffset Time);

    /// <summary>A witness.</summary>
    /// <param name="Name">The name in its key.</param>
    /// <param name="Vkey">Its key (C2SP signed-note).</param>
    /// <param name="Url">Where it takes checkpoints; null where the policy does not say.</param>
    public sealed record WitnessView(string Name, string Vkey, string? Url);

    private static async Task<Response> HandleAsync(Cosignatures cosignatures, WitnessPolicies policies, CancellationToken ct)
    {
        var policy = await policies.ReadAsync(ct);
        var witnessed = await cosignatures.ReadWitnessedAsync(ct);
        var newest = await cosignatures.ReadNewestAsync(ct) ?? throw ProblemTypes.Busy.With("The log has no checkpoint yet.");
        return new(
            Checkpoint.Parse(newest.Text).Origin,
            View(newest, policy),
            witnessed is not null && policy.IsMet(witnessed) ? View(witnessed, policy) : null,
            policy.LeastCosignatures,
            [.. policy.Witnesses.Select(w => new WitnessView(w.Key.Name, w.Key.ToString(), w.Url))]);
    }

    private static CheckpointView View(SignedNote note, WitnessPolicy policy)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return new(
            checkpoint.Size,
            Convert.ToBase64String(checkpoint.Root.Span),
            policy.LeastCosignatures > 0 && policy.IsMet(note),
            [.. policy.CosignersOf(note).Select(c => new CosignatureView(c.Witness.Key.Name, c.Time))]);
    }
}

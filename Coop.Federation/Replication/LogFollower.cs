using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// Keeps a verified copy of another log. Specified in specs/replication.md; one turn is
/// <see cref="FollowAsync"/>.
/// </summary>
/// <remarks>
/// Nothing is stored before it is proven. First the checkpoint: signed by the pinned key, its right edge
/// leads to its root, and its tiles along the end of the accepted tree show that it continues that one; it is
/// then accepted, in a step of its own. Then the bundles, in parallel and in order: each is the log's, in the
/// chain, and hashes to what stands in the accepted tree. Full bundles are stored a few in a step, the tail
/// with the last of them. Memory does not grow with the log. Not thread-safe; several followers of one log do
/// each other no harm.
/// </remarks>
/// <param name="source">The log's files; not trusted.</param>
/// <param name="key">The log's pinned key; its name is the origin.</param>
/// <param name="store">The copy.</param>
/// <param name="options">What it may cost.</param>
/// <param name="others">The logs of whose checkpoints it should take note (see <see cref="SeenEntry"/>).</param>
/// <param name="refused">
/// Checkpoints of another history that people have decided to refuse: while that one grows it is refused again, and a
/// third one is a proof against it.
/// </param>
public sealed class LogFollower(
    ILogSource source, NoteKey key, IMirrorStore store, FollowOptions options, IReadOnlySet<string>? others = null,
    IReadOnlyList<SignedNote>? refused = null)
{
    private readonly LogFiles _files = new(source);

    /// <summary>Takes a turn: fetches the newest checkpoint, and as many entries as a turn may.</summary>
    /// <exception cref="AuditImpossibleException">The log does not answer. What was stored stays stored.</exception>
    /// <exception cref="LogFaultException">The copy is damaged.</exception>
    public async Task<FollowResult> FollowAsync(CancellationToken ct)
    {
        var state = await store.ReadAsync(key.Name, ct);
        try
        {
            var accepting = await new CheckpointAcceptance(_files, key, store, refused ?? []).AcceptAsync(state, ct);
            return accepting.Tree is { } tree
                ? await new BundleCopying(_files, key, store, options, tree, others ?? new HashSet<string>())
                    .CopyAsync(accepting.State, ct)
                : accepting.Ended(state);
        }
        catch (FollowRefusal refusal)
        {
            return new FollowResult(FollowOutcome.Refused, await store.ReadAsync(key.Name, ct), refusal.Finding);
        }
    }
}

using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;

namespace Coop.Federation.Tests.Simulation;

/// <summary>What must never be.</summary>
internal enum Harm
{
    /// <summary>An honest node showed two histories of its own.</summary>
    TwoHistories,

    /// <summary>An honest node cosigned two histories of another.</summary>
    TwoHistoriesCosigned,

    EntryLost,

    EntryDoubled,

    /// <summary>A copy lost what it had.</summary>
    CopyShrank,

    /// <summary>There is evidence against an honest node.</summary>
    HonestAccused,

    /// <summary>A node's own code failed in a way that nobody expects.</summary>
    Failure,

    /// <summary>An honest node refuses to sign though nothing was put back.</summary>
    HaltedForNothing,

    /// <summary>Everything is well, and they do not come to the same.</summary>
    NoAgreement,

    /// <summary>Who lies is not known to all.</summary>
    LiarNotCaught,
}

/// <summary>Knows all that happens, and holds each step against what must never be. The first harm ends a run.</summary>
internal sealed class Watch(World world)
{
    private readonly Dictionary<string, IReadOnlyList<byte[]>> _signed = [];
    private readonly Dictionary<SimNode, List<string>> _published = [];
    private readonly Dictionary<(SimNode, string), List<string>> _cosigned = [];
    private readonly HashSet<Guid> _intended = [];

    public (Harm Harm, string What)? Broken { get; private set; }

    /// <summary>How often what happened, to see that a run was worth its while.</summary>
    public SortedDictionary<string, int> Counts { get; } = [];

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    public void Break(Harm harm, string what) => Broken ??= (harm, $"{world.Scheduler.Now:HH:mm:ss} {what}");

    public void Unexpected(SimNode? node, Exception e)
    {
        if (node is null || !node.IsLiar)
        {
            Break(Harm.Failure, $"{node}: {e}");
        }
    }

    public void Intended(Guid id) => _intended.Add(id);

    public bool IsIntended(Guid id) => _intended.Contains(id);

    public void Signed(SignedNote note, SimDisk disk) => _signed[note.Text] = [.. disk.Leaves];

    public void Published(SimNode node, SignedNote note)
    {
        Count("checkpoints");
        CheckOneHistory(node, Harm.TwoHistories, _published, node, note);
    }

    public void Cosigned(SimNode witness, SignedNote note)
    {
        Count("cosignatures");
        CheckOneHistory(witness, Harm.TwoHistoriesCosigned, _cosigned, (witness, Checkpoint.Parse(note.Text).Origin), note);
    }

    /// <summary>Something durable rests on that checkpoint; its log must have signed it.</summary>
    public void Remembered(SignedNote? note)
    {
        if (note is not null && !_signed.ContainsKey(note.Text))
        {
            Break(Harm.Failure, $"Nobody signed {note.Text}");
        }
    }

    public void Moved(SimNode node, string origin, MirrorState from, MirrorState to)
    {
        // The mutant that forgets is to be found by what comes of it.
        if ((to.Size < from.Size || to.AcceptedSize < from.AcceptedSize) && !world.Is(Mutant.FollowerForgets))
        {
            Break(Harm.CopyShrank, $"The copy of {origin} at {node} goes from {from.AcceptedSize} to {to.AcceptedSize} entries.");
        }
    }

    public void Followed(SimNode node, SimNode peer, FollowResult result)
    {
        Count($"turns {result.Outcome}");
        if (result.Outcome == FollowOutcome.Refused && !peer.IsLiar)
        {
            // A new peer may show nothing yet, and one that was put back from a backup less for a while.
            Count($"refused {result.Finding!.Code}");
            var isNew = result.Finding is { Code: FindingCode.FileMissing, File: "checkpoint" };
            var isLess = result.Finding.Code is FindingCode.LogShrank or FindingCode.FileMissing && peer.WasRestored;
            if (!isNew && !isLess)
            {
                Break(Harm.HonestAccused, $"{node} refuses {peer}: {result.Finding}");
            }
        }
    }

    public void Halted(SimNode node)
    {
        Count("halts");
        if (node.Newest is null)
        {
            Break(Harm.HaltedForNothing, $"{node} does not sign.");
        }
    }

    public void Accused(SimNode node, EquivocationEvidence evidence)
    {
        Count("evidence");
        if (world.Find(evidence.LogKey.Name) is not { IsLiar: true })
        {
            Break(Harm.HonestAccused, $"{node} holds evidence against {evidence.LogKey.Name}: {evidence.Smaller} {evidence.Larger}");
        }

        try
        {
            EquivocationEvidence.Parse(evidence.Encode());
        }
        catch (EvidenceException e)
        {
            Break(Harm.HonestAccused, $"{node} holds evidence that does not verify: {e.Message}");
        }
    }

    /// <summary>
    /// A log was put back whole, its guard as well, and nobody remembers more: what nobody holds is as if it had
    /// never been published.
    /// </summary>
    public void Forget(SimNode node)
    {
        Count("signs after doubt");
        var held = world.Nodes.Where(n => n != node).SelectMany(n => new[] { n.Disk, n.Newest?.Disk })
            .OfType<SimDisk>().SelectMany(d => Memory.Of(d, node.Origin)).Select(n => n.Text).ToHashSet();
        _published.GetValueOrDefault(node)?.RemoveAll(t => !held.Contains(t));
    }

    /// <summary>Whether two checkpoints of one log are of two histories. Each leaf binds all before it.</summary>
    public bool Contradict(string one, string other)
    {
        var size = (int)Math.Min(Checkpoint.Parse(one).Size, Checkpoint.Parse(other).Size);
        return size > 0 && !_signed[one][size - 1].AsSpan().SequenceEqual(_signed[other][size - 1]);
    }

    private void CheckOneHistory<TKey>(SimNode who, Harm harm, Dictionary<TKey, List<string>> all, TKey key, SignedNote note)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var before))
        {
            all[key] = before = [];
        }

        // A witness whose database and files were put back has forgotten what it cosigned.
        var isExcused = who.IsLiar || (harm == Harm.TwoHistoriesCosigned && who.WereFilesRestored);
        if (!isExcused && before.Find(t => Contradict(t, note.Text)) is { } other)
        {
            Break(harm, $"{who} signs {note.Text} after {other}");
        }

        before.Add(note.Text);
    }
}

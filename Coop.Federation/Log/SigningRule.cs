namespace Coop.Federation.Log;

/// <summary>
/// What a log may sign, by what it remembers and by what others saw of it: never anything that a checkpoint
/// which somebody may hold contradicts. Pure.
/// </summary>
public static class SigningRule
{
    /// <summary>Whether a state may be signed after another: it is larger, or the very same.</summary>
    /// <param name="last">The largest that was signed; null before the first.</param>
    /// <param name="next">What is to be signed. That it continues the other one is the caller's to prove.</param>
    public static bool MayFollow(LogState? last, LogState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return last is null || next.Size > last.Size || (next.Size == last.Size && next.HasRoot(last.Root));
    }

    /// <summary>How a state that this log signed (as its guard or a peer remembers it) fits to what is stored.</summary>
    /// <param name="storedSize">Entries stored.</param>
    /// <param name="seen">The state that was signed.</param>
    /// <param name="storedRootThere">The stored tree's root at that size; empty where it does not reach it.</param>
    public static SeenVerdict Judge(long storedSize, LogState seen, ReadOnlySpan<byte> storedRootThere)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return seen.Size > storedSize ? SeenVerdict.Later
            : seen.HasRoot(storedRootThere) ? SeenVerdict.Contained
            : SeenVerdict.Different;
    }

    /// <summary>Whether to sign at all.</summary>
    /// <param name="isInDoubt">
    /// Whether the log's own memory of what it signed is missing or was put back from a copy. Without doubt it
    /// counts alone, unless somebody shows that it is wrong.
    /// </param>
    /// <param name="answers">One for each peer that may have seen the log's checkpoints.</param>
    public static SigningVerdict Decide(bool isInDoubt, IReadOnlyCollection<SeenVerdict> answers) =>
        answers.Any(a => a is SeenVerdict.Later or SeenVerdict.Different) ? SigningVerdict.Refuse
        : isInDoubt && answers.Contains(SeenVerdict.Silent) ? SigningVerdict.Wait
        : SigningVerdict.Sign;
}

namespace Coop.Federation.Log;

/// <summary>What an entry's payload hash commits to, and who may see it.</summary>
/// <param name="Actor">Who acted, as in the entry.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Json">The canonical payload (RFC 8785).</param>
public sealed record EventPayload(string Actor, Visibility Visibility, byte[] Salt, string Json)
{
    /// <summary>Whether a member of the co-op may see it.</summary>
    public bool IsVisibleTo(string actor) => Visibility != Visibility.Private || Actor == actor;
}

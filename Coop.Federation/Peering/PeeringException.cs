namespace Coop.Federation.Peering;

/// <summary>Terms, a descriptor or a step that this module refuses.</summary>
/// <param name="code">One of <see cref="PeeringCodes"/>.</param>
/// <param name="message">For people.</param>
public sealed class PeeringException(string code, string message) : Exception(message)
{
    /// <summary>Stable; specs/peering.md lists them.</summary>
    public string Code { get; } = code;
}

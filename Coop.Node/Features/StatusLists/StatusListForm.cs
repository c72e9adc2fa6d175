namespace Coop.Node.Features.StatusLists;

/// <summary>The forms in which one list is published.</summary>
public enum StatusListForm
{
    /// <summary>Bitstring Status List of what is revoked.</summary>
    Revocation,

    /// <summary>Bitstring Status List of what is suspended.</summary>
    Suspension,

    /// <summary>Token Status List of both.</summary>
    Token,
}

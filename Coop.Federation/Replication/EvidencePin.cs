using System.Text.Json.Nodes;

namespace Coop.Federation.Replication;

/// <summary>How the node that made evidence came by the log's key.</summary>
/// <param name="By">The DID of that node.</param>
/// <param name="Whose">The DID of the co-op whose log it is.</param>
/// <param name="How">E.g. <c>the terms that both signed</c>; a sentence for people.</param>
public sealed record EvidencePin(string By, string Whose, string How)
{
    /// <summary>Each of the texts.</summary>
    public const int MaxLength = 512;

    public JsonObject ToJson() => new() { ["by"] = By, ["whose"] = Whose, ["how"] = How };
}

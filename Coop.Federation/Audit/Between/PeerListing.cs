using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit.Between;

/// <summary>A peering as one of its sides lists it in public.</summary>
/// <param name="Id">The peering's id, the same on both sides.</param>
/// <param name="State">E.g. <c>active</c>.</param>
/// <param name="TermsHash">The hash of the terms that both signed; null before they did.</param>
/// <param name="Did">The peer's DID.</param>
/// <param name="Name">The peer's name.</param>
/// <param name="LogKey">The key that the terms pin for the peer's log.</param>
/// <param name="WitnessKey">The key that they pin for the peer as a witness; null where it is none.</param>
/// <param name="Scopes">What this side lets the peer do, e.g. <c>replicate</c>.</param>
/// <param name="TheirScopes">What the peer lets this side do.</param>
public sealed record PeerListing(
    string Id,
    string State,
    string? TermsHash,
    string Did,
    string Name,
    NoteKey LogKey,
    NoteKey? WitnessKey,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> TheirScopes)
{
    public const string Active = "active";
    public const string Frozen = "frozen";
    public const string Replicate = "replicate";

    /// <summary>The peer's log.</summary>
    public string Origin => LogKey.Name;

    /// <exception cref="AnswerException">It is none.</exception>
    internal static IReadOnlyList<PeerListing> ReadAll(JsonNode? json) =>
        [.. RemoteJson.List(json, "peers").Select(Read)];

    private static PeerListing Read(JsonNode? item)
    {
        var peer = RemoteJson.Object(RemoteJson.Member(item, "peer"));
        var witness = RemoteJson.Member(peer, "witness");
        return new(
            RemoteJson.Text(item, "id"),
            RemoteJson.Text(item, "state"),
            RemoteJson.OptionalText(item, "termsHash"),
            RemoteJson.Text(peer, "did"),
            RemoteJson.Text(peer, "name"),
            RemoteJson.Key(RemoteJson.Text(RemoteJson.Member(peer, "log"), "vkey")),
            witness is null ? null : RemoteJson.Key(RemoteJson.Text(witness, "vkey")),
            [.. RemoteJson.List(item, "scopes").Select(RemoteJson.TextOf)],
            [.. RemoteJson.List(item, "theirScopes").Select(RemoteJson.TextOf)]);
    }
}

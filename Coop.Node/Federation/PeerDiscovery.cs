using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Identity.Dids;
using Coop.Identity.Json;
using Coop.Identity.Net;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Federation;

/// <summary>
/// Finds out who is at an address or behind a DID: the node's description, its DID and history, which must all name
/// each other. Every fetch is bounded; nothing is stored.
/// </summary>
public sealed class PeerDiscovery(OutboundHttp http, PeerKeys keys)
{
    private const string DescriptionPath = "/.well-known/coop-node";
    private const int MaxAddressLength = 300;

    private static readonly OutboundLimits Limits =
        new(64 * 1024, TimeSpan.FromSeconds(10)) { MaxRedirects = 0, Accept = "application/json" };

    /// <param name="Who">What goes into terms.</param>
    /// <param name="History">The history of its DID; not pinned yet.</param>
    public sealed record Found(PeerDescriptor Who, PinnedHistory History);

    /// <param name="addressOrDid">E.g. <c>https://coop.example</c>, <c>coop.example</c> or <c>did:webvh:…</c>.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="RefusalException">It is no node, could not be reached, or contradicts itself.</exception>
    public async Task<Found> FindAsync(string addressOrDid, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(addressOrDid);
        try
        {
            var text = addressOrDid.Trim();
            return text.StartsWith("did:", StringComparison.Ordinal)
                ? await FindByDidAsync(text, ct)
                : await FindByAddressAsync(Address(text), ct);
        }
        catch (OutboundException e)
        {
            throw ProblemTypes.PeerUnreachable.With(e.Message);
        }
        catch (DidException e)
        {
            throw e.Error is DidError.NotFound or DidError.Unreachable
                ? ProblemTypes.PeerUnreachable.With(e.Message)
                : ProblemTypes.PeerRefused.With($"{e.Message} ({e.Code})");
        }
        catch (Exception e) when (e is PeeringException or CanonicalJsonException or NoteException or FormatException)
        {
            throw ProblemTypes.PeerRefused.With($"The node's description is refused: {e.Message}");
        }
    }

    /// <summary>Whether the node at the address still says of itself what stands in the terms.</summary>
    /// <exception cref="RefusalException">It says something else, or cannot be reached.</exception>
    public async Task CheckAsync(PeerDescriptor expected, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var found = await FindAsync(expected.AddressText, ct);
        if (found.Who with { Name = expected.Name } != expected)
        {
            throw ProblemTypes.PeerRefused.With(
                $"The node at {expected.AddressText} says something else of its DID or keys than the terms do.");
        }
    }

    private async Task<Found> FindByDidAsync(string did, CancellationToken ct)
    {
        if (!DidUrl.TryParse(did, out var url) || url.Did != did || url.Method != "webvh")
        {
            throw ProblemTypes.InvalidField.At("peer", "Name a did:webvh, or the address of a node.");
        }

        var history = await keys.FetchAsync(did, ct);
        var who = await DescribeAsync(EndpointOf(history.Document), ct);
        return who.Did == did
            ? new Found(who, history)
            : throw ProblemTypes.PeerRefused.With("The node that the DID names says that it has another DID.");
    }

    private async Task<Found> FindByAddressAsync(Uri address, CancellationToken ct)
    {
        var who = await DescribeAsync(address, ct);
        var history = await keys.FetchAsync(who.Did, ct);
        return EndpointOf(history.Document) == who.Address
            ? new Found(who, history)
            : throw ProblemTypes.PeerRefused.With("The node's DID names another address than this one.");
    }

    private async Task<PeerDescriptor> DescribeAsync(Uri address, CancellationToken ct)
    {
        var answer = await http.GetAsync(new Uri(address, DescriptionPath), Limits, ct);
        if (answer.Status != StatusCodes.Status200OK)
        {
            throw ProblemTypes.PeerUnreachable.With($"{address.Authority} answered {answer.Status}; it is not a co-op's node.");
        }

        var json = CanonicalJson.Parse(answer.Body.Span) as JsonObject ?? throw new FormatException("It is no JSON object.");
        return PeerDescriptor.Parse(new JsonObject
        {
            ["did"] = json["did"]?.DeepClone(),
            ["name"] = json["name"]?.DeepClone(),
            ["address"] = address.GetLeftPart(UriPartial.Authority),
            ["log"] = new JsonObject { ["origin"] = Member(json, "log", "origin"), ["vkey"] = Member(json, "log", "vkey") },
            ["witness"] = new JsonObject { ["vkey"] = Member(json["federation"] as JsonObject, "witness", "vkey") },
        });
    }

    private static JsonNode? Member(JsonObject? json, string first, string second) =>
        (json?[first] as JsonObject)?[second]?.DeepClone();

    /// <summary>The address of the node that a DID document names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    internal static Uri EndpointOf(DidDocument document)
    {
        var services = document.Json["service"] as JsonArray ?? [];
        var endpoint = services.OfType<JsonObject>()
            .FirstOrDefault(s => (s["type"] as JsonValue)?.TryGetValue<string>(out var type) == true && type == NodeDocument.ServiceType)
            ?["serviceEndpoint"] as JsonValue;
        return endpoint?.TryGetValue<string>(out var text) == true && text.Length <= MaxAddressLength
            ? Address(text)
            : throw new FormatException("The DID's document names no co-op's node.");
    }

    private static Uri Address(string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return text.Length is > 0 and <= MaxAddressLength && Uri.TryCreate(full, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
                ? uri
                : throw ProblemTypes.InvalidField.At("peer", "Name the address of a node (scheme and host alone) or its DID.");
    }
}

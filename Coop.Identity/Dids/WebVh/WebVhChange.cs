using System.Text.Json.Nodes;

namespace Coop.Identity.Dids.WebVh;

/// <summary>What a new entry says. What is null stays as it was; in a first entry it is the default.</summary>
public sealed record WebVhChange
{
    /// <summary>
    /// The DID document. In a first entry, <c>{SCID}</c> stands where the SCID will, e.g. its id is
    /// <c>did:webvh:{SCID}:coop.example</c>.
    /// </summary>
    public required JsonObject State { get; init; }

    /// <summary>The time of the entry; written to the second where that is enough to come after the last.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Multikeys that may make the next entry, or with pre-rotation this one. Needed in a first entry.</summary>
    public IReadOnlyList<string>? UpdateKeys { get; init; }

    /// <summary>What <see cref="WebVhHash.OfKey"/> makes of the keys that the next entry rotates to.</summary>
    public IReadOnlyList<string>? NextKeyHashes { get; init; }

    /// <summary>Who must approve entries from now on. See also <see cref="EndWitnessing"/>.</summary>
    public WebVhWitnessRule? Witness { get; init; }

    /// <summary>No witnesses any more, after this entry.</summary>
    public bool EndWitnessing { get; init; }

    /// <summary>Whether the DID may move; true only in a first entry.</summary>
    public bool? IsPortable { get; init; }

    /// <summary>The last entry: no other can follow.</summary>
    public bool Deactivate { get; init; }

    /// <summary>How long resolvers may keep the document.</summary>
    public long? TtlSeconds { get; init; }

    internal JsonObject ToParameters(bool isFirst)
    {
        var parameters = new JsonObject();
        if (isFirst)
        {
            parameters["method"] = WebVhParameters.Version;
            parameters["scid"] = WebVhHash.Placeholder;
        }

        Set("updateKeys", List(UpdateKeys));
        Set("nextKeyHashes", List(NextKeyHashes));
        Set("witness", EndWitnessing ? [] : Witness?.ToJson());
        Set("portable", IsPortable);
        Set("deactivated", Deactivate ? true : null);
        Set("ttl", TtlSeconds);
        return parameters;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }
    }

    private static JsonArray? List(IReadOnlyList<string>? texts) =>
        texts is null ? null : [.. texts.Select(t => (JsonNode)t)];
}

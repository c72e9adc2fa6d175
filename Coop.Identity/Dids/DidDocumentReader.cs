using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>Reads <see cref="DidDocument"/>: first the methods, then which of them serve which purpose.</summary>
internal sealed class DidDocumentReader
{
    private static readonly (string Member, VerificationPurpose Purpose)[] Purposes =
    [
        ("assertionMethod", VerificationPurpose.AssertionMethod),
        ("authentication", VerificationPurpose.Authentication),
        ("keyAgreement", VerificationPurpose.KeyAgreement),
        ("capabilityInvocation", VerificationPurpose.CapabilityInvocation),
        ("capabilityDelegation", VerificationPurpose.CapabilityDelegation),
    ];

    private readonly string _did;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VerificationMethod> _methods = new(StringComparer.Ordinal);

    private DidDocumentReader(string did) => _did = did;

    public static DidDocument Read(JsonObject json, string expectedDid)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (Text(json, "id") is not { } id || id != expectedDid)
        {
            throw new DidException(
                DidError.InvalidDidDocument, DidCodes.DocumentId, "The document's id is not the DID that was asked for.");
        }

        try
        {
            return new DidDocumentReader(id).Read(json);
        }
        catch (KeyFormatException e)
        {
            throw new DidException(DidError.InvalidDidDocument, e.Code, $"The document has a malformed key: {e.Message}", e);
        }
    }

    private DidDocument Read(JsonObject json)
    {
        foreach (var item in Items(json, "verificationMethod"))
        {
            ReadMethod(item as JsonObject ?? throw Malformed("A verification method is no object."));
        }

        var purposes = Purposes.ToDictionary(p => p.Purpose, p => ReadPurpose(json, p.Member));
        return new DidDocument(_did, json, [.. _methods.Values], purposes);
    }

    private List<VerificationMethod> ReadPurpose(JsonObject json, string member)
    {
        var methods = new List<VerificationMethod>();
        foreach (var item in Items(json, member))
        {
            var id = item is JsonObject embedded
                ? ReadMethod(embedded)
                : Absolute(Text(item) ?? throw Malformed($"\"{member}\" holds what is neither id nor object."));
            if (_methods.TryGetValue(id, out var method))
            {
                methods.Add(method);
            }
        }

        return methods;
    }

    private string ReadMethod(JsonObject json)
    {
        var id = Absolute(Text(json, "id") ?? throw Malformed("A verification method has no id."));
        if (!_ids.Add(id))
        {
            throw Malformed("Two verification methods have the same id.");
        }

        if (_ids.Count > DidDocument.MaxVerificationMethods)
        {
            throw new DidException(DidError.TooLarge, DidCodes.TooLarge, "The document has too many verification methods.");
        }

        var controller = Text(json, "controller") ?? throw Malformed("A verification method has no controller.");
        if (VerificationMethodKey.Read(json) is { } key)
        {
            _methods.Add(id, new VerificationMethod(id, controller, key));
        }

        return id;
    }

    private string Absolute(string id)
    {
        var absolute = id is ['#', ..] ? _did + id : id;
        return DidUrl.TryParse(absolute, out var url) && url.Fragment is { Length: > 0 }
            ? absolute
            : throw Malformed("The id of a verification method is no DID URL with a fragment.");
    }

    private static JsonArray Items(JsonObject json, string member) => json[member] switch
    {
        null when !json.ContainsKey(member) => [],
        JsonArray { Count: <= DidDocument.MaxVerificationMethods } array => array,
        JsonArray => throw new DidException(DidError.TooLarge, DidCodes.TooLarge, $"\"{member}\" is too long."),
        _ => throw Malformed($"\"{member}\" is no array."),
    };

    private static string? Text(JsonObject json, string member) => Text(json[member]);

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static DidException Malformed(string message) =>
        new(DidError.InvalidDidDocument, DidCodes.Document, message);
}

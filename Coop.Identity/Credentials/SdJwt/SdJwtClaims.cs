using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Credentials.SdJwt;

/// <summary>Puts disclosed claims in the place of their digests (RFC 9901, section 7.1, step 3).</summary>
internal sealed class SdJwtClaims
{
    private const string DigestsMember = "_sd";
    private const string ElementMember = "...";

    private readonly Dictionary<string, Disclosure> _disclosures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private SdJwtClaims(IEnumerable<Disclosure> disclosures)
    {
        foreach (var disclosure in disclosures)
        {
            if (!_disclosures.TryAdd(disclosure.Digest, disclosure))
            {
                throw Disclosure.Invalid("A disclosure stands there twice.");
            }
        }
    }

    public static JsonObject Disclose(JsonObject payload, IEnumerable<Disclosure> disclosures)
    {
        if (payload.Text("_sd_alg") is { } algorithm and not "sha-256")
        {
            throw CredentialException.Unsupported(
                CredentialCodes.AlgorithmUnsupported, $"Digests of {algorithm} are not known here.");
        }

        var claims = new SdJwtClaims(disclosures);
        var result = claims.Object(payload, 0);
        result.Remove("_sd_alg");
        return claims._disclosures.Keys.All(claims._seen.Contains)
            ? result
            : throw Disclosure.Invalid("A disclosure belongs to no digest.");
    }

    private JsonNode? Value(JsonNode? value, int depth) => depth > CanonicalJson.MaxDepth
        ? throw new CredentialException(CredentialCodes.Json, "Claims are nested too deeply.")
        : value switch
        {
            JsonObject o => Object(o, depth + 1),
            JsonArray a => Array(a, depth + 1),
            _ => value?.DeepClone(),
        };

    private JsonObject Object(JsonObject source, int depth)
    {
        var result = new JsonObject();
        foreach (var (name, value) in source)
        {
            if (name == ElementMember)
            {
                throw Disclosure.Invalid("A digest of an element stands outside an array.");
            }

            if (name != DigestsMember)
            {
                result[name] = Value(value, depth);
            }
        }

        foreach (var digest in Digests(source))
        {
            AddDisclosed(result, digest, depth);
        }

        return result;
    }

    private void AddDisclosed(JsonObject result, string digest, int depth)
    {
        if (Take(digest) is not { } disclosure)
        {
            return; // Kept back by the holder, or a decoy.
        }

        if (disclosure.Name is null || result.ContainsKey(disclosure.Name))
        {
            throw Disclosure.Invalid("A disclosure hides another claim, or is one of an array.");
        }

        result[disclosure.Name] = Value(disclosure.Value, depth);
    }

    private JsonArray Array(JsonArray source, int depth)
    {
        var result = new JsonArray();
        foreach (var element in source)
        {
            if (element is JsonObject { Count: 1 } o && o.ContainsKey(ElementMember))
            {
                AddElement(result, o.RequiredText(ElementMember), depth);
            }
            else
            {
                result.Add(Value(element, depth));
            }
        }

        return result;
    }

    private void AddElement(JsonArray result, string digest, int depth)
    {
        if (Take(digest) is { } disclosure)
        {
            result.Add(disclosure.Name is null
                ? Value(disclosure.Value, depth)
                : throw Disclosure.Invalid("A disclosure in an array has a name."));
        }
    }

    private Disclosure? Take(string digest) => _seen.Add(digest)
        ? _disclosures.GetValueOrDefault(digest)
        : throw Disclosure.Invalid("A digest stands there twice.");

    private static IEnumerable<string> Digests(JsonObject source)
    {
        if (!source.ContainsKey(DigestsMember))
        {
            return [];
        }

        return source[DigestsMember] is JsonArray a && a.All(d => d?.GetValueKind() == JsonValueKind.String)
            ? [.. a.Select(d => d!.GetValue<string>())]
            : throw Disclosure.Invalid("\"_sd\" is not an array of digests.");
    }
}

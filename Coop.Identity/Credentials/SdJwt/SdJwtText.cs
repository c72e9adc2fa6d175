using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;

namespace Coop.Identity.Credentials.SdJwt;

/// <summary>An SD-JWT in compact form (RFC 9901, section 4): the signed part, disclosures, and the holder's proof.</summary>
public sealed class SdJwtText
{
    /// <summary>More than any credential here has claims.</summary>
    public const int MaxDisclosures = 256;

    private readonly string _text;

    private SdJwtText(string text, CompactJws jws, IReadOnlyList<Disclosure> disclosures, CompactJws? keyBinding)
    {
        _text = text;
        Jws = jws;
        Disclosures = disclosures;
        KeyBinding = keyBinding;
    }

    /// <summary>What the issuer signed.</summary>
    public CompactJws Jws { get; }

    public IReadOnlyList<Disclosure> Disclosures { get; }

    /// <summary>The holder's key-binding JWT; null where there is none.</summary>
    public CompactJws? KeyBinding { get; }

    /// <summary>Everything that the holder's proof is over: up to the last tilde.</summary>
    public string WithoutKeyBinding => _text[..(_text.LastIndexOf('~') + 1)];

    /// <summary>What <c>sd_hash</c> must be (section 4.3.1).</summary>
    public string Hash => Disclosure.DigestOf(WithoutKeyBinding);

    /// <exception cref="CredentialException">The text is no SD-JWT; nothing is verified yet.</exception>
    public static SdJwtText Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('~', MaxDisclosures + 3);
        if (parts.Length is < 2 or > MaxDisclosures + 2)
        {
            throw Disclosure.Invalid("This has no disclosures' tildes, or too many.");
        }

        return new SdJwtText(
            text,
            CompactJws.Parse(parts[0]),
            [.. parts[1..^1].Select(Disclosure.Parse)],
            parts[^1].Length == 0 ? null : CompactJws.Parse(parts[^1]));
    }

    /// <summary>The claims with everything that is disclosed (section 7.1, step 3).</summary>
    /// <exception cref="CredentialException">A disclosure is not referred to exactly once, or hides another claim.</exception>
    public JsonObject Disclose() => SdJwtClaims.Disclose(Jws.Payload, Disclosures);

    /// <summary>The same with these claims alone, for a holder to present; nested ones are not known here.</summary>
    /// <param name="names">Names of claims to disclose.</param>
    public string Select(IReadOnlySet<string> names)
    {
        var kept = Disclosures.Where(d => d.Name is not null && names.Contains(d.Name)).Select(d => d.Text + "~");
        return Jws.Text + "~" + string.Concat(kept);
    }
}

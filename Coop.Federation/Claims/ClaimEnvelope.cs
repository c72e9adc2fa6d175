using System.Text.Json.Nodes;

namespace Coop.Federation.Claims;

/// <summary>
/// A claim on its way from one co-op to another: a credential and the terms under which it is given. Specified in
/// specs/claims.md.
/// </summary>
/// <param name="Id">UUIDv7 of the claim, chosen by the sender.</param>
/// <param name="Kind">What is claimed.</param>
/// <param name="From">The sender's DID, which is the credential's issuer too.</param>
/// <param name="To">The receiver's DID.</param>
/// <param name="SentAt">When it was made; whole seconds.</param>
/// <param name="Consent">The sender's event <c>consent.given</c>; null where it is about the co-op itself.</param>
/// <param name="Terms">What the receiver may do with it.</param>
/// <param name="Credential">VCDM 2.0 with <c>eddsa-jcs-2022</c>; without its proof until it is sent.</param>
public sealed record ClaimEnvelope(
    Guid Id,
    ClaimKind Kind,
    string From,
    string To,
    DateTimeOffset SentAt,
    Guid? Consent,
    ClaimTerms Terms,
    JsonObject Credential)
{
    public const string Type = "claim";

    internal const int MaxDidLength = 500;
    private const int MaxKindLength = 32;

    /// <summary>Without a proof.</summary>
    public JsonObject ToJson() => new()
    {
        ["v"] = Statement.Version,
        ["type"] = Type,
        ["id"] = Id.ToString("D"),
        ["kind"] = ClaimKinds.NameOf(Kind),
        ["from"] = From,
        ["to"] = To,
        ["sentAt"] = Statement.ToText(SentAt),
        ["consent"] = Consent?.ToString("D"),
        ["terms"] = Terms.ToJson(),
        [Statement.CredentialMember] = Credential.DeepClone(),
    };

    /// <summary>Reads a signed claim; nothing of it is verified yet.</summary>
    /// <exception cref="StatementException">It is malformed.</exception>
    public static ClaimEnvelope Read(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new StatementReader(
            json, "v", "type", "id", "kind", "from", "to", "sentAt", "consent", "terms", Statement.CredentialMember, "proof");
        reader.IsVersion("v");
        reader.Constant("type", Type);
        return new(
            reader.Id("id"),
            ClaimKinds.OfName(reader.Text("kind", MaxKindLength)) ?? throw Statement.Malformed("The kind is not known here."),
            reader.Text("from", MaxDidLength),
            reader.Text("to", MaxDidLength),
            reader.Time("sentAt"),
            reader.OptionalId("consent"),
            ClaimTerms.Read(reader.Object("terms")),
            reader.Object(Statement.CredentialMember));
    }
}

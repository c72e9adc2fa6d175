using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Status;
using Coop.Identity.Tests.Credentials;

namespace Coop.Identity.Tests.Judges;

/// <summary>Who issues and holds before the judges, by the real clock: they look at their own.</summary>
internal sealed class Cast
{
    public static readonly DateTimeOffset Now =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public static readonly IssuerKey Holder = IssuerKey.OfDidKey(P256Key.Generate());

    public static CredentialContent Membership(bool isP256) =>
        Issued.Membership(Issued.Issuer(isP256)) with
        {
            Subject = Holder.Did,
            HolderKey = Holder.Key.Public,
            ValidFrom = Now.AddDays(-1),
            ValidUntil = Now.AddYears(1),
        };

    public static string Issue(
        CredentialFormat format, bool isP256, Func<CredentialContent, CredentialContent>? change = null)
    {
        var content = Membership(isP256);
        return CredentialWriter.Issue(
            change?.Invoke(content) ?? content, format, Issued.Issuer(isP256), new IssueOptions(Now));
    }

    public static Task<VerificationReport> VerifyAsync(
        string text, VerificationRequest? request = null, IStatusSource? status = null) =>
        Issued.VerifyAsync(text, request, status, Now);

    /// <summary>The DID documents of issuers and holder, by DID, as a question carries them.</summary>
    public static JsonObject Dids() => new(
        new[] { Issued.Ed25519Issuer, Issued.P256Issuer, Holder }
            .Select(k => KeyValuePair.Create(k.Did, (JsonNode?)DidKey.Resolve(k.Did).Json.DeepClone())));

    /// <summary>The same text with one character of the signature changed.</summary>
    public static string Tampered(string jwt)
    {
        var end = jwt.Split('~')[0].Length;
        var at = jwt.LastIndexOf('.', end - 1) + 5;
        return string.Concat(jwt.AsSpan(0, at), jwt[at] == 'A' ? "B" : "A", jwt.AsSpan(at + 1));
    }
}

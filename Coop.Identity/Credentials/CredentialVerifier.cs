using System.Text.Json.Nodes;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Verification;
using Coop.Identity.Dids;
using Coop.Identity.Presentations;
using Coop.Identity.Status;

namespace Coop.Identity.Credentials;

/// <summary>
/// Verifies a credential, a presentation or a status list of any encoding that is known here. Answers a
/// report for every input, also for one that is no credential at all. Thread-safe.
/// </summary>
/// <param name="resolver">Finds the DIDs of issuers and holders.</param>
/// <param name="statusSource">Fetches status lists; null to fetch none, and so to leave every status unknown.</param>
/// <param name="time">The clock.</param>
public sealed class CredentialVerifier(IDidResolver resolver, IStatusSource? statusSource, TimeProvider time)
{
    private readonly KeyFinder _keys = new(resolver);
    private readonly StatusRule _status = new(new KeyFinder(resolver), statusSource);

    /// <param name="text">JSON or compact text.</param>
    /// <param name="request">What is expected of it.</param>
    /// <param name="ct">Ends the waiting; then, and only then, it throws.</param>
    public async Task<VerificationReport> VerifyAsync(string text, VerificationRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await VerifyTextAsync(text.Trim(), request, ct);
        }
        catch (CredentialException e)
        {
            return VerificationReport.Refused("unknown", e);
        }
    }

    private Task<VerificationReport> VerifyTextAsync(string text, VerificationRequest request, CancellationToken ct)
    {
        if (text.Length > request.MaxLength)
        {
            throw new CredentialException(CredentialCodes.TooLarge, $"It is longer than {request.MaxLength} characters.");
        }

        if (text.StartsWith('{'))
        {
            var document = JsonText.Object(text);
            return PresentationReader.TryOpen(document) is { } presentation
                ? VerifyPresentationAsync(presentation, request, ct)
                : VerifyCredentialAsync(CredentialReader.Open(document), request, ct);
        }

        if (text.Contains('~', StringComparison.Ordinal))
        {
            return VerifyCredentialAsync(CredentialReader.Open(text), request, ct);
        }

        if (text.Count(c => c == '.') != 2)
        {
            throw new CredentialException(CredentialCodes.NotRecognised, "This is no credential, presentation or status list.");
        }

        var jws = CompactJws.Parse(text);
        return jws.Type == TokenStatusList.Type ? VerifyTokenListAsync(jws, request, ct)
            : PresentationReader.TryOpen(jws) is { } opened ? VerifyPresentationAsync(opened, request, ct)
            : VerifyCredentialAsync(CredentialReader.Open(jws), request, ct);
    }

    private async Task<VerificationReport> VerifyCredentialAsync(
        OpenedCredential credential, VerificationRequest request, CancellationToken ct)
    {
        var content = credential.Content;
        var now = time.GetUtcNow();
        var key = await _keys.FindAsync(content.Issuer, credential.KeyId, VerificationPurpose.AssertionMethod, ct);
        var report = new VerificationReport
        {
            Format = FormatNames.Of(credential.Format),
            Content = content,
            Proof = key.Verify(credential.VerifySignature),
            Issuer = Trust(key.Resolution, content.Issuer, request),
            Validity = ValidityRule.Check(
                now, request.ClockSkew, [content.ValidFrom, credential.NotBefore], [content.ValidUntil, credential.Expires]),
            Schema = content.Type.Name == BitstringStatusList.CredentialTypeName
                ? ListRule.Check(OpenedStatusList.OfCredential(credential))
                : SchemaRule.Check(credential),
        };

        // Lists are fetched from where the credential says, so only for one that somebody really signed.
        report = report with
        {
            Status = report.Proof.IsPassed
                ? await _status.CheckAsync(content, now, request.ClockSkew, ct)
                : Check.NotChecked(CredentialCodes.NoKey, "The proof does not hold, so nothing is fetched for it."),
        };
        return SdJwtHolderRule.Apply(report, credential, request, now);
    }

    private async Task<VerificationReport> VerifyPresentationAsync(
        OpenedPresentation presentation, VerificationRequest request, CancellationToken ct)
    {
        var key = await _keys.FindAsync(presentation.Holder, presentation.KeyId, VerificationPurpose.Authentication, ct);
        var proof = key.Verify(presentation.VerifySignature);
        var within = new List<VerificationReport>();
        foreach (var credential in presentation.Credentials)
        {
            var report = await VerifyWithinAsync(credential, request, ct);
            within.Add(report with { HolderBinding = HolderRule.Bound(report.Content, presentation.Holder) });
        }

        return new VerificationReport
        {
            Format = presentation.Format,
            Content = within is [var only] ? only.Content : null,
            Holder = proof.IsPassed ? presentation.Holder : null,
            Proof = proof,
            Issuer = key.Resolution,
            Validity = ValidityRule.Check(
                time.GetUtcNow(), request.ClockSkew, [presentation.NotBefore], [presentation.Expires]),
            Status = Check.NotChecked(CredentialCodes.StatusNone, "The credentials within have their own."),
            Schema = Check.NotChecked(CredentialCodes.SchemaNone, "The credentials within have their own."),
            HolderBinding = within.Select(r => r.HolderBinding).FirstOrDefault(c => !c.IsPassed)
                ?? Check.Passed("Who presents is whom the credentials are about."),
            AudienceAndNonce = AudienceRule.Check(request, presentation.Audiences, presentation.Nonce),
            Credentials = within,
        };
    }

    private async Task<VerificationReport> VerifyWithinAsync(JsonNode? credential, VerificationRequest request, CancellationToken ct)
    {
        var alone = request with { Audience = null, Nonce = null, IsHolderRequired = false };
        try
        {
            var opened = credential switch
            {
                JsonObject o => CredentialReader.Open(o),
                JsonValue v when v.TryGetValue<string>(out var text) => CredentialReader.Open(text),
                _ => throw JsonText.Malformed("A credential is neither an object nor a text."),
            };
            return await VerifyCredentialAsync(opened, alone, ct);
        }
        catch (CredentialException e)
        {
            return VerificationReport.Refused("unknown", e);
        }
    }

    private async Task<VerificationReport> VerifyTokenListAsync(CompactJws jws, VerificationRequest request, CancellationToken ct)
    {
        var list = OpenedStatusList.OfToken(jws);
        var issuer = list.Issuer ?? (jws.KeyId ?? "").Split('#')[0];
        var key = await _keys.FindAsync(issuer, list.KeyId, VerificationPurpose.AssertionMethod, ct);
        return new VerificationReport
        {
            Format = TokenStatusList.Type,
            Proof = key.Verify(list.VerifySignature),
            Issuer = Trust(key.Resolution, issuer, request),
            Validity = ValidityRule.Check(time.GetUtcNow(), request.ClockSkew, [list.From], [list.Until]),
            Status = Check.NotChecked(CredentialCodes.StatusNone, "It is itself a status list."),
            Schema = ListRule.Check(list),
        };
    }

    private static Check Trust(Check resolution, string issuer, VerificationRequest request) =>
        request.TrustedIssuers is { } trusted && !trusted.Contains(issuer)
            ? Check.Failed(CredentialCodes.IssuerUntrusted, "The issuer is not one of those that are trusted.")
            : resolution;
}

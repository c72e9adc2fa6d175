using Coop.Identity.Dids;
using Coop.Identity.Status;

namespace Coop.Identity.Credentials.Verification;

/// <summary>A credential's status by the published lists. Whatever keeps from knowing it is not "valid".</summary>
internal sealed class StatusRule(KeyFinder keys, IStatusSource? source)
{
    public async Task<Check> CheckAsync(CredentialContent content, DateTimeOffset now, TimeSpan skew, CancellationToken ct)
    {
        if (content.Status.Count == 0)
        {
            return Check.NotChecked(CredentialCodes.StatusNone, "It names no status list.");
        }

        var unsure = default(Check);
        foreach (var reference in content.Status)
        {
            var check = await CheckAsync(reference, content.Issuer, now, skew, ct);
            if (check.State == CheckState.Failed)
            {
                return check;
            }

            unsure ??= check.IsPassed ? null : check;
        }

        return unsure ?? Check.Passed("It is neither revoked nor suspended.");
    }

    private async Task<Check> CheckAsync(
        StatusReference reference, string issuer, DateTimeOffset now, TimeSpan skew, CancellationToken ct)
    {
        if (reference.Kind == StatusListKind.Unsupported)
        {
            return Check.Unsupported(CredentialCodes.StatusUnsupported, "Its kind of status is not known here.");
        }

        if (!Uri.TryCreate(reference.Uri, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return Check.Failed(CredentialCodes.StatusList, "Its status list has no address that could be fetched.");
        }

        var answer = source is null
            ? StatusListAnswer.Failed("Nothing is fetched.")
            : await source.FetchAsync(uri, reference.Kind, ct);
        if (answer.Text is not { } text)
        {
            return Check.Unknown(CredentialCodes.StatusUnreachable, $"Its status list could not be fetched: {answer.Error}");
        }

        try
        {
            var list = OpenedStatusList.Open(text, reference.Kind);
            return await VerifyListAsync(list, reference, issuer, now, skew, ct) ?? StateOf(list, reference);
        }
        catch (CredentialException e)
        {
            return Check.Of(e);
        }
    }

    /// <summary>Null where the list may be used.</summary>
    private async Task<Check?> VerifyListAsync(
        OpenedStatusList list, StatusReference reference, string issuer, DateTimeOffset now, TimeSpan skew, CancellationToken ct)
    {
        if (list.Uri != reference.Uri)
        {
            return Check.Failed(CredentialCodes.StatusList, "The status list says that it is another one.");
        }

        if (list.Issuer is { } said && said != issuer)
        {
            return Check.Failed(CredentialCodes.StatusSignature, "The status list is not issued by the credential's issuer.");
        }

        var key = await keys.FindAsync(issuer, list.KeyId, VerificationPurpose.AssertionMethod, ct);
        if (!key.Resolution.IsPassed)
        {
            return key.Resolution;
        }

        if (!key.Verify(list.VerifySignature).IsPassed)
        {
            return Check.Failed(CredentialCodes.StatusSignature, "The status list is not signed by the credential's issuer.");
        }

        return ValidityRule.Check(now, skew, [list.From], [list.Until]).IsPassed
            ? null
            : Check.Unknown(CredentialCodes.StatusStale, "The status list is out of date.");
    }

    private static Check StateOf(OpenedStatusList list, StatusReference reference) => list.Read(reference) switch
    {
        EntryStatus.Valid => Check.Passed("It is neither revoked nor suspended."),
        EntryStatus.Revoked => Check.Failed(CredentialCodes.Revoked, "It is revoked."),
        EntryStatus.Suspended => Check.Failed(CredentialCodes.Suspended, "It is suspended."),
        _ => Check.Unsupported(CredentialCodes.StatusUnsupported, "Its status has a value that is not known here."),
    };
}

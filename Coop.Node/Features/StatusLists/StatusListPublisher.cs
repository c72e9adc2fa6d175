using System.Collections.Concurrent;
using System.Globalization;
using Coop.Identity.Credentials;
using Coop.Identity.Status;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Features.StatusLists;

/// <summary>
/// Signs status lists as they are asked for, and keeps the signed text until an entry changes or half of its
/// life is over. Thread-safe.
/// </summary>
/// <remarks>
/// One bit array is published under three addresses. Asking costs one small read; a list is signed again
/// only after a change, so that asking often does not make the node work much.
/// </remarks>
public sealed class StatusListPublisher(
    Transactions transactions, NodeIdentity identity, NodeOptions node, TimeProvider time)
{
    /// <summary>How long a verifier may keep a list: a revocation is seen everywhere after that.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    /// <summary>When a list that was fetched must not be used any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(long List, StatusListForm Form), Published> _published = new();

    /// <summary>The signed list; null when there is none of that number.</summary>
    public async Task<string?> ReadAsync(long list, StatusListForm form, CancellationToken ct)
    {
        var version = await transactions.ReadAsync((c, token) => StatusListStore.FindVersionAsync(c, list, token), ct);
        if (version is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var key = KeyOf(form);
        if (_published.TryGetValue((list, form), out var kept)
            && kept.Version == version && kept.KeyId == key.Id && now < kept.SignedAt + (Lifetime / 2))
        {
            return kept.Text;
        }

        // The version was read before the entries: what changed in between is signed again next time.
        var marks = await transactions.ReadAsync((c, token) => StatusListStore.ListMarksAsync(c, list, token), ct);
        var text = Sign(list, form, BitsOf(marks), key, now);
        _published[(list, form)] = new(version.Value, key.Id, now, text);
        return text;
    }

    private static StatusBits BitsOf(IEnumerable<StatusMark> marks)
    {
        var bits = new StatusBits(StatusListStore.EntryCount);
        foreach (var mark in marks)
        {
            // Revoked is for good, whatever it was before.
            bits[mark.Index] = mark.IsRevoked ? EntryStatus.Revoked : EntryStatus.Suspended;
        }

        return bits;
    }

    private string Sign(long list, StatusListForm form, StatusBits bits, IssuerKey key, DateTimeOffset now)
    {
        var url = string.Create(
            CultureInfo.InvariantCulture,
            $"{node.PublicUrl.AbsoluteUri.TrimEnd('/')}/status/{list}/{form.ToString().ToLowerInvariant()}");
        var options = new StatusListOptions(url, key.Did, now, now + Lifetime) { TimeToLive = TimeToLive };
        return form == StatusListForm.Token
            ? TokenStatusList.Issue(bits, options, key)
            : BitstringStatusList.Issue(
                bits,
                form == StatusListForm.Revocation ? StatusPurpose.Revocation : StatusPurpose.Suspension,
                options,
                key,
                CredentialFormat.DataIntegrity);
    }

    // A token is read with SD-JWT credentials, whose readers know ES256 for certain.
    private IssuerKey KeyOf(StatusListForm form)
    {
        var signer = form == StatusListForm.Token ? identity.Es256Signer : identity.AssertionSigner;
        return new(signer.KeyId, signer.Key);
    }

    private sealed record Published(long Version, string KeyId, DateTimeOffset SignedAt, string Text);
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Status;

namespace Coop.Identity.Tests.Credentials;

/// <summary>An issuer, a holder, and credentials between them, for the tests of credentials.</summary>
internal static class Issued
{
    public const string StatusBase = "https://coop.example/status/1/";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly IssuerKey Ed25519Issuer = IssuerKey.OfDidKey(Ed25519Key.FromSeed(Seed(1)));
    public static readonly IssuerKey P256Issuer = IssuerKey.OfDidKey(P256Key.Generate());
    public static readonly IssuerKey Holder = IssuerKey.OfDidKey(Ed25519Key.FromSeed(Seed(2)));
    public static readonly IssuerKey Stranger = IssuerKey.OfDidKey(Ed25519Key.FromSeed(Seed(3)));

    public static readonly IssueOptions Options = new(Now);

    public static TheoryData<CredentialFormat, bool> FormatsAndCurves => new()
    {
        { CredentialFormat.DataIntegrity, false },
        { CredentialFormat.VcJwt, false },
        { CredentialFormat.VcJwt, true },
        { CredentialFormat.SdJwtVc, true },
        { CredentialFormat.VcJwt11, false },
        { CredentialFormat.VcJwt11, true },
    };

    public static IssuerKey Issuer(bool isP256) => isP256 ? P256Issuer : Ed25519Issuer;

    public static CredentialContent Membership(IssuerKey issuer) => new()
    {
        Id = "urn:uuid:019aab9e-0000-7000-8000-000000000001",
        Type = CredentialType.Membership,
        Issuer = issuer.Did,
        IssuerName = "Sunflower Bakery",
        Subject = Holder.Did,
        ValidFrom = Now.AddDays(-1),
        ValidUntil = Now.AddYears(1),
        Claims = new JsonObject
        {
            ["coop"] = "Sunflower Bakery",
            ["memberId"] = "Qm3fKx0aV1b2c3d4e5f6g7",
            ["memberSince"] = "2020-03-01",
            ["memberName"] = "Zoë Ångström",
        },
        HolderKey = Holder.Key.Public,
    };

    public static string Text(CredentialFormat format, bool isP256, Func<CredentialContent, CredentialContent>? change = null)
    {
        var content = Membership(Issuer(isP256));
        return CredentialWriter.Issue(change?.Invoke(content) ?? content, format, Issuer(isP256), Options);
    }

    public static Task<VerificationReport> VerifyAsync(
        string text, VerificationRequest? request = null, IStatusSource? status = null, DateTimeOffset? now = null) =>
        new CredentialVerifier(new KeyResolver(), status, new Clock(now ?? Now))
            .VerifyAsync(text, request ?? VerificationRequest.Anything, TestContext.Current.CancellationToken);

    private static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, 32)];

    /// <summary>Resolves did:key and did:jwk, and knows nothing else.</summary>
    internal sealed class KeyResolver : IDidResolver
    {
        public Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct)
        {
            try
            {
                return Task.FromResult(url.Method switch
                {
                    "key" => DidResolution.Of(DidKey.Resolve(url.Did)),
                    "jwk" => DidResolution.Of(DidJwk.Resolve(url.Did)),
                    "web" => DidResolution.Failed(DidError.Unreachable, DidCodes.Unreachable, "It cannot be fetched."),
                    _ => DidResolution.Failed(DidError.MethodNotSupported, DidCodes.MethodNotSupported, "Not known here."),
                });
            }
            catch (DidException e)
            {
                return Task.FromResult(DidResolution.Failed(e));
            }
        }
    }

    internal sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>Lists by their address.</summary>
    internal sealed class Lists : IStatusSource
    {
        private readonly ConcurrentDictionary<string, string> _lists = new();

        public string this[string uri]
        {
            set => _lists[uri] = value;
        }

        public Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct) => Task.FromResult(
            _lists.TryGetValue(uri.ToString(), out var text) ? StatusListAnswer.Of(text) : StatusListAnswer.Failed("Nobody answers."));
    }
}

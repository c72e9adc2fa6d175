using System.IO.Pipelines;
using Coop.Federation.Messages;
using Coop.Federation.Peering;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Microsoft.AspNetCore.Http.Features;

namespace Coop.Node.Federation;

/// <summary>
/// Checks the signature of requests to endpoints that require a peer, in the order of specs/peering.md, Signed
/// requests: what costs least first, the body only once it is known who sends it, the nonce last.
/// </summary>
internal sealed class PeerAuthentication(
    RequestDelegate next,
    NodeOptions options,
    NodeIdentity identity,
    Peerings peerings,
    PeerKeys keys,
    PeerRates rates,
    Transactions transactions,
    FederationMetrics metrics,
    TimeProvider time)
{
    /// <summary>For the whole body; Kestrel's own least rate holds besides.</summary>
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(20);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<PeerRequirement>() is { } requirement)
        {
            var who = FederationMetrics.Stranger;
            try
            {
                await CheckAsync(http, requirement, did => who = did);
                metrics.Received(who);
            }
            catch (RefusalException e)
            {
                metrics.Refused(who, e.Type.Code);
                throw;
            }
        }

        await next(http);
    }

    private async Task CheckAsync(HttpContext http, PeerRequirement requirement, Action<string> identified)
    {
        var ct = http.RequestAborted;
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        var signature = Parse(http.Request.Headers, hasBody);
        Check(() => signature.CheckFor(identity.Did, time.GetUtcNow()));
        var did = signature.KeyId.Split('#', 2)[0];
        var peering = await peerings.FindAsync(did, ct);
        CheckKnown(http, requirement, peering);
        var (history, key) = await FindKeyAsync(requirement, signature.KeyId, did, ct);
        Check(() => signature.CheckSignature(key, http.Request.Method, TargetUri(http)));
        if (peering is not null)
        {
            identified(did);
        }

        CheckPeering(requirement, peering);
        rates.Take(did, peering);
        await CheckBodyAsync(http, signature, hasBody, ct);
        await TakeNonceAsync(did, signature, ct);
        http.SetCaller(history, peering);
    }

    // Whoever has no peering must not cost the database or the network more than a little.
    private void CheckKnown(HttpContext http, PeerRequirement requirement, Peering? peering)
    {
        if (peering is null && requirement.Who == PeerRequirement.Callers.Active)
        {
            throw Unmet();
        }

        if (peering is null)
        {
            rates.TakeStranger(TrustedProxies.ClientOf(http));
        }
    }

    private static RefusalException Unmet() => ProblemTypes.PeerUnknown.With("This co-op has no peering with that DID.");

    private static RequestSignature Parse(IHeaderDictionary headers, bool hasBody)
    {
        RequestSignature? parsed = null;
        Check(() => parsed = RequestSignature.Parse(
            Values(headers, PeerHeaders.SignatureInput), Values(headers, PeerHeaders.Signature),
            Values(headers, PeerHeaders.ContentDigest), Values(headers, PeerHeaders.Destination), hasBody));
        return parsed!;
    }

    private static IReadOnlyList<string> Values(IHeaderDictionary headers, string name) =>
        [.. headers[name].Select(v => v ?? "")];

    // As the sender wrote it, whatever proxies stand in between.
    private string TargetUri(HttpContext http) =>
        options.WebOrigin + http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private async Task<(PinnedHistory History, VerificationKey Key)> FindKeyAsync(
        PeerRequirement requirement, string keyId, string did, CancellationToken ct)
    {
        var history = await keys.FindAsync(did, ct)
            ?? (requirement.Who == PeerRequirement.Callers.Anybody
                ? await FetchStrangerAsync(did, ct)
                : throw Unmet());
        var now = time.GetUtcNow();
        var key = await keys.FindKeyAsync(history, h => h.FindRequestKey(keyId, now), ct);
        return (history, key ?? throw ProblemTypes.SignatureKeyUnknown.With("The DID's history has no such key for authentication."));
    }

    private async Task<PinnedHistory> FetchStrangerAsync(string did, CancellationToken ct)
    {
        rates.TakeStranger(did);
        try
        {
            return await keys.FetchStrangerAsync(did, ct)
                ?? throw ProblemTypes.TooManyRequests.With("Too many strangers at once.").After(TimeSpan.FromSeconds(10));
        }
        catch (Exception e) when (e is DidException or OutboundException)
        {
            throw ProblemTypes.DidUnresolved.With("The DID's history could not be had, or does not hold.");
        }
    }

    private static void CheckPeering(PeerRequirement requirement, Peering? peering)
    {
        if (requirement.Who != PeerRequirement.Callers.Active)
        {
            return;
        }

        if (peering is not { State: PeeringState.Active })
        {
            throw ProblemTypes.PeeringNotActive.With("There is no peering that is active.");
        }

        if (requirement.Scope is { } scope && !peering.Grants(scope))
        {
            throw ProblemTypes.PeeringScopeMissing.With($"The terms do not grant {PeeringScopes.Name(scope)}.");
        }
    }

    // A body that was taken out on the way is another body than the one that was signed, too.
    private static async Task CheckBodyAsync(HttpContext http, RequestSignature signature, bool hasBody, CancellationToken ct)
    {
        if (!hasBody)
        {
            Check(() => signature.CheckBody([]));
            return;
        }

        var body = new MemoryStream();
        http.Response.RegisterForDispose(body);
        await ReadBodyAsync(http.Request.BodyReader, body, ct);
        Check(() => signature.CheckBody(body.GetBuffer().AsSpan(0, (int)body.Length)));
        body.Position = 0;
        http.Request.Body = body;
    }

    // The deadline ends one read, not the reader: the server drains by it what still comes.
    private static async Task ReadBodyAsync(PipeReader reader, MemoryStream body, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(BodyTimeout);
        await using var ending = deadline.Token.Register(reader.CancelPendingRead);
        for (ReadResult read = default; !read.IsCompleted;)
        {
            read = await reader.ReadAsync(ct);
            foreach (var part in read.Buffer)
            {
                body.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCanceled)
            {
                throw ProblemTypes.BodyTooSlow.With("The body did not arrive in time.");
            }
        }
    }

    private async Task TakeNonceAsync(string did, RequestSignature signature, CancellationToken ct)
    {
        var mark = Guid.CreateVersion7(time.GetUtcNow());
        var until = signature.Expires + RequestSignature.MaxSkew;
        if (!await transactions.MaintainAsync(
            (t, c) => NonceStore.TakeAsync(t, did, signature.Nonce, mark, until, c), ct))
        {
            throw ProblemTypes.SignatureReplayed.With("This request was taken already.");
        }
    }

    private static void Check(Action check)
    {
        try
        {
            check();
        }
        catch (MessageException e)
        {
            throw PeerProblems.Of(e).With(e.Message);
        }
    }
}

using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Node.Hosting;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>
/// Decides whether the answer to a challenge proves possession of the DID's key: a JWT by a key that the
/// DID's document names for authentication, or for a did:pkh a signature by its address. Thread-safe.
/// </summary>
public sealed class DidProofs(NodeOptions node, IDidResolver resolver)
{
    /// <exception cref="RefusalException">
    /// <see cref="ProblemTypes.ProofRefused"/>, or <see cref="ProblemTypes.DidUnresolved"/> where the DID
    /// itself cannot be looked up.
    /// </exception>
    public async Task VerifyAsync(DidChallenge challenge, string proof, string actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var did = DidUrl.Parse(challenge.Did);
        if (SignInMessage.IsFor(did))
        {
            var message = SignInMessage.Of(challenge, node, actor);
            Require(SignInMessage.IsSignedBy(did.Did, message, proof), "The signature is not by that address over that text.");
            return;
        }

        var jwt = ProofJwt.Parse(proof);
        Require(jwt.Claims == new ProofClaims(challenge.Did, node.Identifier, actor, challenge.Nonce),
            "The proof's iss, aud, sub or nonce is not the challenge's.");
        var key = await FindKeyAsync(did, jwt.KeyId, ct);
        Require(jwt.Algorithm == key.JwsAlgorithm, "The proof's alg does not belong to the key.");
        Require(key.Verify(jwt.SigningInput.Span, jwt.Signature.Span), "The proof's signature does not verify.");
    }

    private async Task<VerificationKey> FindKeyAsync(DidUrl did, string keyId, CancellationToken ct)
    {
        var isOfDid = DidUrl.TryParse(keyId, out var id) && id.Did == did.Did && id.Fragment is not null;
        Require(isOfDid, "The proof's kid is not an absolute URL of a key of the DID.");
        var resolution = await resolver.ResolveAsync(did, ct);
        if (resolution.Document is not { } document)
        {
            throw ProblemTypes.DidUnresolved.With(
                $"{did.Did} could not be looked up: {resolution.Detail ?? resolution.Error.ToString()}");
        }

        return document.Find(keyId, VerificationPurpose.Authentication)?.Key
            ?? throw ProblemTypes.ProofRefused.With("The DID's document names no such key for authentication.");
    }

    private static void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            throw ProblemTypes.ProofRefused.With(complaint);
        }
    }
}

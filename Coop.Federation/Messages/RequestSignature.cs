using System.Security.Cryptography;
using Coop.Identity.Keys;

namespace Coop.Federation.Messages;

/// <summary>
/// The signature of a request from another node (RFC 9421), read and not yet believed. Specified in
/// specs/peering.md; whether the nonce is new is for the caller to find out.
/// </summary>
public sealed record RequestSignature
{
    /// <summary>The longest time for which a request may be good.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromSeconds(300);

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(30);

    /// <summary>Of each field.</summary>
    public const int MaxFieldLength = 4096;

    private const int SignatureSizeBytes = 64;
    private const int MaxNonceLength = 64;

    private readonly SignatureParameters _parameters;
    private readonly byte[] _signature;
    private readonly string? _contentDigest;

    private RequestSignature(SignatureParameters parameters, byte[] signature, string? contentDigest, string destination) =>
        (_parameters, _signature, _contentDigest, Destination) = (parameters, signature, contentDigest, destination);

    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeSeconds(_parameters.Created);

    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeSeconds(_parameters.Expires);

    /// <summary>The key that it says has signed: an absolute DID URL, not looked at further here.</summary>
    public string KeyId => _parameters.KeyId;

    /// <summary>1 to 64 characters of base64url.</summary>
    public string Nonce => _parameters.Nonce;

    /// <summary>The DID of the node that it is for.</summary>
    public string Destination { get; }

    /// <summary>Reads the fields of a request, each as often as it was sent.</summary>
    /// <param name="signatureInput"><c>signature-input</c>.</param>
    /// <param name="signature"><c>signature</c>.</param>
    /// <param name="contentDigest"><c>content-digest</c>.</param>
    /// <param name="destination"><c>coop-destination</c>.</param>
    /// <param name="hasBody">Whether the request has a body, be it empty; then its digest must be covered.</param>
    /// <exception cref="MessageException">A field is missing, of another form, or covers too little.</exception>
    public static RequestSignature Parse(
        IReadOnlyList<string> signatureInput,
        IReadOnlyList<string> signature,
        IReadOnlyList<string> contentDigest,
        IReadOnlyList<string> destination,
        bool hasBody)
    {
        ArgumentNullException.ThrowIfNull(contentDigest);
        var input = Single(signatureInput);
        var label = input.IndexOf('=', StringComparison.Ordinal);
        if (label <= 0 || !input[..label].All(IsLabelCharacter))
        {
            throw FieldReader.Malformed();
        }

        var parameters = SignatureParameters.Parse(input[(label + 1)..]);
        var digest = contentDigest.Count > 0 || hasBody ? Single(contentDigest) : null;
        CheckCovered(parameters, digest is not null);
        CheckForms(parameters, digest);
        return new(parameters, SignatureBytes(Single(signature), input[..label]), digest, Single(destination));
    }

    /// <summary>Checks that the request is for this node, and for now.</summary>
    /// <exception cref="MessageException">It is not.</exception>
    public void CheckFor(string ownDid, DateTimeOffset now)
    {
        if (Destination != ownDid)
        {
            throw new MessageException(MessageCodes.DestinationWrong, "The request is meant for another node.");
        }

        if (Expires <= Created || Expires - Created > MaxLifetime)
        {
            throw new MessageException(
                MessageCodes.SignatureLifetime, $"A request is good for at most {MaxLifetime.TotalSeconds:0} seconds.");
        }

        if (Created > now + MaxSkew)
        {
            throw new MessageException(MessageCodes.SignatureFuture, "The request was signed in the future: compare the clocks.");
        }

        if (Expires < now)
        {
            throw new MessageException(MessageCodes.SignatureStale, "The request has expired: compare the clocks.");
        }
    }

    /// <summary>Checks that the key signed this very request.</summary>
    /// <exception cref="MessageException">It did not.</exception>
    public void CheckSignature(VerificationKey key, string method, string targetUri)
    {
        ArgumentNullException.ThrowIfNull(key);
        var values = new RequestComponents(method, targetUri, _contentDigest, Destination);
        if (key.Type != KeyType.Ed25519
            || !key.Verify(SignatureBase.Create(values.In(_parameters.Components), _parameters.Text), _signature))
        {
            throw new MessageException(MessageCodes.SignatureWrong, "The key did not sign this request.");
        }
    }

    /// <summary>Checks that the body is the one that was signed.</summary>
    /// <exception cref="MessageException">It is not.</exception>
    public void CheckBody(ReadOnlySpan<byte> body)
    {
        if (_contentDigest is null
            ? body.Length > 0
            : !CryptographicOperations.FixedTimeEquals(SHA256.HashData(body), ContentDigest.Parse(_contentDigest)))
        {
            throw new MessageException(MessageCodes.DigestMismatch, "The body is another than the one that was signed.");
        }
    }

    // RFC 9651, section 3.1.2: a dictionary's key.
    private static bool IsLabelCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '.' or '*';

    private static string Single(IReadOnlyList<string> values) => values switch
    {
        [] => throw new MessageException(MessageCodes.SignatureMissing, "The request is not signed, or not for a named node."),
        [{ Length: > 0 and <= MaxFieldLength } value] => value,
        _ => throw FieldReader.Malformed(),
    };

    private static void CheckCovered(SignatureParameters parameters, bool hasBody)
    {
        var isCovered = parameters.Components.Order(StringComparer.Ordinal)
            .SequenceEqual(Components.Of(hasBody).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        if (!isCovered || parameters.Algorithm != Components.Algorithm || parameters.Tag != Components.Tag)
        {
            throw new MessageException(
                MessageCodes.SignatureComponents,
                $"A signature covers {string.Join(", ", Components.Of(hasBody))}, with {Components.Algorithm} and the tag {Components.Tag}.");
        }
    }

    private static void CheckForms(SignatureParameters parameters, string? digest)
    {
        var isNonce = parameters.Nonce.Length <= MaxNonceLength
            && parameters.Nonce.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        var areTimes = Math.Max(parameters.Created, parameters.Expires) <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        if (!isNonce || !areTimes || (digest is not null && ContentDigest.Parse(digest) is null))
        {
            throw FieldReader.Malformed();
        }
    }

    private static byte[] SignatureBytes(string field, string label) =>
        field.StartsWith($"{label}=:", StringComparison.Ordinal) && field.EndsWith(':') && field.Length > label.Length + 3
        && FieldBytes.TryDecode(field.AsSpan(label.Length + 2, field.Length - label.Length - 3), SignatureSizeBytes) is { } bytes
            ? bytes
            : throw FieldReader.Malformed();
}

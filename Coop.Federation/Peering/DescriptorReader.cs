using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Identity.Dids;

namespace Coop.Federation.Peering;

/// <summary>Reads a <see cref="PeerDescriptor"/> strictly.</summary>
internal static class DescriptorReader
{
    private const int MaxNameLength = 100;
    private const int MaxDidLength = 500;
    private const int MaxAddressLength = 300;
    private const int MaxKeyLength = 400;

    public static PeerDescriptor Read(JsonObject json)
    {
        TermsJson.Require(json, "did", "name", "address", "log", "witness");
        var log = TermsJson.ObjectOf(json, "log");
        TermsJson.Require(log, "origin", "vkey");
        var witness = TermsJson.ObjectOf(json, "witness");
        TermsJson.Require(witness, "vkey");
        var descriptor = new PeerDescriptor(
            Did(TermsJson.Text(json, "did", MaxDidLength)),
            Name(TermsJson.Text(json, "name", MaxNameLength)),
            Address(TermsJson.Text(json, "address", MaxAddressLength)),
            TermsJson.Text(log, "origin", MaxKeyLength),
            Key(log, NoteKey.Ed25519Type),
            Key(witness, NoteKey.CosignatureType));
        return descriptor.LogKey.Name == descriptor.LogOrigin
            ? descriptor
            : throw TermsJson.Malformed("The log's key is not named as the log.");
    }

    private static string Did(string text) =>
        DidUrl.TryParse(text, out var url) && url.Did == text && url.Method == "webvh"
            ? text
            : throw TermsJson.Malformed("A peer is named by a did:webvh.");

    // It is shown to people, who must not be shown something else than what was signed.
    private static string Name(string text) =>
        text.Trim() == text && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            ? text
            : throw TermsJson.Malformed("The name is not one line of text.");

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0
            ? uri
            : throw TermsJson.Malformed("The address is not scheme, host and port alone.");

    private static NoteKey Key(JsonObject json, byte type)
    {
        try
        {
            var key = NoteKey.Parse(TermsJson.Text(json, "vkey", MaxKeyLength));
            return key.Type == type ? key : throw TermsJson.Malformed("A key is of another type.");
        }
        catch (NoteException e)
        {
            throw TermsJson.Malformed(e.Message);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Presentations;
using Coop.Identity.Status;

namespace Coop.Identity.Tests.Credentials;

/// <summary>specs/vectors/credentials.json: texts for other implementers, with the verdict and code of each.</summary>
internal static class CredentialVectors
{
    private const string Audience = "https://verifier.example";
    private const string Nonce = "n-0S6_WzA2Mj";
    private const int Index = 4711;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static bool IsUpdate => Environment.GetEnvironmentVariable("COOP_UPDATE_SPECS") == "1";

    public static VerificationRequest Request => new() { Audience = Audience, Nonce = Nonce };

    public static string PathOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, "../../../../specs/vectors/credentials.json"));

    public static void Write()
    {
        var lists = Lists();
        var vectors = new JsonObject
        {
            ["description"] = "Everything is issued by and to did:keys, at the time `now`. Each text has the verdict "
                + "and, where it is not valid, the code of the first obstacle. Presentations are for `audience` and `nonce`. "
                + "`statusLists` are what lies at these addresses; any other address is unreachable.",
            ["now"] = Issued.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["audience"] = Audience,
            ["nonce"] = Nonce,
            ["statusLists"] = lists,
            ["credentials"] = new JsonArray([.. Credentials().Select(Vector)]),
            ["presentations"] = new JsonArray([.. Presentations().Select(Vector)]),
        };
        File.WriteAllText(PathOf(), vectors.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Lists()
    {
        var lists = new JsonObject();
        foreach (var (who, issuer) in new[] { ("ed25519", Issued.Ed25519Issuer), ("p256", Issued.P256Issuer) })
        {
            var bits = new StatusBits(StatusBits.MinCount) { [Index + 1] = EntryStatus.Revoked, [Index + 2] = EntryStatus.Suspended };
            StatusListOptions At(string name) => new(Uri(who, name), issuer.Did, Issued.Now.AddHours(-1), Issued.Now.AddHours(1));
            lists[Uri(who, "revocation")] = BitstringStatusList.Issue(bits, StatusPurpose.Revocation, At("revocation"), issuer, CredentialFormat.VcJwt);
            lists[Uri(who, "suspension")] = BitstringStatusList.Issue(bits, StatusPurpose.Suspension, At("suspension"), issuer, CredentialFormat.VcJwt);
            lists[Uri(who, "token")] = TokenStatusList.Issue(bits, At("token"), issuer);
        }

        return lists;
    }

    private static IEnumerable<(string Name, string Text, string Verdict, string? Code)> Credentials()
    {
        foreach (var row in Issued.FormatsAndCurves)
        {
            var (format, isP256) = row.Data;
            var name = $"{FormatNames.Of(format)}, {(isP256 ? "ES256" : "EdDSA")}";
            var text = Text(format, isP256, Index);
            yield return (name, text, "valid", null);
            yield return (name + ", revoked", Text(format, isP256, Index + 1), "invalid", CredentialCodes.Revoked);
            yield return (name + ", suspended", Text(format, isP256, Index + 2), "invalid", CredentialCodes.Suspended);
            yield return (name + ", beyond the list", Text(format, isP256, StatusBits.MinCount), "invalid", CredentialCodes.StatusIndex);
            yield return (name + ", list not there", Issued.Text(format, isP256, c => c with
            {
                Status = StatusReference.InAllForms(1, "https://gone.example/r", "https://gone.example/s", "https://gone.example/t"),
            }), "unknown", CredentialCodes.StatusUnreachable);
            yield return (name + ", expired", Issued.Text(format, isP256, c => c with { ValidUntil = Issued.Now.AddHours(-1) }), "invalid", CredentialCodes.Expired);
            yield return (name + ", not yet valid", Issued.Text(format, isP256, c => c with { ValidFrom = Issued.Now.AddHours(1) }), "invalid", CredentialCodes.NotYetValid);
        }

        var embedded = Issued.Text(CredentialFormat.DataIntegrity, false);
        yield return ("eddsa-jcs-2022, a claim changed", embedded.Replace("2020-03-01", "2019-03-01", StringComparison.Ordinal), "invalid", CredentialCodes.Signature);
        yield return ("eddsa-jcs-2022, a member twice", embedded.Replace("{\"@context\"", "{\"id\":\"urn:x\",\"@context\"", StringComparison.Ordinal), "invalid", CredentialCodes.Json);
        yield return ("another suite", embedded.Replace("eddsa-jcs-2022", "eddsa-rdfc-2022", StringComparison.Ordinal), "unsupported", CredentialCodes.ProofUnsupported);
    }

    private static IEnumerable<(string Name, string Text, string Verdict, string? Code)> Presentations()
    {
        var options = new PresentationOptions(Audience, Nonce, Issued.Now);
        string[] vcJwt = [Issued.Text(CredentialFormat.VcJwt, isP256: true)];
        string[] embedded = [Issued.Text(CredentialFormat.DataIntegrity, isP256: false)];
        string[] old = [Issued.Text(CredentialFormat.VcJwt11, isP256: false)];
        var sdJwt = Issued.Text(CredentialFormat.SdJwtVc, isP256: true);
        yield return ("vp+jwt", PresentationWriter.Jwt20(vcJwt, Issued.Holder, options), "valid", null);
        yield return ("VCDM 1.1", PresentationWriter.Jwt11(old, Issued.Holder, options), "valid", null);
        yield return ("eddsa-jcs-2022", PresentationWriter.DataIntegrity(embedded, Issued.Holder, options), "valid", null);
        yield return ("dc+sd-jwt with kb+jwt", KeyBinding.Present(sdJwt, Issued.Holder.Key, Audience, Nonce, Issued.Now), "valid", null);
        yield return ("vp+jwt for another nonce", PresentationWriter.Jwt20(vcJwt, Issued.Holder, options with { Nonce = "x" }), "invalid", CredentialCodes.NonceMismatch);
        yield return ("vp+jwt for another verifier", PresentationWriter.Jwt20(vcJwt, Issued.Holder, options with { Audience = "x" }), "invalid", CredentialCodes.AudienceMismatch);
        yield return ("vp+jwt by a stranger", PresentationWriter.Jwt20(vcJwt, Issued.Stranger, options), "invalid", CredentialCodes.HolderMismatch);
        yield return ("dc+sd-jwt by a stranger", KeyBinding.Present(sdJwt, Issued.Stranger.Key, Audience, Nonce, Issued.Now), "invalid", CredentialCodes.Signature);
        yield return ("dc+sd-jwt that nobody presents", sdJwt, "invalid", CredentialCodes.HolderNone);
    }

    private static string Text(CredentialFormat format, bool isP256, int index)
    {
        var who = isP256 ? "p256" : "ed25519";
        return Issued.Text(format, isP256, c => c with
        {
            Status = StatusReference.InAllForms(index, Uri(who, "revocation"), Uri(who, "suspension"), Uri(who, "token")),
        });
    }

    private static string Uri(string who, string name) => $"https://{who}.example/status/1/{name}";

    private static JsonNode Vector((string Name, string Text, string Verdict, string? Code) vector) => new JsonObject
    {
        ["name"] = vector.Name,
        ["text"] = vector.Text,
        ["verdict"] = vector.Verdict,
        ["code"] = vector.Code,
    };
}

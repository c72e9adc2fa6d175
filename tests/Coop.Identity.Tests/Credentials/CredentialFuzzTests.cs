using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;
using Coop.Identity.Presentations;
using Coop.Identity.Status;

namespace Coop.Identity.Tests.Credentials;

/// <summary>
/// Texts that an attacker signed, with members replaced, removed and moved at random: the verifier answers a
/// report for each, and never throws.
/// </summary>
public sealed class CredentialFuzzTests
{
    private static readonly JsonNode?[] Odd =
    [
        null, 0, -1, 1.5, 1e300, true, "", "x", "did:key:z6Mk", "did:web:a b", "https://x.example", "\u0000\uFFFF",
        new JsonArray(), new JsonObject(), new JsonArray(null, 1, "x"), new JsonObject { ["id"] = 1, ["..."] = "x", ["_sd"] = "y" },
        new string('9', 400), "2026-13-45T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 253_402_300_799, 0.1,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnswersAReport_WhateverWasSigned(int seed)
    {
        var random = new Random(seed);
        var texts = Texts().ToArray();
        var verdicts = new HashSet<Verdict>();
        for (var i = 0; i < 1_500; i++)
        {
            var text = Changed(texts[random.Next(texts.Length)], random);
            try
            {
                verdicts.Add((await Issued.VerifyAsync(text, status: new Echo(Changed(texts[^1], random)))).Verdict);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, round {i}: {text}", e);
            }
        }

        Assert.Contains(Verdict.Invalid, verdicts);
        Assert.Contains(Verdict.Unsupported, verdicts);
    }

    [Fact]
    public async Task AnswersAReport_ForBytesAtRandom()
    {
        var random = new Random(4);
        var texts = Texts().ToArray();
        for (var i = 0; i < 3_000; i++)
        {
            var characters = texts[random.Next(texts.Length)].ToCharArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                characters[random.Next(characters.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 65_536);
            }

            var text = new string(characters)[..random.Next(1, characters.Length + 1)];
            Assert.NotNull(await Issued.VerifyAsync(text));
        }
    }

    private static IEnumerable<string> Texts()
    {
        var status = StatusReference.InAllForms(1, Issued.StatusBase + "r", Issued.StatusBase + "s", Issued.StatusBase + "t");
        foreach (var row in Issued.FormatsAndCurves)
        {
            yield return Issued.Text(row.Data.Item1, row.Data.Item2, c => c with { Status = status });
        }

        var options = new PresentationOptions("a", "n", Issued.Now);
        yield return PresentationWriter.Jwt20([Issued.Text(CredentialFormat.VcJwt, true)], Issued.Holder, options);
        yield return PresentationWriter.Jwt11([Issued.Text(CredentialFormat.VcJwt11, true)], Issued.Holder, options);
        yield return PresentationWriter.DataIntegrity([Issued.Text(CredentialFormat.DataIntegrity, false)], Issued.Holder, options);
        var list = new StatusListOptions(Issued.StatusBase + "t", Issued.Ed25519Issuer.Did, Issued.Now, Issued.Now.AddHours(1));
        var bits = new StatusBits(StatusBits.MinCount);
        yield return BitstringStatusList.Issue(bits, StatusPurpose.Revocation, list, Issued.Ed25519Issuer, CredentialFormat.VcJwt);
        yield return TokenStatusList.Issue(bits, list, Issued.Ed25519Issuer);
    }

    private static string Changed(string text, Random random)
    {
        if (text.StartsWith('{'))
        {
            return ChangedJson(text, random);
        }

        var tilde = text.IndexOf('~', StringComparison.Ordinal);
        var (jws, rest) = tilde < 0 ? (text, "") : (text[..tilde], text[tilde..]);
        var parts = jws.Split('.');
        var changed = random.Next(4) == 0 ? 0 : 1;
        parts[changed] = Base64Url.Encode(Encoding.UTF8.GetBytes(ChangedJson(Encoding.UTF8.GetString(Base64Url.Decode(parts[changed])), random)));
        var input = parts[0] + "." + parts[1];
        var key = jws.Contains(Start(Issued.P256Issuer), StringComparison.Ordinal) ? Issued.P256Issuer : Issued.Ed25519Issuer;
        return input + "." + Base64Url.Encode(key.Key.Sign(Encoding.ASCII.GetBytes(input))) + rest;
    }

    // Enough of the header with this key's name to know it again.
    private static string Start(IssuerKey key) => Base64Url.Encode(Encoding.UTF8.GetBytes($"{{\"alg\":\"{key.Key.Public.JwsAlgorithm}\"")).Remove(16);

    private static string ChangedJson(string json, Random random)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        for (var n = random.Next(1, 3); n > 0; n--)
        {
            var objects = Objects(root).Where(o => o.Count > 0).ToArray();
            if (objects.Length == 0)
            {
                break;
            }

            var target = objects[random.Next(objects.Length)];
            var name = target.ElementAt(random.Next(target.Count)).Key;
            if (random.Next(5) == 0)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = Odd[random.Next(Odd.Length)]?.DeepClone();
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Objects(m.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private sealed class Echo(string text) : IStatusSource
    {
        public Task<StatusListAnswer> FetchAsync(Uri uri, StatusListKind kind, CancellationToken ct) =>
            Task.FromResult(StatusListAnswer.Of(text));
    }
}

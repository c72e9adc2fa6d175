using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Dids.WebVh;

/// <summary>A did:webvh that grows entry by entry, a minute apart, with keys that are the same in every run.</summary>
internal sealed class SampleLog
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly StringBuilder _log = new();
    private readonly List<(string VersionId, JsonObject Proof)> _approvals = [];

    public DateTimeOffset Time { get; private set; } = Start;

    public string Did => Entries[^1].Did;

    public List<WebVhEntry> Entries { get; } = [];

    public string Text => _log.ToString();

    public byte[] Bytes => Encoding.UTF8.GetBytes(Text);

    public byte[] Witnesses => Encoding.UTF8.GetBytes(WebVhLog.WitnessFile(_approvals).ToJsonString());

    public static Ed25519Key Key(byte number) => Ed25519Key.FromSeed([.. Enumerable.Repeat(number, 32)]);

    public static string Multikey(byte number) => Key(number).Public.ToMultikey();

    public static string Hash(byte number) => WebVhHash.OfKey(Multikey(number));

    public static JsonObject Document(string did) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"),
        ["id"] = did,
        ["verificationMethod"] = new JsonArray(new JsonObject
        {
            ["id"] = did + "#key-1",
            ["type"] = "Multikey",
            ["controller"] = did,
            ["publicKeyMultibase"] = Multikey(200),
        }),
        ["assertionMethod"] = new JsonArray(did + "#key-1"),
    };

    /// <summary>The first entry, by key 1.</summary>
    public static SampleLog Create(Func<WebVhChange, WebVhChange>? with = null, string place = "coop.example")
    {
        var log = new SampleLog();
        var change = new WebVhChange
        {
            State = Document($"did:webvh:{WebVhHash.Placeholder}:{place}"), Time = Start, UpdateKeys = [Multikey(1)],
        };
        log.Add(WebVhLog.Create(with?.Invoke(change) ?? change, Key(1)));
        return log;
    }

    public SampleLog Append(byte key, Func<WebVhChange, WebVhChange>? with = null)
    {
        Time += TimeSpan.FromMinutes(1);
        var change = new WebVhChange { State = Entries[^1].State, Time = Time };
        Add(WebVhLog.Append(Bytes, with?.Invoke(change) ?? change, Key(key)));
        return this;
    }

    /// <summary>Witnesses approve the last entry.</summary>
    public SampleLog Approve(params byte[] witnesses)
    {
        _approvals.AddRange(witnesses.Select(w => (Entries[^1].VersionId, WebVhLog.Approve(Entries[^1].VersionId, Key(w), Time))));
        return this;
    }

    public WebVhHistory Verify() => WebVhVerifier.Verify(Bytes, Witnesses, Time);

    public DidResolution Resolve(string query = "") => Verify().Resolve(DidUrl.Parse(Did + query));

    private void Add(WebVhEntry entry)
    {
        Entries.Add(entry);
        _log.Append(entry.ToLine());
    }
}

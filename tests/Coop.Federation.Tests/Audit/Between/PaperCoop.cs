using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Audit.Between;

/// <summary>A co-op on paper: its log, and what it serves, as files in memory.</summary>
internal sealed class PaperCoop
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<Guid, byte[]> _payloads = [];
    private readonly Ed25519Key _key;
    private readonly Ed25519Key _witnessKey;

    public PaperCoop(string name)
    {
        Name = name;
        _key = Ed25519Key.FromSeed(SHA256.HashData(Encoding.ASCII.GetBytes("log" + name)));
        _witnessKey = Ed25519Key.FromSeed(SHA256.HashData(Encoding.ASCII.GetBytes("witness" + name)));
    }

    public string Name { get; }

    public string Host => $"{Name}.example";

    public Uri Address => new($"https://{Host}/");

    public string Origin => $"{Host}/log";

    public string Did => $"did:webvh:{Name}:{Host}";

    public NoteKey Key => NoteKey.Create(Origin, NoteKey.Ed25519Type, _key.PublicKey.Span);

    public NoteKey WitnessKey => NoteKey.Create($"{Host}/witness", NoteKey.CosignatureType, _witnessKey.PublicKey.Span);

    public List<byte[]> Entries { get; private init; } = [];

    public JsonArray Peers { get; } = [];

    public JsonArray Evidence { get; } = [];

    /// <summary>What is served in place of what would be; null for nothing.</summary>
    public Dictionary<string, byte[]?> Overrides { get; } = [];

    /// <summary>Copies of other logs, by origin.</summary>
    public Dictionary<string, PublishedLog> Mirrors { get; } = [];

    public List<PaperCoop> Witnesses { get; } = [];

    public SignedNote Note => SignedNote.Parse(Publish().Files["checkpoint"]);

    /// <summary>The same key, and the entries so far: another history from here on.</summary>
    public PaperCoop Fork()
    {
        var fork = new PaperCoop(Name) { Entries = [.. Entries] };
        foreach (var (id, payload) in _payloads)
        {
            fork._payloads[id] = payload;
        }

        return fork;
    }

    public PaperCoop Append(string type, JsonObject? payload = null)
    {
        var json = payload ?? new JsonObject { ["n"] = Entries.Count };
        var seq = Entries.Count;
        var salt = SHA256.HashData(BitConverter.GetBytes(seq));
        var id = new Guid(SHA256.HashData(Encoding.ASCII.GetBytes($"{Name} {seq}"))[..16]);
        Entries.Add(new LogEntry(
            Origin,
            seq,
            seq == 0 ? SHA256.HashData([]) : SHA256.HashData([0, .. Entries[^1]]),
            id,
            type,
            "node",
            Start.AddMinutes(seq),
            "test:1",
            PayloadHash.Compute(salt, CanonicalJson.Serialize(json)),
            Visibility.Public).Encode());
        _payloads[id] = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["salt"] = Convert.ToBase64String(salt),
            ["payload"] = json.DeepClone(),
        }.ToJsonString());
        return this;
    }

    public PaperCoop AppendMany(int count, string type = "vote.cast")
    {
        for (var i = 0; i < count; i++)
        {
            Append(type);
        }

        return this;
    }

    public PaperCoop Saw(PaperCoop other, SignedNote? note = null)
    {
        var seen = note ?? other.Note;
        var checkpoint = Checkpoint.Parse(seen.Text);
        return Append("checkpoint.seen", new JsonObject
        {
            ["origin"] = other.Origin,
            ["size"] = checkpoint.Size,
            ["root"] = Convert.ToBase64String(checkpoint.Root.Span),
            ["note"] = seen.ToString(),
        });
    }

    public PaperCoop Claimed(string type, string id, PaperCoop peer, string hash = "hash") => Append(type, new JsonObject
    {
        ["claimId"] = id,
        ["hash"] = hash,
        ["peer"] = peer.Did,
    });

    public JsonObject AddPeer(PaperCoop peer, string state = "active")
    {
        var listing = new JsonObject
        {
            ["id"] = "p-" + string.Join('-', new[] { Name, peer.Name }.Order()),
            ["state"] = state,
            ["since"] = "2026-11-22T18:00:00Z",
            ["termsHash"] = "dGVybXM=",
            ["peer"] = new JsonObject
            {
                ["did"] = peer.Did,
                ["name"] = peer.Name,
                ["address"] = peer.Address.ToString(),
                ["log"] = new JsonObject { ["origin"] = peer.Origin, ["vkey"] = peer.Key.ToString() },
                ["witness"] = new JsonObject { ["vkey"] = peer.WitnessKey.ToString() },
            },
            ["scopes"] = new JsonArray("replicate", "witness", "claims"),
            ["theirScopes"] = new JsonArray("replicate", "witness", "claims"),
        };
        Peers.Add(listing);
        return listing;
    }

    public PublishedLog Publish() => PublishedLog.Publish(Entries, _key, Origin);

    public Dictionary<string, byte[]?> Files()
    {
        var files = new Dictionary<string, byte[]?>();
        var log = Publish();
        AddLog(files, "/log/", log);
        files["/log/checkpoint"] = Cosign(log).Encode();
        files["/log/policy"] = Encoding.UTF8.GetBytes(Policy());
        foreach (var (id, payload) in _payloads)
        {
            files[$"/log/events/{id:D}/payload"] = payload;
        }

        foreach (var (origin, mirror) in Mirrors)
        {
            AddLog(files, $"/federation/mirrors/{LogSubject.IdOf(origin)}/", mirror);
        }

        files["/.well-known/coop-node"] = Json(Description());
        files["/federation/peers"] = Json(new JsonObject { ["peers"] = Peers.DeepClone() });
        files["/federation/evidence"] = Json(new JsonObject { ["evidence"] = Evidence.DeepClone() });
        foreach (var (path, bytes) in Overrides)
        {
            files[path] = bytes;
        }

        return files;
    }

    public PaperCoop WithEvidence(string id, byte[] bytes)
    {
        Evidence.Add(new JsonObject { ["id"] = id });
        Overrides[$"/federation/evidence/{id}"] = bytes;
        return this;
    }

    private JsonObject Description() => new()
    {
        ["name"] = Name,
        ["did"] = Did,
        ["log"] = new JsonObject { ["origin"] = Origin, ["prefix"] = "/log", ["vkey"] = Key.ToString() },
        ["federation"] = new JsonObject
        {
            ["prefix"] = "/federation",
            ["witness"] = new JsonObject { ["prefix"] = "/witness", ["vkey"] = WitnessKey.ToString() },
        },
    };

    private SignedNote Cosign(PublishedLog log)
    {
        var note = SignedNote.Parse(log.Files["checkpoint"]);
        return note with
        {
            Signatures =
            [
                .. note.Signatures,
                .. Witnesses.Select(w => Cosignature.Sign(note.Text, w.WitnessKey.Name, w._witnessKey, Start)),
            ],
        };
    }

    private string Policy() => Peers.Count == 0
        ? $"log {Key}\nquorum none\n"
        : $"log {Key}\n" + string.Concat(Peers.Select((p, i) => $"witness w{i} {p!["peer"]!["witness"]!["vkey"]}\n"))
            + $"group all 1 {string.Join(' ', Peers.Select((_, i) => $"w{i}"))}\nquorum all\n";

    private static void AddLog(Dictionary<string, byte[]?> files, string prefix, PublishedLog log)
    {
        foreach (var (path, bytes) in log.Files)
        {
            files[prefix + path] = bytes;
        }
    }

    private static byte[] Json(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}

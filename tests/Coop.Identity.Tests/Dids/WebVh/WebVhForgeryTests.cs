using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Json;

namespace Coop.Identity.Tests.Dids.WebVh;

/// <summary>Histories that somebody forged: each way has its code.</summary>
public class WebVhForgeryTests
{
    private static SampleLog Sample() => SampleLog.Create(c => c with { IsPortable = true, TtlSeconds = 60 })
        .Append(1, c => c with { UpdateKeys = [SampleLog.Multikey(2)], NextKeyHashes = [SampleLog.Hash(3)] })
        .Append(3, c => c with { UpdateKeys = [SampleLog.Multikey(3)], NextKeyHashes = [SampleLog.Hash(4)] });

    [Fact]
    public void Refuses_EveryFieldOfEveryEntryChanged()
    {
        var log = Sample();
        var count = 0;
        for (var i = 0; i < log.Entries.Count; i++)
        {
            foreach (var path in Paths(log.Entries[i].Json, ""))
            {
                foreach (var change in (Func<JsonNode?, JsonNode?>[])[Changed, _ => null, _ => new JsonArray(), _ => "x"])
                {
                    var forged = log.Entries[i].Json.DeepClone().AsObject();
                    if (!Set(forged, path, change))
                    {
                        continue;
                    }

                    count++;
                    var history = Verify(log, i, forged);
                    Assert.True(history.Fault is not null, $"Entry {i + 1}, {path}: {forged.ToJsonString()}");
                    Assert.Equal(i, history.Entries.Count);
                }
            }
        }

        Assert.True(count > 200, $"Only {count} changes were tried.");
    }

    [Fact]
    public void Refuses_EveryMemberRemoved_OrAdded()
    {
        var log = Sample();
        for (var i = 0; i < log.Entries.Count; i++)
        {
            foreach (var place in (string[])["", "parameters", "state"])
            {
                var added = log.Entries[i].Json.DeepClone().AsObject();
                (place.Length == 0 ? added : added[place]!.AsObject())["added"] = "x";
                Assert.NotNull(Verify(log, i, added).Fault);
                foreach (var (name, _) in place.Length == 0 ? log.Entries[i].Json : log.Entries[i].Json[place]!.AsObject())
                {
                    var removed = log.Entries[i].Json.DeepClone().AsObject();
                    (place.Length == 0 ? removed : removed[place]!.AsObject()).Remove(name);
                    Assert.NotNull(Verify(log, i, removed).Fault);
                }
            }
        }
    }

    [Fact]
    public void Names_ABrokenScid()
    {
        var log = Sample();
        var forged = log.Entries[0].Json.DeepClone().AsObject();
        forged["state"]!["service"] = new JsonArray();
        Assert.Equal(WebVhCodes.Scid, Verify(log, 0, forged).Fault!.Code);
    }

    [Fact]
    public void Names_AChangedPastEntry()
    {
        var log = Sample();
        var forged = log.Entries[1].Json.DeepClone().AsObject();
        forged["state"]!["service"] = new JsonArray();
        var fault = Verify(log, 1, forged).Fault!;
        Assert.Equal(WebVhCodes.EntryHash, fault.Code);
        Assert.Equal(2, fault.VersionNumber);
    }

    [Fact]
    public void Names_APastEntryThatItsOwnKeyRewrote()
    {
        // The thief of key 1 makes another second entry; the third one then no longer follows.
        var log = Sample();
        var other = SampleLog.Create(c => c with { IsPortable = true, TtlSeconds = 60 })
            .Append(1, c => c with { UpdateKeys = [SampleLog.Multikey(9)], NextKeyHashes = [SampleLog.Hash(3)] });
        var fault = Verify(log, 1, other.Entries[1].Json).Fault!;
        Assert.Equal((3, WebVhCodes.EntryHash), (fault.VersionNumber, fault.Code));
    }

    [Fact]
    public void Names_VersionNumbersOutOfOrder()
    {
        var lines = Sample().Text.Split('\n');
        Assert.Equal(WebVhCodes.VersionNumber, Code(lines[0], lines[2], lines[1]));
        Assert.Equal(WebVhCodes.VersionNumber, Code(lines[1], lines[2]));
        Assert.Equal(WebVhCodes.VersionNumber, Code(lines[0], lines[0]));
        Assert.Equal(WebVhCodes.VersionNumber, Code(lines[0].Replace("\"1-Qm", "\"01-Qm")));
        Assert.Equal(WebVhCodes.VersionNumber, Code(lines[0].Replace("\"1-Qm", "\"1Qm")));
    }

    [Fact]
    public void Names_EntriesAfterDeactivation()
    {
        // The same key goes on as if nothing had been said: made by hand, since the writer refuses.
        var log = SampleLog.Create().Append(1, c => c with { Deactivate = true });
        Assert.Equal(WebVhCodes.AfterDeactivation, Code([.. log.Text.TrimEnd('\n').Split('\n'), Forge(log, 1)]));
    }

    [Fact]
    public void Names_AKeyThatMayNotUpdate() => Assert.Equal(
        WebVhCodes.KeyNotAuthorized, Code([.. Lines(SampleLog.Create()), Forge(SampleLog.Create(), 7)]));

    [Fact]
    public void Names_AKeyThatWasNotCommittedTo()
    {
        var log = Sample();
        var line = Forge(log, 7, new JsonObject
        {
            ["updateKeys"] = new JsonArray(SampleLog.Multikey(7)), ["nextKeyHashes"] = new JsonArray(),
        });
        Assert.Equal(WebVhCodes.KeyNotCommitted, Code([.. Lines(log), line]));
        Assert.Equal(WebVhCodes.PreRotation, Code([.. Lines(log), Forge(log, 7)]));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", WebVhCodes.TimeOrder)]
    [InlineData("2025-03-01T12:00:00Z", WebVhCodes.TimeOrder)]
    [InlineData("2026-03-02T12:00:00Z", WebVhCodes.TimeFuture)]
    [InlineData("2026-03-01T12:00:01+01:00", WebVhCodes.Time)]
    [InlineData("2026-03-01 12:00:01Z", WebVhCodes.Time)]
    [InlineData("2026-02-30T12:00:01Z", WebVhCodes.Time)]
    [InlineData("", WebVhCodes.Time)]
    public void Names_TimesOutOfOrder(string time, string code)
    {
        var log = SampleLog.Create();
        Assert.Equal(code, Code([.. Lines(log), Forge(log, 1, time: time)]));
    }

    [Theory]
    [InlineData("""{"scid":"QmX"}""", WebVhCodes.Parameters)]
    [InlineData("""{"portable":true}""", WebVhCodes.Parameters)]
    [InlineData("""{"method":"did:webvh:0.5"}""", WebVhCodes.Method)]
    [InlineData("""{"method":"did:webvh:2.0"}""", WebVhCodes.Method)]
    [InlineData("""{"unknown":1}""", WebVhCodes.Parameters)]
    [InlineData("""{"ttl":-1}""", WebVhCodes.Parameters)]
    [InlineData("""{"ttl":"60"}""", WebVhCodes.Parameters)]
    [InlineData("""{"ttl":4294967296}""", WebVhCodes.Parameters)]
    [InlineData("""{"deactivated":"true"}""", WebVhCodes.Parameters)]
    [InlineData("""{"updateKeys":"z6Mk"}""", WebVhCodes.Parameters)]
    [InlineData("""{"updateKeys":[1]}""", WebVhCodes.Parameters)]
    [InlineData("""{"updateKeys":["a","a"]}""", WebVhCodes.Parameters)]
    [InlineData("""{"witness":{"threshold":0,"witnesses":[]}}""", WebVhCodes.Parameters)]
    [InlineData("""{"witness":{"threshold":1,"witnesses":[{"id":"did:web:coop.example"}]}}""", WebVhCodes.Parameters)]
    [InlineData("""{"witness":{"threshold":2,"witnesses":[{"id":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"}]}}""", WebVhCodes.Parameters)]
    [InlineData("""{"witness":{"threshold":1,"witnesses":[{"id":"did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"}]}}""", WebVhCodes.Parameters)]
    public void Names_UnsuitableParameters(string parameters, string code)
    {
        var log = SampleLog.Create();
        Assert.Equal(code, Code([.. Lines(log), Forge(log, 1, JsonNode.Parse(parameters)!.AsObject())]));
    }

    [Fact]
    public void Accepts_TheOldNullForADefault()
    {
        var log = SampleLog.Create();
        var parameters = JsonNode.Parse("""{"ttl":null,"witness":null,"watchers":null,"nextKeyHashes":null}""")!.AsObject();
        Assert.Null(Code([.. Lines(log), Forge(log, 1, parameters)]));
    }

    [Fact]
    public void Names_AnotherDid()
    {
        var log = SampleLog.Create();
        var elsewhere = DidUrl.Parse(log.Did.Replace("coop.example", "evil.example"));
        Assert.Equal(WebVhCodes.OtherDid, log.Verify().Resolve(elsewhere).Code);
        Assert.Equal(WebVhCodes.OtherDid, log.Verify().Resolve(DidUrl.Parse(SampleLog.Create(c => c with { TtlSeconds = 1 }).Did)).Code);
        var state = SampleLog.Document(log.Did.Replace(log.Did.Split(':')[2], SampleLog.Hash(1)));
        Assert.Equal(WebVhCodes.Id, Code([.. Lines(log), Forge(log, 1, state: state)]));
    }

    [Fact]
    public void Names_MissingAndMalformedProofs()
    {
        var json = SampleLog.Create().Entries[0].Json;
        Assert.Equal(WebVhCodes.ProofMissing, With(j => j.Remove("proof")));
        Assert.Equal(WebVhCodes.ProofMissing, With(j => j["proof"] = new JsonArray()));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"] = "x"));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]![0]!["proofPurpose"] = "authentication"));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]![0]!["cryptosuite"] = "eddsa-rdfc-2022"));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]![0]!["proofValue"] = "z1"));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]![0]!["created"] = "2026-01-01T00:00:00Z"));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]![0]!["verificationMethod"] = "did:key:" + SampleLog.Multikey(1)));
        Assert.Equal(WebVhCodes.Proof, With(j => j["proof"]!.AsArray().Add("x")));

        // One proof alone instead of a list is allowed by the schema.
        Assert.Null(With(j => j["proof"] = j["proof"]![0]!.DeepClone()));

        string? With(Action<JsonObject> change)
        {
            var copy = json.DeepClone().AsObject();
            change(copy);
            return Code(copy.ToJsonString());
        }
    }

    [Fact]
    public void Names_WhatIsNoHistory()
    {
        Assert.Equal(WebVhCodes.Empty, WebVhVerifier.Verify([], [], SampleLog.Start).Fault!.Code);
        Assert.Equal(WebVhCodes.Entry, Code("{}"));
        Assert.Equal(WebVhCodes.Entry, Code("[]"));
        Assert.Equal(WebVhCodes.Entry, Code("not json"));
        Assert.Equal(WebVhCodes.Entry, Code([.. Lines(SampleLog.Create()), "", "{}"]));
        Assert.Equal(WebVhCodes.Entry, Code("""{"versionId":"1-a","versionId":"1-a"}"""));
        Assert.Equal(WebVhCodes.Entry, Code(new string('[', 100_000)));
    }

    [Fact]
    public void Bounds_TheHistory()
    {
        Assert.Equal(WebVhCodes.TooLarge, Code("{\"a\":\"" + new string('a', WebVhLimits.MaxLineSizeBytes) + "\"}"));
        var large = WebVhVerifier.Verify(new byte[WebVhLimits.MaxLogSizeBytes + 1], [], SampleLog.Start);
        Assert.Equal(WebVhCodes.TooLarge, large.Fault!.Code);
        Assert.Equal(DidError.TooLarge, large.Resolve(DidUrl.Parse(SampleLog.Create().Did)).Error);
    }

    [Fact]
    public void Bounds_TheNumberOfEntries()
    {
        var log = new StringBuilder(SampleLog.Create().Text);
        var last = SampleLog.Create().Entries[0];
        var state = new JsonObject { ["id"] = last.Did };
        for (var i = 1; i <= WebVhLimits.MaxEntries; i++)
        {
            var line = Forge(last, 1, [], SampleLog.Start.AddSeconds(i).ToString("yyyy-MM-ddTHH:mm:ssZ"), state);
            log.Append(line).Append('\n');
            last = WebVhEntry.Parse(Encoding.UTF8.GetBytes(line));
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var history = WebVhVerifier.Verify(Encoding.UTF8.GetBytes(log.ToString()), [], SampleLog.Start.AddDays(1));
        Assert.Equal((WebVhLimits.MaxEntries, WebVhCodes.TooLarge), (history.Entries.Count, history.Fault!.Code));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"The longest history took {watch.Elapsed}.");
    }

    [Fact]
    public void Answers_AVersionThatHolds_WhenLaterOnesDoNot()
    {
        var log = Sample();
        var forged = log.Entries[2].Json.DeepClone().AsObject();
        forged["state"]!["service"] = new JsonArray();
        var history = Verify(log, 2, forged);
        Assert.Equal(WebVhCodes.EntryHash, history.Resolve(DidUrl.Parse(log.Did)).Code);
        Assert.True(history.Resolve(DidUrl.Parse(log.Did + "?versionNumber=2")).IsResolved);
        Assert.True(history.Resolve(DidUrl.Parse(log.Did + "?versionTime=2026-03-01T12:00:30Z")).IsResolved);
        Assert.Equal(WebVhCodes.EntryHash, history.Resolve(DidUrl.Parse(log.Did + "?versionNumber=3")).Code);
        Assert.Equal(WebVhCodes.EntryHash, history.Resolve(DidUrl.Parse(log.Did + "?versionTime=2026-03-01T12:01:30Z")).Code);
    }

    // An entry whose hash and proof are right, made without the writer's own checks.
    internal static string Forge(
        SampleLog log, byte key, JsonObject? parameters = null, string? time = null, JsonObject? state = null) =>
        Forge(log.Entries[^1], key, parameters, time, state);

    private static string Forge(WebVhEntry last, byte key, JsonObject? parameters, string? time, JsonObject? state)
    {
        var entry = new JsonObject
        {
            ["versionId"] = last.VersionId,
            ["versionTime"] = time ?? "2026-03-01T12:30:00Z",
            ["parameters"] = parameters ?? [],
            ["state"] = (state ?? last.State).DeepClone(),
        };
        entry["versionId"] = $"{last.VersionNumber + 1}-{WebVhHash.Of(CanonicalJson.Serialize(entry))}";
        entry["proof"] = new JsonArray(WebVhProof.Create(entry, SampleLog.Key(key), "2026-03-01T12:30:00Z"));
        return entry.ToJsonString();
    }

    private static string[] Lines(SampleLog log) => log.Text.TrimEnd('\n').Split('\n');

    private static string? Code(params string[] lines) => WebVhVerifier.Verify(
        Encoding.UTF8.GetBytes(string.Join('\n', lines)), [], SampleLog.Start.AddHours(1)).Fault?.Code;

    private static WebVhHistory Verify(SampleLog log, int index, JsonObject forged)
    {
        var lines = Lines(log);
        lines[index] = forged.ToJsonString();
        return WebVhVerifier.Verify(Encoding.UTF8.GetBytes(string.Join('\n', lines)), [], log.Time);
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(m => Paths(m.Value, $"{path}/{m.Key}").Prepend($"{path}/{m.Key}")),
        JsonArray a => a.SelectMany((n, i) => Paths(n, $"{path}/{i}").Prepend($"{path}/{i}")),
        _ => [],
    };

    private static JsonNode? Changed(JsonNode? node) => node switch
    {
        JsonValue v when v.TryGetValue<string>(out var text) => text.Length == 0 ? "x" : text[..^1] + (text[^1] == 'A' ? 'B' : 'A'),
        JsonValue v when v.TryGetValue<bool>(out var flag) => !flag,
        JsonValue v when v.TryGetValue<long>(out var number) => number + 1,
        JsonObject o => new JsonObject(o.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())).Append(new("added", 1))),
        JsonArray a => new JsonArray([.. a.Select(n => n?.DeepClone()), "added"]),
        _ => 7,
    };

    // False where the change changes nothing.
    private static bool Set(JsonObject root, string path, Func<JsonNode?, JsonNode?> change)
    {
        var names = path.Split('/')[1..];
        JsonNode parent = root;
        foreach (var name in names[..^1])
        {
            parent = parent is JsonArray array ? array[int.Parse(name)]! : parent[name]!;
        }

        var old = parent is JsonArray list ? list[int.Parse(names[^1])] : parent[names[^1]];
        var changed = change(old);
        if (JsonNode.DeepEquals(old, changed))
        {
            return false;
        }

        if (parent is JsonArray items)
        {
            items[int.Parse(names[^1])] = changed;
        }
        else
        {
            parent[names[^1]] = changed;
        }

        return true;
    }
}

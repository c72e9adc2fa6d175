using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Tests.Dids.WebVh;

namespace Coop.Identity.Tests.Judges;

/// <summary>didwebvh-ts, an implementation of did:webvh by others: both ways, and tampered.</summary>
public sealed class DidWebVhJudgeTests(Judge judge)
{
    private static readonly WebVhWitnessRule TwoOfThree = new(2,
        [.. new byte[] { 11, 12, 13 }.Select(n => DidKey.Create(SampleLog.Key(n).Public))]);

    private static Dictionary<string, Func<SampleLog>> Ours => new()
    {
        ["one entry"] = () => SampleLog.Create(),
        ["rotation"] = () => SampleLog.Create().Append(1, c => c with { UpdateKeys = [SampleLog.Multikey(2)] }).Append(2),
        ["pre-rotation"] = () => SampleLog.Create(c => c with { NextKeyHashes = [SampleLog.Hash(2)], TtlSeconds = 60 })
            .Append(2, c => c with { UpdateKeys = [SampleLog.Multikey(2)], NextKeyHashes = [SampleLog.Hash(3)] })
            .Append(3, c => c with { UpdateKeys = [SampleLog.Multikey(3)], NextKeyHashes = [] })
            .Append(3),
        ["witnesses"] = () => SampleLog.Create(c => c with { Witness = TwoOfThree })
            .Append(1).Approve(11, 12).Append(1).Approve(12, 13),
        ["portability"] = () =>
        {
            var log = SampleLog.Create(c => c with { IsPortable = true }, "coop.example%3A8443:node");
            var state = SampleLog.Document(log.Did.Replace("coop.example%3A8443:node", "other.example"));
            state["alsoKnownAs"] = new JsonArray(log.Did);
            return log.Append(1, c => c with { State = state });
        },
        ["milliseconds"] = () => SampleLog.Create().Append(1, c => c with { Time = SampleLog.Start.AddMilliseconds(5) }),
    };

    public static TheoryData<string> OursNames => [.. Ours.Keys];

    // What the judge makes, as steps of its script; keys are 32 equal bytes.
    private static Dictionary<string, string> Theirs => new()
    {
        ["one entry"] = """[{"key":1,"updateKeys":[1],"method":9}]""",
        ["rotation"] = """[{"key":1,"updateKeys":[1],"method":9},{"key":1,"updateKeys":[2]},{"key":2}]""",
        ["pre-rotation"] = """
            [{"key":1,"updateKeys":[1],"next":[2],"method":9},{"key":2,"updateKeys":[2],"next":[3]},
             {"key":3,"updateKeys":[3],"next":[]},{"key":3,"updateKeys":[4]}]
            """,
        ["witnesses"] = """
            [{"key":1,"updateKeys":[1],"method":9,"witness":[11,12,13],"threshold":2,"approvedBy":[11,12]},
             {"key":1,"witness":[11,12,13],"threshold":2,"approvedBy":[12,13]}]
            """,
        ["portability"] = """[{"key":1,"updateKeys":[1],"portable":true,"method":9},{"key":1,"domain":"other.example"}]""",
    };

    public static TheoryData<string> TheirsNames => [.. Theirs.Keys];

    [Theory]
    [MemberData(nameof(OursNames))]
    public async Task Resolves_WhatWeMake_AndRefusesItTampered(string name)
    {
        var log = Ours[name]();
        var answer = await judge.AskAsync("didwebvh", "resolve", Given(log.Text, log.Witnesses, log.Did));
        Assert.Equal(log.Entries[^1].VersionId, answer!["versionId"]!.GetValue<string>());

        // The judge adds the services that the method implies.
        Assert.All(log.Entries[^1].State, member => Assert.True(
            JsonNode.DeepEquals(member.Value, answer["doc"]![member.Key]), answer["doc"]!.ToJsonString()));
        Assert.True(log.Resolve().IsResolved);
        for (var i = 0; i < log.Entries.Count; i++)
        {
            var tampered = Tamper(log.Text, i);
            await judge.RefusesAsync("didwebvh", "resolve", Given(tampered, log.Witnesses, log.Did));
            Assert.NotNull(WebVhVerifier.Verify(Encoding.UTF8.GetBytes(tampered), log.Witnesses, log.Time).Fault);
        }
    }

    [Fact]
    public async Task Agrees_OnMissingWitnesses_AndOnVersions()
    {
        var log = Ours["witnesses"]();
        var none = "[]"u8.ToArray();
        await judge.RefusesAsync("didwebvh", "resolve", Given(log.Text, none, log.Did));
        Assert.Equal(WebVhCodes.WitnessMissing, WebVhVerifier.Verify(log.Bytes, none, log.Time).Fault!.Code);

        log = Ours["rotation"]();
        var given = Given(log.Text, none, log.Did);
        given["versionTime"] = "2026-03-01T12:01:30Z";
        var answer = await judge.AskAsync("didwebvh", "resolve", given);
        Assert.Equal(answer!["versionId"]!.GetValue<string>(), log.Resolve("?versionTime=2026-03-01T12:01:30Z").Metadata.VersionId);
    }

    [Fact]
    public async Task Sees_OurDeactivation()
    {
        var log = SampleLog.Create().Append(1, c => c with { Deactivate = true, UpdateKeys = [] });
        var answer = await judge.AskAsync("didwebvh", "resolve", Given(log.Text, log.Witnesses, log.Did));
        Assert.True(answer!["deactivated"]!.GetValue<bool>());
        Assert.Null(answer["doc"]);
    }

    [Theory]
    [MemberData(nameof(TheirsNames))]
    public async Task Makes_WhatWeResolve_AndRefuseTampered(string name)
    {
        var made = await ProduceAsync(Theirs[name]);
        var (log, witnesses, did) = Parts(made);
        var now = SampleLog.Start.AddDays(1);
        var resolution = WebVhVerifier.Verify(Encoding.UTF8.GetBytes(log), witnesses, now).Resolve(DidUrl.Parse(did));
        Assert.True(resolution.IsResolved, $"{resolution.Code}: {resolution.Detail}");
        Assert.Single(resolution.Document.For(VerificationPurpose.AssertionMethod));
        for (var i = 0; i < log.TrimEnd().Split('\n').Length; i++)
        {
            Assert.NotNull(WebVhVerifier.Verify(Encoding.UTF8.GetBytes(Tamper(log, i)), witnesses, now).Fault);
        }
    }

    [Fact]
    public async Task Makes_ADeactivationThatWeSee_AndWitnessesThatWeMiss()
    {
        var (log, witnesses, did) = Parts(await ProduceAsync("""[{"key":1,"updateKeys":[1],"method":9},{"key":1,"deactivate":true}]"""));
        var history = WebVhVerifier.Verify(Encoding.UTF8.GetBytes(log), witnesses, DateTimeOffset.MaxValue.AddDays(-1));
        Assert.Equal(DidError.Deactivated, history.Resolve(DidUrl.Parse(did)).Error);

        (log, _, did) = Parts(await ProduceAsync(Theirs["witnesses"]));
        history = WebVhVerifier.Verify(Encoding.UTF8.GetBytes(log), [], SampleLog.Start.AddDays(1));
        Assert.Equal(WebVhCodes.WitnessMissing, history.Resolve(DidUrl.Parse(did)).Code);
    }

    private async Task<JsonObject> ProduceAsync(string steps) => (await judge.AskAsync("didwebvh", "produce", new JsonObject
    {
        ["domain"] = "coop.example", ["steps"] = JsonNode.Parse(steps),
    }))!.AsObject();

    private static (string Log, byte[] Witnesses, string Did) Parts(JsonObject made) => (
        made["log"]!.GetValue<string>(),
        Encoding.UTF8.GetBytes(made["witnesses"]!.ToJsonString()),
        made["did"]!.GetValue<string>());

    private static JsonObject Given(string log, byte[] witnesses, string did) => new()
    {
        ["log"] = log, ["witnesses"] = JsonNode.Parse(witnesses), ["did"] = did,
    };

    // Another document in one entry; the rest as it was.
    private static string Tamper(string log, int index)
    {
        var lines = log.TrimEnd().Split('\n');
        var entry = JsonNode.Parse(lines[index])!;
        entry["state"]!["service"] = new JsonArray(new JsonObject { ["id"] = "#x", ["type"] = "X", ["serviceEndpoint"] = "https://evil.example" });
        lines[index] = entry.ToJsonString();
        return string.Join('\n', lines) + "\n";
    }
}

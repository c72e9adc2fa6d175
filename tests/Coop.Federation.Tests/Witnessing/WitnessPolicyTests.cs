using System.Text;
using System.Text.Json;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Vectors;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Witnessing;

public sealed class WitnessPolicyTests : IDisposable
{
    private static readonly JsonElement Vectors = VectorFile.Read("policy.json");

    private readonly Ed25519Key _key = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Reads_TheValid_AndSaysWhichSetsOfWitnessesAreAQuorum()
    {
        foreach (var vector in Vectors.List("valid"))
        {
            var policy = WitnessPolicy.Parse(vector.Text("policy"));
            foreach (var note in vector.List("notes"))
            {
                var signed = SignedNote.Parse(Encoding.UTF8.GetBytes(note.Text("note")));
                Assert.True(note.GetProperty("met").GetBoolean() == policy.IsMet(signed), vector.Text("name"));
                var cosigners = note.GetProperty("cosigners").EnumerateArray().Select(c => c.GetString()).ToList();
                Assert.Equal(cosigners, policy.CosignersOf(signed).Select(c => c.Witness.Name));
                Assert.Equal(cosigners.Count, policy.CountOf(signed));
            }

            var again = WitnessPolicy.Parse(policy.ToString());
            Assert.Equal(policy.ToString(), again.ToString());
            Assert.Equal(vector.Number("leastCosignatures"), policy.LeastCosignatures);
        }
    }

    [Fact]
    public void Refuses_TheInvalid_AndNamesTheLine()
    {
        foreach (var vector in Vectors.List("invalid"))
        {
            var thrown = Assert.Throws<PolicyException>(() => WitnessPolicy.Parse(vector.Text("policy")));
            Assert.True(vector.Text("code") == thrown.Code, $"{vector.Text("name")}: {thrown.Code}");
            Assert.Equal(vector.Number("line"), thrown.Line);
        }
    }

    [Fact]
    public void TreatsNamesAsOctets()
    {
        byte[] kelvin = [0xE2, 0x84, 0xAA];
        var vkey = Encoding.ASCII.GetBytes(Witness(1).Key.ToString());
        byte[] text =
        [
            .. "witness K "u8, .. vkey, .. "\ngroup "u8, .. kelvin, .. " any K\ngroup "u8, 0xFF, .. " any "u8, .. kelvin,
            .. "\nquorum "u8, 0xFF, .. "\n"u8,
        ];
        Assert.Equal(1, WitnessPolicy.Parse(text).LeastCosignatures);
        text[^2] = 0xFE;
        Assert.Equal("unknown-name", Assert.Throws<PolicyException>(() => WitnessPolicy.Parse(text)).Code);
    }

    [Fact]
    public void Refuses_MoreThanItCounts()
    {
        var many = string.Concat(Enumerable.Range(0, 65).Select(i => $"witness w{i} {Witness(i).Key}\n")) + "quorum none\n";
        Assert.Equal("too-many", Assert.Throws<PolicyException>(() => WitnessPolicy.Parse(many)).Code);
        var huge = new string('#', WitnessPolicy.MaxSizeBytes) + "\n";
        Assert.Equal("too-large", Assert.Throws<PolicyException>(() => WitnessPolicy.Parse(huge)).Code);
    }

    [Fact]
    public void AThresholdOfWitnesses_IsWrittenAndRead()
    {
        var log = new PolicyLog(NoteKey.Create("coop.example/log", NoteKey.Ed25519Type, _key.PublicKey.Span), "https://coop.example/log");
        var policy = WitnessPolicy.Threshold(log, [Witness(1), Witness(2), Witness(3)], 2);
        Assert.Equal((2, 3), (policy.LeastCosignatures, policy.Witnesses.Count));
        Assert.Equal("https://w1.example/witness", policy.Witnesses[0].Url);
        Assert.Equal("none", WitnessPolicy.Threshold(log, [], 0).Quorum);
        Assert.Throws<PolicyException>(() => WitnessPolicy.Threshold(log, [Witness(1), Witness(1)], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WitnessPolicy.Threshold(log, [Witness(1)], 2));
    }

    private static PolicyWitness Witness(int number)
    {
        using var key = KeyOf(number);
        var vkey = NoteKey.Create($"w{number}.example/witness", NoteKey.CosignatureType, key.PublicKey.Span);
        return new PolicyWitness(vkey.Name, vkey, $"https://w{number}.example/witness");
    }

    private static Ed25519Key KeyOf(int number) => Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)(100 + number), 32)]);
}

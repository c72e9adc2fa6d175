using System.Text;
using System.Text.Json;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Vectors;

public class NoteVectorTests
{
    private static readonly JsonElement Vectors = VectorFile.Read("notes.json");

    private static readonly NoteKey Key = NoteKey.Parse(Vectors.Text("vkey"));

    [Fact]
    public void Signs_TheSameCheckpoint()
    {
        using var key = Ed25519Key.FromSeed(Vectors.Bytes("seed"));
        var checkpoint = Checkpoint.Verify(Utf8(Vectors, "checkpoint"), Key);
        Assert.Equal(3, checkpoint.Size);
        Assert.Equal(Vectors.Text("checkpoint"), checkpoint.Sign(key).ToString());
    }

    [Fact]
    public void Refuses_InvalidCheckpoints_AndKeys()
    {
        Assert.All(Vectors.List("checkpointsInvalid"), v => AssertRefused(() => Checkpoint.Verify(Utf8(v, "checkpoint"), Key), v.Text("name")));
        Assert.All(Vectors.List("vkeysInvalid"), v => AssertRefused(() => NoteKey.Parse(v.GetString()!), v.GetString()!));
    }

    [Fact]
    public void Cosigns_TheSame_AndRefusesTheInvalid()
    {
        var vector = Vectors.GetProperty("cosigned");
        var witness = NoteKey.Parse(vector.Text("witnessVkey"));
        var note = SignedNote.Parse(Utf8(vector, "checkpoint"));
        Assert.Equal(vector.Number("time"), Cosignature.Time(note, witness));
        Assert.All(Vectors.List("cosignedInvalid"), v => Assert.Null(Cosignature.Time(SignedNote.Parse(Utf8(v, "checkpoint")), witness)));

        using var key = Ed25519Key.FromSeed(Vectors.Bytes("seed"));
        var own = Cosignature.Sign(note.Text, witness.Name, key, DateTimeOffset.FromUnixTimeSeconds(vector.Number("time")));
        Assert.Equal(note.ToString(), (note with { Signatures = [note.Signatures[0], own] }).ToString());
    }

    [Fact]
    public void Verifies_Receipts_AndRefusesTheInvalid()
    {
        foreach (var vector in Vectors.List("proofs"))
        {
            var proof = TlogProof.Parse(Utf8(vector, "proof"));
            proof.Verify(TreeHash.Leaf(Utf8(vector, "entry")), Key);
            Assert.Equal(vector.Number("index"), proof.Index);
            Assert.Equal(vector.Text("proof"), proof.ToString());
        }

        Assert.All(Vectors.List("proofsInvalid"), v => AssertRefused(
            () => TlogProof.Parse(Utf8(v, "proof")).Verify(TreeHash.Leaf(Utf8(v, "entry")), Key), v.Text("name")));
    }

    private static void AssertRefused(Action read, string name) =>
        Assert.True(Record.Exception(read) is NoteException, $"{name} was not refused, or by another exception.");

    private static byte[] Utf8(JsonElement vector, string name) => Encoding.UTF8.GetBytes(vector.Text(name));
}

using System.Text;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Log.Merkle;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Log.Notes;

public sealed class NoteTests : IDisposable
{
    // The example of the Go package golang.org/x/mod/sumdb/note.
    private const string NeumannKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string NeumannNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private readonly Ed25519Key _key = Ed25519Key.FromSeed(new byte[32]);

    private NoteKey LogKey => NoteKey.Create("coop.example/log", NoteKey.Ed25519Type, _key.PublicKey.Span);

    [Fact]
    public void Verifies_TheNoteOfTheGoPackage()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(NeumannNote));
        Assert.True(note.IsSignedBy(NoteKey.Parse(NeumannKey)));
        Assert.Equal(NeumannNote, note.ToString());
        Assert.Equal(NeumannKey, NoteKey.Parse(NeumannKey).ToString());
    }

    [Fact]
    public void Refuses_ACheckpoint_WhenAnyByteIsChanged()
    {
        var bytes = new Checkpoint("coop.example/log", 3, NaiveTree.Root(0, 3)).Sign(_key).Encode();
        Assert.Equal(3, Checkpoint.Verify(bytes, LogKey).Size);
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= (byte)(1 << bit);
                Assert.Throws<NoteException>(() => Checkpoint.Verify(changed, LogKey));
            }
        }
    }

    [Theory]
    [InlineData("o\n1\n\n")]
    [InlineData("o\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("o\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("o\n9223372036854775808\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n")]
    [InlineData("o\n1\nAAAA\n")]
    [InlineData("o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    public void Refuses_TextThatIsNoCheckpoint(string text) => Assert.Throws<NoteException>(() => Checkpoint.Parse(text));

    [Fact]
    public void Reads_TheLargestSize_AndExtensionLines() =>
        Assert.Equal(
            long.MaxValue,
            Checkpoint.Parse($"o\n{long.MaxValue}\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n").Size);

    [Fact]
    public void Refuses_ACheckpointOfAnotherOrigin()
    {
        var note = new Checkpoint("other.example/log", 0, TreeHash.EmptyRoot.ToArray()).Sign(_key);
        Assert.Throws<NoteException>(() => Checkpoint.Verify(note.Encode(), LogKey));
    }

    [Fact]
    public void Refuses_ANoteWithTooManySignatures()
    {
        var note = new Checkpoint("coop.example/log", 0, TreeHash.EmptyRoot.ToArray()).Sign(_key);
        var many = note with { Signatures = [.. Enumerable.Repeat(note.Signatures[0], SignedNote.MaxSignatures + 1)] };
        Assert.Throws<NoteException>(() => SignedNote.Parse(many.Encode()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a+b+c")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Refuses_DamagedVerifierKeys(string vkey) => Assert.Throws<NoteException>(() => NoteKey.Parse(vkey));

    [Fact]
    public void Proof_StandsOnItsOwn_AndRefusesEveryOtherLeaf()
    {
        var note = new Checkpoint("coop.example/log", 100, NaiveTree.Root(0, 100)).Sign(_key);
        var proof = new TlogProof(42, Proofs.Inclusion(42, 100, NaiveTree.Subtree), note);
        var parsed = TlogProof.Parse(proof.Encode());
        Assert.Equal(proof.ToString(), parsed.ToString());
        Assert.Equal(100, parsed.Verify(NaiveTree.Leaf(42), LogKey).Size);
        Assert.Throws<NoteException>(() => parsed.Verify(NaiveTree.Leaf(41), LogKey));
    }

    [Fact]
    public void Proof_CarriesExtraData_AndProofsOfOneEntryHaveNoHashes()
    {
        var note = new Checkpoint("coop.example/log", 1, NaiveTree.Root(0, 1)).Sign(_key);
        var parsed = TlogProof.Parse(new TlogProof(0, [], note, new byte[] { 1, 2 }).Encode());
        Assert.Equal([1, 2], parsed.Extra!.Value.ToArray());
        Assert.Equal(1, parsed.Verify(NaiveTree.Leaf(0), LogKey).Size);
    }

    public void Dispose() => _key.Dispose();
}

using System.Text;
using Coop.Federation.Log.Notes;
using Coop.Federation.Tests.Log.Merkle;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Log.Notes;

public sealed class CosignatureTests : IDisposable
{
    // A public log's checkpoint with its witnesses' cosignatures, and two of the keys.
    private const string PublicCheckpoint = """
        arche2025h1.staging.ct.transparency.dev
        1432088532
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

        — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==

        """;

    private const string PublicLogKey = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
    private const string PublicWitnessKey = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Ed25519Key _key = Ed25519Key.FromSeed(new byte[32]);

    private readonly SignedNote _checkpoint;

    public CosignatureTests() => _checkpoint = new Checkpoint("coop.example/log", 3, NaiveTree.Root(0, 3)).Sign(_key);

    private NoteKey Witness => NoteKey.Create("witness.example/w1", NoteKey.CosignatureType, _key.PublicKey.Span);

    [Fact]
    public void Verifies_ACheckpointOfAPublicLog_AndItsWitness()
    {
        var bytes = Encoding.UTF8.GetBytes(PublicCheckpoint);
        Assert.Equal(1432088532, Checkpoint.Verify(bytes, NoteKey.Parse(PublicLogKey)).Size);
        Assert.Equal(1779573024, Cosignature.Time(SignedNote.Parse(bytes), NoteKey.Parse(PublicWitnessKey)));
        Assert.Equal(PublicCheckpoint, SignedNote.Parse(bytes).ToString());
    }

    [Fact]
    public void Signs_WhatVerifies()
    {
        var note = With(Cosignature.Sign(_checkpoint.Text, Witness.Name, _key, Noon));
        Assert.Equal(Noon.ToUnixTimeSeconds(), Cosignature.Time(SignedNote.Parse(note.Encode()), Witness));
        Assert.True(note.IsSignedBy(NoteKey.Create("coop.example/log", NoteKey.Ed25519Type, _key.PublicKey.Span)));
    }

    [Fact]
    public void Answers_TheLatest_OfSeveral()
    {
        var earlier = Cosignature.Sign(_checkpoint.Text, Witness.Name, _key, Noon.AddHours(-1));
        var later = Cosignature.Sign(_checkpoint.Text, Witness.Name, _key, Noon);
        Assert.Equal(Noon.ToUnixTimeSeconds(), Cosignature.Time(With(later, earlier), Witness));
    }

    [Fact]
    public void Refuses_ASignature_WhenAnyBitIsChanged()
    {
        var signature = Cosignature.Sign(_checkpoint.Text, Witness.Name, _key, Noon);
        for (var bit = 0; bit < signature.Bytes.Length * 8; bit++)
        {
            var changed = signature.Bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Cosignature.Time(With(signature with { Bytes = changed }), Witness));
        }
    }

    [Fact]
    public void Refuses_OtherTexts_OtherKeys_AndOtherLengths()
    {
        var signature = Cosignature.Sign(_checkpoint.Text, Witness.Name, _key, Noon);
        var other = new Checkpoint("coop.example/log", 4, NaiveTree.Root(0, 4)).Sign(_key);
        Assert.Null(Cosignature.Time(other with { Signatures = [signature] }, Witness));
        Assert.Null(Cosignature.Time(_checkpoint, Witness));
        Assert.Null(Cosignature.Time(With(signature with { Bytes = signature.Bytes[..^1] }), Witness));
        Assert.Null(Cosignature.Time(With(signature, signature with { Bytes = new byte[72] }), Witness));
        Assert.Null(Cosignature.Time(
            With(signature), NoteKey.Create(Witness.Name, NoteKey.Ed25519Type, _key.PublicKey.Span)));
    }

    public void Dispose() => _key.Dispose();

    private SignedNote With(params NoteSignature[] signatures) =>
        _checkpoint with { Signatures = [.. _checkpoint.Signatures, .. signatures] };
}

using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Simulation;

/// <summary>One co-op's machine: its keys, its disk, and the program that runs there at the moment, if any.</summary>
internal sealed class SimNode
{
    public SimNode(string name, Chance chance)
    {
        Name = name;
        Origin = $"{name}.example/log";
        SigningKey = Ed25519Key.FromSeed(chance.Bytes(Ed25519Key.SeedSizeBytes));
        CosigningKey = Ed25519Key.FromSeed(chance.Bytes(Ed25519Key.SeedSizeBytes));
        LogKey = NoteKey.Create(Origin, NoteKey.Ed25519Type, SigningKey.PublicKey.Span);
        WitnessKey = NoteKey.Create($"{name}.example/witness", NoteKey.CosignatureType, CosigningKey.PublicKey.Span);
    }

    public string Name { get; }

    public string Origin { get; }

    public Ed25519Key SigningKey { get; }

    public Ed25519Key CosigningKey { get; }

    public NoteKey LogKey { get; }

    public NoteKey WitnessKey { get; }

    public SimDisk Disk { get; set; } = new();

    public SimGuard Guard { get; set; } = new() { IsTrusted = true };

    public SimProgram? Program { get; set; }

    public bool IsLiar { get; init; }

    /// <summary>The history that a liar shows to these nodes.</summary>
    public SimDisk? SecondFace { get; set; }

    public HashSet<SimNode> ShownTheSecondFace { get; } = [];

    public List<(SimDisk Disk, SimGuard Guard)> Backups { get; } = [];

    /// <summary>What the node had when it was put back to a backup, until it is known that nothing is lost by that.</summary>
    public (SimDisk Disk, SimGuard? Guard)? Newest { get; set; }

    /// <summary>Whether its database was put back to a backup, ever.</summary>
    public bool WasRestored { get; set; }

    /// <summary>Whether its files were put back as well.</summary>
    public bool WereFilesRestored { get; set; }

    public bool CanDie => !IsLiar;

    public SimDisk FaceFor(SimNode other) => SecondFace is { } face && ShownTheSecondFace.Contains(other) ? face : Disk;

    public override string ToString() => Name;
}

/// <summary>What lies in files beside the database: the guards of the log and of the witness.</summary>
internal sealed record SimGuard
{
    /// <summary>The largest checkpoint of each log that the witness cosigned.</summary>
    public Dictionary<string, SignedNote> Cosigned { get; private init; } = [];

    public LogState? Last { get; set; }

    /// <summary>Whether this very file has been there all the time.</summary>
    public bool IsTrusted { get; set; }

    public SimGuard Copy() => this with { Cosigned = new(Cosigned) };
}

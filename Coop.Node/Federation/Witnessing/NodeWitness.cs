using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Identity.Keys;
using Coop.Node.Hosting;
using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>
/// This node as a witness: <c>HOST[:PORT]/witness</c>, where the host is that of its log's origin, with a key
/// of its own. Usable as soon as the log is open. Thread-safe.
/// </summary>
public sealed class NodeWitness(
    NodeOptions options, NodeLog log, IWitnessStore store, TimeProvider time) : IDisposable
{
    private readonly Lock _opening = new();
    private Ed25519Key? _key;
    private Witness? _witness;

    /// <summary>What its cosignatures are verified with.</summary>
    public NoteKey Vkey => Witness.Vkey;

    public Witness Witness
    {
        get
        {
            lock (_opening)
            {
                return _witness ??= Open();
            }
        }
    }

    /// <summary>The name of a node's witness, by the origin of its log, which never changes.</summary>
    public static string NameFor(string logOrigin)
    {
        ArgumentNullException.ThrowIfNull(logOrigin);
        return logOrigin[..^LogPaths.Prefix.Length] + WitnessEndpoints.Prefix;
    }

    public void Dispose() => _key?.Dispose();

    private Witness Open()
    {
        _key ??= KeyFiles.Witness(options.KeyFolder);
        return new Witness(NameFor(log.Origin), _key, store, time);
    }
}

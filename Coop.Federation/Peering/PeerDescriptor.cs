using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Peering;

/// <summary>Who one side of a peering is; both sides sign it, and so pin its keys.</summary>
/// <param name="Did">The did:webvh of its node.</param>
/// <param name="Name">What people call it; 1 to 100 characters of one line.</param>
/// <param name="Address">Where its node is; https (http only where an operator allows it), no path.</param>
/// <param name="LogOrigin">The name of its log.</param>
/// <param name="LogKey">Verifies its checkpoints; named as the log.</param>
/// <param name="WitnessKey">Verifies its cosignatures.</param>
public sealed record PeerDescriptor(
    string Did, string Name, Uri Address, string LogOrigin, NoteKey LogKey, NoteKey WitnessKey)
{
    /// <summary>The address as documents write it, without a slash at the end.</summary>
    public string AddressText => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>As the terms hold it.</summary>
    public JsonObject ToJson() => new()
    {
        ["did"] = Did,
        ["name"] = Name,
        ["address"] = AddressText,
        ["log"] = new JsonObject { ["origin"] = LogOrigin, ["vkey"] = LogKey.ToString() },
        ["witness"] = new JsonObject { ["vkey"] = WitnessKey.ToString() },
    };

    /// <exception cref="PeeringException">It is not a descriptor in its one spelling.</exception>
    public static PeerDescriptor Parse(JsonObject json) => DescriptorReader.Read(json);
}

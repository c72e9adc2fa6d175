using Coop.Federation.Peering;
using Coop.Federation.Replication;

namespace Coop.Node.Federation;

/// <summary>The words of a peering in the database, in events and between nodes: lower case, as in C#.</summary>
internal static class PeeringNames
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Enum.GetName(value)!.ToLowerInvariant();

    public static PeeringHold Hold(string name) => Parse<PeeringHold>(name);

    public static PeeringSide Side(string name) => Parse<PeeringSide>(name);

    public static PeeringStep Step(string name) => Parse<PeeringStep>(name);

    public static HistoryChoice Choice(string name) => Parse<HistoryChoice>(name);

    /// <exception cref="PeeringException">There is no such word.</exception>
    private static T Parse<T>(string name)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == name)
            {
                return value;
            }
        }

        throw new PeeringException(PeeringCodes.Malformed, "A word is not known here.");
    }
}

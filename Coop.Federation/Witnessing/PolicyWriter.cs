using System.Globalization;
using System.Text;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>Writes a policy as text (C2SP tlog-policy).</summary>
internal static class PolicyWriter
{
    public static string Write(WitnessPolicy policy)
    {
        var text = new StringBuilder();
        foreach (var log in policy.Logs)
        {
            Line(text, ["log", Octets(log.Key), log.Url]);
        }

        foreach (var witness in policy.Witnesses)
        {
            Line(text, ["witness", witness.Name, Octets(witness.Key), witness.Url]);
        }

        foreach (var group in policy.Groups)
        {
            Line(text, ["group", group.Name, group.Threshold.ToString(CultureInfo.InvariantCulture), .. group.Members]);
        }

        Line(text, ["quorum", policy.Quorum]);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text.ToString()));
    }

    private static void Line(StringBuilder text, IEnumerable<string?> words) =>
        text.AppendJoin(' ', words.Where(w => w is not null)).Append('\n');

    // Inside of the policy a character stands for an octet; a key's name may have others.
    private static string Octets(NoteKey key) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(key.ToString()));
}

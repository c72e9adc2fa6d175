using System.Globalization;
using System.Text;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>Reads a policy, line by line (C2SP tlog-policy). Not thread-safe.</summary>
internal sealed class PolicyReader
{
    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _names = [WitnessPolicy.None];
    private readonly HashSet<string> _members = [];
    private readonly HashSet<string> _keys = [];
    private string? _quorum;
    private int _line;

    private PolicyReader()
    {
    }

    public static WitnessPolicy Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > WitnessPolicy.MaxSizeBytes)
        {
            throw new PolicyException("too-large", 0, "The policy is too large.");
        }

        if (octets.IsEmpty || octets[^1] != (byte)'\n')
        {
            throw new PolicyException("unterminated", 0, "Every line of a policy ends in a newline, the last one too.");
        }

        var reader = new PolicyReader();
        foreach (var line in Encoding.Latin1.GetString(octets[..^1]).Split('\n'))
        {
            reader.ReadLine(line);
        }

        return reader.Finish();
    }

    private void ReadLine(string line)
    {
        _line++;
        if (line.Any(c => c is < ' ' and not '\t' or '\x7f'))
        {
            throw Fault("character", "A policy has no control characters but tab and newline.");
        }

        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return;
        }

        switch (words[0], words.Length)
        {
            case ("log", 2 or 3):
                Add(_logs, new PolicyLog(ReadKey(words[1], NoteKey.Ed25519Type), words.ElementAtOrDefault(2)));
                break;
            case ("witness", 3 or 4):
                var key = ReadKey(words[2], NoteKey.CosignatureType);
                Add(_witnesses, new PolicyWitness(Define(words[1]), key, words.ElementAtOrDefault(3)));
                break;
            case ("group", >= 4):
                Add(_groups, ReadGroup(words[1], words[2], words[3..]));
                break;
            case ("quorum", 2):
                ReadQuorum(words[1]);
                break;
            default:
                throw Fault("line", "This is no log, witness, group or quorum line.");
        }
    }

    private NoteKey ReadKey(string word, byte type)
    {
        NoteKey key;
        try
        {
            key = NoteKey.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word)));
        }
        catch (NoteException e)
        {
            throw Fault("key", e.Message);
        }

        if (key.Type != type)
        {
            throw Fault("key-type", $"The key must be of type {type}.");
        }

        // The same key under two names would count twice.
        return _keys.Add($"{type} {Convert.ToHexString(key.PublicKey.Span)}")
            ? key
            : throw Fault("duplicate-key", "This key stands in the policy already.");
    }

    private PolicyGroup ReadGroup(string name, string threshold, string[] members)
    {
        foreach (var member in members)
        {
            if (member == WitnessPolicy.None || !_names.Contains(member))
            {
                throw Fault("unknown-name", $"No witness or group {member} stands before.");
            }

            if (!_members.Add(member))
            {
                throw Fault("duplicate-member", $"{member} is the member of a group already.");
            }
        }

        return new PolicyGroup(Define(name), ReadThreshold(threshold, members.Length), members);
    }

    private int ReadThreshold(string word, int members) => word switch
    {
        "all" => members,
        "any" => 1,
        _ when int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var k)
            && k >= 1 && k <= members && k.ToString(CultureInfo.InvariantCulture) == word => k,
        _ => throw Fault("threshold", "The threshold is 'all', 'any' or a number from 1 to that of the members."),
    };

    private void ReadQuorum(string name)
    {
        if (_quorum is not null)
        {
            throw Fault("duplicate-quorum", "There is a quorum already.");
        }

        _quorum = _names.Contains(name) ? name : throw Fault("unknown-name", $"No witness or group {name} stands before.");
    }

    private string Define(string name) =>
        _names.Add(name) ? name : throw Fault("duplicate-name", $"The name {name} is taken.");

    private void Add<T>(List<T> list, T item)
    {
        list.Add(item);
        if (list.Count > WitnessPolicy.MaxItems)
        {
            throw Fault("too-many", $"A policy has at most {WitnessPolicy.MaxItems} logs, witnesses and groups each.");
        }
    }

    private WitnessPolicy Finish() => new(
        _logs, _witnesses, _groups, _quorum ?? throw new PolicyException("no-quorum", 0, "The policy has no quorum line."));

    private PolicyException Fault(string code, string message) => new(code, _line, message);
}

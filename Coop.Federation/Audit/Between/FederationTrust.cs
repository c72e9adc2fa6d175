using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit.Between;

/// <summary>What an auditor of several nodes knows before it begins.</summary>
/// <param name="Keys">Keys that it was given; each counts for the log that is its name.</param>
/// <param name="States">What it remembers of each node, by its address.</param>
public sealed record FederationTrust(IReadOnlyList<NoteKey> Keys, IReadOnlyDictionary<Uri, AuditState> States)
{
    /// <summary>An auditor that knows nothing.</summary>
    public static FederationTrust None { get; } = new([], new Dictionary<Uri, AuditState>());

    internal NoteKey? KeyOf(string origin) => Keys.FirstOrDefault(k => k.Name == origin);

    internal AuditState? StateOf(Uri node) => States.GetValueOrDefault(node);

    /// <exception cref="AuditImpossibleException">A key was given for a log that none of the nodes has.</exception>
    internal void CheckUsed(IEnumerable<string?> origins)
    {
        if (Keys.FirstOrDefault(k => !origins.Contains(k.Name)) is { } unused)
        {
            throw new AuditImpossibleException($"None of the nodes has the log of the given key {unused}.");
        }
    }
}

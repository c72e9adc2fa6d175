namespace Coop.Federation.Replication;

/// <summary>This is no evidence of two histories, or it does not prove what it claims.</summary>
/// <param name="code">One of <see cref="EvidenceCodes"/>.</param>
/// <param name="message">A sentence for people.</param>
public sealed class EvidenceException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

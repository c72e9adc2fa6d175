namespace Coop.Federation.Witnessing;

/// <summary>Text that is not a policy (C2SP tlog-policy).</summary>
/// <param name="code">What is wrong, for programs; does not change its meaning.</param>
/// <param name="line">The line, from 1; 0 where it is the whole text.</param>
/// <param name="message">What is wrong, for people.</param>
public sealed class PolicyException(string code, int line, string message)
    : FormatException(line == 0 ? message : $"Line {line}: {message}")
{
    public string Code { get; } = code;

    public int Line { get; } = line;
}

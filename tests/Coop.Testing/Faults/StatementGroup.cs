namespace Coop.Testing.Faults;

/// <summary>What the client sends before it waits: messages up to Sync, or one simple query.</summary>
/// <param name="Statements">The statements that it executes, in order.</param>
/// <param name="Bytes">The messages.</param>
public sealed record StatementGroup(IReadOnlyList<string> Statements, ReadOnlyMemory<byte> Bytes)
{
    public bool Commits => Statements.Any(IsCommit);

    public bool IsOnlyTransactionControl =>
        Statements.All(s => s.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase)
            || s.StartsWith("ROLLBACK", StringComparison.OrdinalIgnoreCase));

    private static bool IsCommit(string statement) =>
        statement.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);
}

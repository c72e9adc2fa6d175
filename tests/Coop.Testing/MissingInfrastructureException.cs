namespace Coop.Testing;

/// <summary>The machine lacks a part that a test needs; see <see cref="Missing"/>.</summary>
public sealed class MissingInfrastructureException(string message) : Exception(message);

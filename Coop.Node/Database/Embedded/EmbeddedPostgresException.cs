namespace Coop.Node.Database.Embedded;

/// <summary>The embedded PostgreSQL cannot be brought up; the message tells an operator what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null)
    : Exception(message, inner);

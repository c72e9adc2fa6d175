namespace Coop.Node.Database.Migrations;

/// <summary>The schema cannot be brought up to date; the message tells an operator why.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>Every place that may leave the dialect, and why. There are no others.</summary>
internal static class DialectExceptions
{
    /// <param name="File">Relative to the repository.</param>
    /// <param name="Rule">The rule that it may break, as <see cref="DialectRules"/> names it.</param>
    /// <param name="Reason">Why it must.</param>
    internal sealed record Excepted(string File, string Rule, string Reason);

    public static readonly IReadOnlyList<Excepted> OfStatements =
    [
        new("Coop.Federation/Log/IntakeQueue.cs", "system catalogue", "asks which engine it is, and takes that engine's own order of commits; each has another hidden column"),
        new("Coop.Federation/Log/IntakeQueue.cs", "unknown function", "age() of a transaction id, on PostgreSQL only"),
        new("Coop.Node/Database/ServerDatabases.cs", "system catalogue", "pg_database is the same on both engines"),
        new("Coop.Node/Database/ServerDatabases.cs", "schema change that cannot run twice", "asks before it makes the database"),
    ];

    /// <summary>Where a statement is no constant.</summary>
    public static readonly IReadOnlyList<Excepted> OfConstants =
    [
        new("Coop.Federation/Log/EntryStore.cs", "constant", "a few fixed numbers of rows, made at start from a constant and placeholders"),
        new("Coop.Node/Database/ServerDatabases.cs", "constant", "a database's name cannot be a parameter; it is the program's own"),
        new("Coop.Node/Database/Migrations/StatementExecutor.cs", "constant", "runs the migration files"),
    ];

    /// <summary>Where connections or transactions are opened.</summary>
    public static readonly IReadOnlyList<Excepted> OfOpenings =
    [
        new("Coop.Node/Database/Transactions.cs", "opening", "the one place for the program's work"),
        new("Coop.Node/Database/NodeDatabase.cs", "opening", "makes the pool"),
        new("Coop.Node/Database/DatabaseHealth.cs", "opening", "asks without the retries of Transactions"),
        new("Coop.Node/Database/Migrations/Migrator.cs", "opening", "runs before there are Transactions"),
        new("Coop.Node/Database/Migrations/MigrationJournal.cs", "opening", "runs before there are Transactions"),
        new("Coop.Node/Database/Migrations/PooledConnections.cs", "opening", "runs before there are Transactions"),
        new("Coop.Node/Database/ServerDatabases.cs", "opening", "makes the database that Transactions work on"),
        new("Coop.Node/Demo/DishonestOperator.cs", "opening", "plays somebody who goes around the program"),
    ];
}

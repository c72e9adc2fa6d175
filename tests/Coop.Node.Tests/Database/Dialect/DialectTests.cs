using Coop.Node.Database.Migrations;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>Every SQL statement of the product, and every migration, stays in the shared dialect.</summary>
public sealed class DialectTests
{
    private static readonly string[] Preparable = ["select", "insert", "update", "delete", "with"];

    // The program sends its parameters' types with them, PREPARE does not: it may find them ambiguous.
    private static readonly string[] OfMissingTypes =
    [
        PostgresErrorCodes.UndefinedFunction, PostgresErrorCodes.AmbiguousFunction,
        PostgresErrorCodes.IndeterminateDatatype, PostgresErrorCodes.DatatypeMismatch,
    ];

    private static IReadOnlyList<SourceCode.Finding> Statements { get; } =
        [.. SourceCode.OfTheProduct.Constants().Where(f => SqlText.IsStatement(f.Text))];

    [Fact]
    public void TheStatementsAreFound()
    {
        // The reader of the code would be of no use if it found nothing.
        Assert.Contains(Statements, s => s.File.EndsWith("IntakeStore.cs", StringComparison.Ordinal));
        Assert.True(Statements.Count >= 20, $"only {Statements.Count} statements");
    }

    [Fact]
    public void EveryStatementStaysInTheDialect() => AssertExcepted(
        DialectExceptions.OfStatements,
        from statement in Statements
        from rule in DialectRules.Judge(statement.Text)
        select (statement, rule));

    [Fact]
    public void EveryMigrationStaysInTheDialect()
    {
        var broken =
            from migration in Migration.All
            from rule in DialectRules.JudgeMigration(migration.Statement)
            select $"{migration.Name}: {rule}";
        AssertNone("break the dialect", broken);
    }

    [Fact]
    public void NoStatementIsPutTogetherWhileRunning() => AssertExcepted(
        DialectExceptions.OfConstants,
        SourceCode.OfTheProduct.BuiltTexts().Where(f => SqlText.IsStatement(f.Text))
            .Concat(SourceCode.OfTheProduct.StatementsThatAreNotConstant())
            .Select(f => (f, "constant")));

    [Fact]
    public void NobodyElseOpensConnectionsOrTransactions() => AssertExcepted(
        DialectExceptions.OfOpenings,
        SourceCode.OfTheProduct.Openings().Select(f => (f, "opening")));

    [Fact]
    public async Task TheServerUnderstandsEveryStatement()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var node = await TestNode.StartAsync(database: database);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var excepted = DialectExceptions.OfStatements.Select(e => e.File).ToHashSet();
        List<string> refused = [];
        foreach (var statement in Statements.Where(s => !excepted.Contains(s.File)))
        {
            var normalized = SqlText.Normalize(statement.Text);
            if (!Preparable.Contains(normalized.Split(' ')[0]) || normalized.EndsWith(" values", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                await ExecuteAsync(connection, $"PREPARE judged AS {statement.Text}");
                await ExecuteAsync(connection, "DEALLOCATE judged");
            }
            catch (PostgresException e) when (!OfMissingTypes.Contains(e.SqlState))
            {
                refused.Add($"{statement.File}:{statement.Line}: {e.MessageText}");
            }
            catch (PostgresException)
            {
            }
        }

        AssertNone("are refused by the server", refused);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // What is found must be excepted, and what is excepted must be found.
    private static void AssertExcepted(
        IReadOnlyList<DialectExceptions.Excepted> exceptions,
        IEnumerable<(SourceCode.Finding Finding, string Rule)> found)
    {
        var all = found.ToList();
        var unexpected = all
            .Where(f => !exceptions.Any(e => e.File == f.Finding.File && e.Rule == f.Rule))
            .Select(f => $"{f.Rule}: {f.Finding}");
        AssertNone("are neither allowed nor excepted", unexpected);
        var unused = exceptions.Where(e => !all.Exists(f => e.File == f.Finding.File && e.Rule == f.Rule));
        AssertNone("are excepted in vain", unused.Select(e => $"{e.File}: {e.Rule}"));
    }

    private static void AssertNone(string what, IEnumerable<string> found)
    {
        var list = found.ToList();
        Assert.True(list.Count == 0, $"{list.Count} {what}:\n{string.Join('\n', list)}");
    }
}

namespace Coop.Node.Features.Banking;

/// <summary>What the bank says, held against the books. Specified in specs/banking.md.</summary>
public static class BankingEndpoints
{
    public static void MapBanking(this IEndpointRouteBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var ledger = api.MapGroup("/ledger").WithTags("Banking");
        ImportStatement.Map(ledger);
        ListStatements.Map(ledger);
        ListLines.Map(ledger);
        MatchLine.Map(ledger);
        BookLine.Map(ledger);
        BankRules.Map(ledger);
        GetReconciliation.Map(ledger);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Patronage;
using Npgsql;

namespace Coop.Node.Features.Patronage;

/// <summary>A plan with the accounts that it will pay into.</summary>
/// <param name="Plan">Who gets what.</param>
/// <param name="Accounts">By member; who has none is not here.</param>
/// <param name="Hash">SHA-256 of all that it says: what is posted is what was looked at.</param>
internal sealed record SurplusShares(SurplusPlan Plan, IReadOnlyDictionary<Guid, Guid> Accounts, byte[] Hash)
{
    /// <summary>Reckons anew from what the books and the records say.</summary>
    public static async Task<SurplusShares> ReckonAsync(NpgsqlConnection connection, SurplusRequest request, CancellationToken ct)
    {
        var patronage = await PatronageStore.ByMemberAsync(connection, request.Period, request.Unit, ct);
        var capital = await SurplusStore.CapitalDaysAsync(connection, request.Unit, request.From, request.To, ct);
        var business = patronage.Where(p => p.Member is not null).ToDictionary(p => p.Member!.Value, p => p.Minor);
        var members = business.Keys.Union(capital.Keys).Select(id => new MemberShare(
            new MemberId(id), business.GetValueOrDefault(id), capital.GetValueOrDefault(id)));
        var plan = SurplusPlan.Divide(request.Terms, members, patronage.Find(p => p.Member is null).Minor);
        var accounts = await SurplusStore.ReceiversAsync(connection, request.Unit, ct);
        return new(plan, accounts, HashOf(request, plan, accounts));
    }

    private static byte[] HashOf(SurplusRequest request, SurplusPlan plan, Dictionary<Guid, Guid> accounts) =>
        SHA256.HashData(CanonicalJson.Serialize(new JsonObject
        {
            ["period"] = request.Period,
            ["unit"] = request.Unit,
            ["from"] = request.From.ToString("O", CultureInfo.InvariantCulture),
            ["to"] = request.To.ToString("O", CultureInfo.InvariantCulture),
            ["surplusMinor"] = Number(request.Terms.SurplusMinor),
            ["reserveBasisPoints"] = request.Terms.ReserveBasisPoints,
            ["interestBasisPoints"] = request.Terms.InterestBasisPoints,
            ["nonMemberMinor"] = Number(plan.NonMemberMinor),
            ["reserveMinor"] = Number(plan.ReserveMinor),
            ["lines"] = new JsonArray([.. plan.Lines.Select(l => (JsonNode)new JsonArray(
                l.Member.Value.ToString(), Number(l.InterestMinor), Number(l.RefundMinor),
                accounts.TryGetValue(l.Member.Value, out var account) ? account.ToString() : null))]),
        }));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A line of a plan as it was paid.</summary>
internal sealed record PaidLine(SurplusPlan.Line Line, AccountId Account, JournalId Journal);

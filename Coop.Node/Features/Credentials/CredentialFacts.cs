using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Credentials;

/// <summary>The claims of a credential, from the members' register and the ledger as they stand.</summary>
internal sealed class CredentialFacts(NodeOptions node)
{
    private const string SelectGrant = """
        SELECT granted_at FROM member_roles WHERE member_id = $1 AND role = $2
        """;

    private const string SelectShares = """
        SELECT u.name, u.scale, a.type, b.balance_minor
        FROM ledger_units u
        JOIN ledger_accounts a ON a.unit = u.code AND a.owner_id = $1
        JOIN ledger_balances b ON b.account_id = a.id
        WHERE u.code = $2 AND u.kind = 'shares'
        """;

    /// <exception cref="RefusalException">The facts are not so.</exception>
    public async Task<JsonObject> ClaimsAsync(
        NpgsqlConnection connection, Member member, CredentialStatement statement, DateTimeOffset now,
        CancellationToken ct)
    {
        var claims = new JsonObject { ["coop"] = node.Name };
        switch (statement.Kind)
        {
            case CredentialKind.Membership:
                claims["memberId"] = member.Pseudonym;
                claims["memberName"] = member.Name;
                claims["memberSince"] = Day(member.JoinedAt);
                break;
            case CredentialKind.Role:
                claims["role"] = statement.Role;
                claims["since"] = Day(await GrantedAtAsync(connection, member, statement.Role!, ct));
                break;
            case CredentialKind.Standing:
                claims["memberSince"] = Day(member.JoinedAt);
                claims["inGoodStanding"] = member.Roles.Contains(Roles.Member);
                claims["asOf"] = Day(now);
                break;
            case CredentialKind.ShareHolding:
                await AddSharesAsync(claims, connection, member, statement.Unit!, ct);
                claims["asOf"] = Day(now);
                break;
            case CredentialKind.Skill:
                AddSkill(claims, statement, now);
                break;
        }

        return claims;
    }

    private static async Task<DateTimeOffset> GrantedAtAsync(
        NpgsqlConnection connection, Member member, string role, CancellationToken ct)
    {
        var grants = await connection.Command(SelectGrant, member.Id, role)
            .ListAsync(r => r.GetFieldValue<DateTimeOffset>(0), ct);
        return grants is [var at] ? at : throw ProblemTypes.NotAttested.With("The member does not have this role.");
    }

    private static async Task AddSharesAsync(
        JsonObject claims, NpgsqlConnection connection, Member member, string unit, CancellationToken ct)
    {
        var rows = await connection.Command(SelectShares, member.Id, unit).ListAsync(
            r => (Name: r.GetString(0), Scale: r.GetInt64(1), Type: r.GetString(2), Minor: r.GetInt64(3)), ct);
        if (rows is [])
        {
            throw ProblemTypes.NotAttested.With("The member owns no account of such a unit of shares.");
        }

        // What the co-op owes a member stands in credit, which is negative; what a member owns in debit.
        var minor = checked(rows.Sum(r => r.Type is "liability" or "equity" ? -r.Minor : r.Minor));
        var one = (long)Math.Pow(10, rows[0].Scale);
        claims["shares"] = minor >= 0 && minor % one == 0
            ? minor / one
            : throw ProblemTypes.NotAttested.With("The accounts do not hold a whole number of shares.");
        claims["shareClass"] = rows[0].Name;
    }

    private static void AddSkill(JsonObject claims, CredentialStatement statement, DateTimeOffset now)
    {
        claims["skill"] = statement.Skill;
        claims["endorsedOn"] = Day(now);
        if (statement.Level is not null)
        {
            claims["level"] = statement.Level;
        }

        if (statement.Words is not null)
        {
            claims["statement"] = statement.Words;
        }
    }

    private static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

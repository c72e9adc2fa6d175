using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.Presenting;

/// <summary>
/// Guests: members of trusted co-ops, who are no members of this one and so stand in no list of them. To the
/// session a guest is a <see cref="Member"/> with the role guest alone.
/// </summary>
internal static class GuestStore
{
    private const string SelectGuest = """
        SELECT g.id, g.name, g.pseudonym, g.first_at, 'guest'
        FROM guests g
        WHERE g.id = $1 AND g.expires_at > $2
          AND (EXISTS (SELECT 1 FROM trusted_issuers t WHERE t.did = g.issuer_did)
            OR EXISTS (SELECT 1 FROM peerings p WHERE p.peer_did = g.issuer_did AND p.visitors AND NOT p.ended))
        """;

    private const string SelectByHolder = """
        SELECT id, name, pseudonym, first_at, 'guest' FROM guests WHERE issuer_did = $1 AND holder = $2
        """;

    private const string InsertGuest = """
        INSERT INTO guests (id, issuer_did, holder, pseudonym, name, first_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string UpdateGuest = "UPDATE guests SET name = $2, expires_at = $3 WHERE id = $1";

    /// <summary>A guest whose time is not over and whose co-op is still trusted.</summary>
    public static Task<Member?> FindAsync(
        NpgsqlConnection connection, Guid id, DateTimeOffset now, CancellationToken ct) =>
        connection.Command(SelectGuest, id, now).SingleAsync(Read, ct);

    /// <summary>Writes a guest who comes for the first time, or lengthens the stay of one who comes again.</summary>
    /// <param name="scope">The write.</param>
    /// <param name="issuer">The DID of the guest's co-op.</param>
    /// <param name="holder">How that co-op calls the guest.</param>
    /// <param name="name">What to call the guest here.</param>
    /// <param name="pseudonym">For one who comes for the first time.</param>
    /// <param name="expiresAt">When the guest has to show the credential again.</param>
    /// <param name="ct">Cancels the attempt.</param>
    public static async Task<Member> AdmitAsync(
        WriteScope scope, string issuer, string holder, string name, string pseudonym, DateTimeOffset expiresAt,
        CancellationToken ct)
    {
        var known = await scope.Connection.Command(SelectByHolder, issuer, holder).SingleAsync(Read, ct);
        if (known is not null)
        {
            await scope.Connection.Command(UpdateGuest, known.Id, name, expiresAt).RunAsync(ct);
            return known with { Name = name };
        }

        var guest = new Member(scope.NewId(), name, pseudonym, scope.Now, [Roles.Guest]);
        await scope.Connection
            .Command(InsertGuest, guest.Id, issuer, holder, pseudonym, name, scope.Now, expiresAt)
            .RunAsync(ct);
        return guest;
    }

    private static Member Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), [row.GetString(4)]);
}

using System.Net.Http.Json;
using Coop.Node.Database;
using Coop.Node.Features.Accounts;
using Coop.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coop.Node.Tests.Http;

/// <summary>The session of a guest, without the way there, which the tests of Exchange go.</summary>
internal static class GuestCookie
{
    private const string InsertGuest = """
        INSERT INTO guests (id, issuer_did, holder, pseudonym, name, first_at, expires_at)
        VALUES ($1, $2, 'ada', 'AAAAAAAAAAAAAAAAAAAAAA', 'Ada', now(), now() + interval '1 hour')
        """;

    /// <summary>The cookie header of somebody whose co-op the administrator trusts from now on.</summary>
    public static async Task<string> OfAsync(TestNode node, TestMember admin)
    {
        const string Did = "did:web:acorn.example";
        using var trusted = await admin.Client.PostAsJsonAsync("/api/trusted-issuers", new { did = Did, label = "Acorn" });
        trusted.EnsureSuccessStatusCode();
        var now = node.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var guest = new Member(Guid.CreateVersion7(now), "Ada", "AAAAAAAAAAAAAAAAAAAAAA", now, ["guest"]);
        await using var connection = new NpgsqlConnection(node.Database.ConnectionString);
        await connection.OpenAsync();
        await connection.Command(InsertGuest, guest.Id, Did).RunAsync(CancellationToken.None);
        var options = node.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Sessions.Scheme);
        var properties = Sessions.Begun(now);
        var ticket = new AuthenticationTicket(Principals.Of(guest, Sessions.Scheme), properties, Sessions.Scheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }
}

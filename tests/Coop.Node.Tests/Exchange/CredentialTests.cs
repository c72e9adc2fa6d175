using System.Net.Http.Json;
using System.Text.Json;
using Coop.Identity.Credentials;
using Coop.Identity.Status;
using Coop.Node.Http;
using Coop.Node.Tests.Accounts;
using Coop.Node.Tests.Dids;
using Coop.Node.Tests.Http;
using Coop.Node.Tests.Ledger;
using Coop.Testing;

namespace Coop.Node.Tests.Exchange;

/// <summary>Credentials in the co-op's own keeping: who gets which, and when they end.</summary>
public sealed class CredentialTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_GetWhatTheRecordsSay_AndNothingElse()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        await RefusesAsync(ProblemTypes.NoDid, ada, new { type = "membership" });
        await LinkAsync(ada);

        var membership = await IssueAsync(ada, new { type = "membership" });
        Assert.Equal("Ada", membership.GetProperty("claims").GetProperty("memberName").GetString());
        Assert.Equal(4, membership.GetProperty("formats").GetArrayLength());
        var standing = await IssueAsync(ada, new { type = "standing" });
        Assert.True(standing.GetProperty("claims").GetProperty("inGoodStanding").GetBoolean());
        await RefusesAsync(ProblemTypes.NotAttested, ada, new { type = "role", role = "admin" });
        await RefusesAsync(ProblemTypes.NotAttested, ada, new { type = "share-holding", unit = "SHR" });
        await RefusesAsync(ProblemTypes.Forbidden, ada, new { type = "skill", skill = "Baking" });
        await RefusesAsync(ProblemTypes.Forbidden, ada, new { type = "membership", memberId = admin.Id });
        await RefusesAsync(ProblemTypes.InvalidField, ada, new { type = "membership", role = "member" });
        await RefusesAsync(ProblemTypes.InvalidField, ada, new { type = "role" });
        var skill = await IssueAsync(admin, new { type = "skill", skill = "Baking", level = "expert", memberId = ada.Id });
        Assert.Equal(ada.Id, skill.GetProperty("memberId").GetGuid());
        Assert.Equal(3, (await MineAsync(ada)).Count);
        Assert.Equal(3, (await Db.EventsAsync(node)).Count(e => e.Payload.TryGetProperty("attests", out _)));
    }

    [Fact]
    public async Task ShareHolding_IsTheBalanceOfTheMembersAccounts()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = new LedgerClient(await TestMember.EnrolAdministratorAsync(node));
        await LinkAsync(admin.Member);
        (await admin.CreateUnitAsync("SHR", "Ordinary share", 0, "shares")).ExpectCreated();
        var issued = await admin.OpenAsync("Issued", "SHR", "asset");
        var own = await admin.OpenAsync("Alex", "SHR", "equity", admin.Member.Id);
        (await admin.JournalAsync((issued, 12), (own, -12))).ExpectCreated();

        var credential = await IssueAsync(admin.Member, new { type = "share-holding", unit = "SHR" });

        Assert.Equal(12, credential.GetProperty("claims").GetProperty("shares").GetInt64());
        Assert.Equal("Ordinary share", credential.GetProperty("claims").GetProperty("shareClass").GetString());
        foreach (var format in new[] { "dc+sd-jwt", "ldp_vc", "vc+jwt", "jwt_vc_json" })
        {
            await ReadAsync(admin.Member, credential, format);
        }
    }

    [Fact]
    public async Task ARoleThatIsLost_RevokesWhatAttestsIt_AndNothingElse()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada", "admin", "member");
        await LinkAsync(ada);
        var role = await IssueAsync(ada, new { type = "role", role = "admin" });
        var membership = await IssueAsync(ada, new { type = "membership" });

        using var changed = await admin.Client.PutAsJsonAsync($"/api/members/{ada.Id}/roles", new { roles = new[] { "member" } }, Ct);
        changed.EnsureSuccessStatusCode();

        var mine = await MineAsync(ada);
        Assert.Equal("revoked", StateOf(mine, role));
        Assert.Equal("valid", StateOf(mine, membership));
        Assert.Contains(await Db.EventsAsync(node), e => e.Payload.TryGetProperty("reason", out var r) && r.GetString() == "role-lost");
        using var read = await ada.Client.GetAsync($"/api/me/credentials/{IdOf(role)}/vc%2Bjwt", Ct);
        await Refused.WithAsync(ProblemTypes.CredentialState, read);
    }

    [Fact]
    public async Task AnotherDid_GetsTheSameAnew_AndTheOldIsRevoked()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var old = await LinkAsync(admin);
        var before = await IssueAsync(admin, new { type = "membership" });
        var suspended = await IssueAsync(admin, new { type = "standing" });
        await ExchangeNode.PostAsync(admin.Client, $"/api/credentials/{IdOf(suspended)}/suspension", new { });

        var wallet = Wallet.New();
        using var linked = await wallet.LinkAsync(admin, Ct, replaces: old);
        linked.EnsureSuccessStatusCode();

        var mine = await MineAsync(admin);
        Assert.Equal("revoked", StateOf(mine, before));
        Assert.Equal("revoked", StateOf(mine, suspended));
        var after = Assert.Single(mine, c => c.GetProperty("state").GetString() == "valid");
        Assert.Equal(wallet.Did, after.GetProperty("subjectDid").GetString());
        Assert.Equal(before.GetProperty("claims").GetRawText(), after.GetProperty("claims").GetRawText());
    }

    [Fact]
    public async Task States_FollowTheirOrder_AndShowInAllListsAtOnce()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        await LinkAsync(ada);
        await LinkAsync(admin);
        var credential = await IssueAsync(ada, new { type = "membership" });
        var other = await IssueAsync(admin, new { type = "membership" });
        var index = int.Parse(
            JsonElement.Parse(await ReadAsync(ada, credential, "ldp_vc")).GetProperty("credentialStatus")[0]
                .GetProperty("statusListIndex").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var path = $"/api/credentials/{IdOf(credential)}";
        Assert.Equal((false, false, EntryStatus.Valid), await StatusAsync(node, index));

        await ExchangeNode.PostAsync(admin.Client, path + "/suspension", new { });
        Assert.Equal((false, true, EntryStatus.Suspended), await StatusAsync(node, index));
        using (var twice = await admin.Client.PostAsJsonAsync(path + "/suspension", new { }, Ct))
        {
            await Refused.WithAsync(ProblemTypes.CredentialState, twice);
        }

        (await admin.Client.DeleteAsync(path + "/suspension", Ct)).EnsureSuccessStatusCode();
        Assert.Equal((false, false, EntryStatus.Valid), await StatusAsync(node, index));
        using (var notMine = await ada.Client.DeleteAsync($"/api/credentials/{IdOf(other)}", Ct))
        {
            await Refused.WithAsync(ProblemTypes.NotFound, notMine);
        }

        (await ada.Client.DeleteAsync(path, Ct)).EnsureSuccessStatusCode();
        Assert.Equal((true, false, EntryStatus.Revoked), await StatusAsync(node, index));
        foreach (var end in new[] { "", "/suspension" })
        {
            using var again = await admin.Client.DeleteAsync(path + end, Ct);
            await Refused.WithAsync(ProblemTypes.CredentialState, again);
        }
    }

    [Fact]
    public async Task StatusLists_AreCacheable_AndThoseThatAreNotAreNotFound()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        await LinkAsync(admin);
        await IssueAsync(admin, new { type = "membership" });
        foreach (var (form, type) in new[] { ("revocation", "application/vc"), ("suspension", "application/vc"), ("token", "application/statuslist+jwt") })
        {
            using var list = await node.Client.GetAsync($"/status/1/{form}", Ct);
            list.EnsureSuccessStatusCode();
            Assert.Equal(type, list.Content.Headers.ContentType!.MediaType);
            Assert.Equal(TimeSpan.FromSeconds(60), list.Headers.CacheControl!.MaxAge);
            using var none = await node.Client.GetAsync($"/status/2/{form}", Ct);
            await Refused.WithAsync(ProblemTypes.NotFound, none);
        }
    }

    private static async Task<(bool Revoked, bool Suspended, EntryStatus Token)> StatusAsync(TestNode node, int index)
    {
        var token = await node.Client.GetStringAsync("/status/1/token", Ct);
        var payload = Coop.Identity.Credentials.Jose.CompactJws.Parse(token).Payload;
        return (
            BitstringStatusList.IsSet(await ListAsync(node, "revocation"), index),
            BitstringStatusList.IsSet(await ListAsync(node, "suspension"), index),
            TokenStatusList.Read(payload["status_list"]!.AsObject(), index));
    }

    private static async Task<string> ListAsync(TestNode node, string form) =>
        JsonElement.Parse(await node.Client.GetStringAsync($"/status/1/{form}", Ct))
            .GetProperty("credentialSubject").GetProperty("encodedList").GetString()!;

    private static async Task<Guid> LinkAsync(TestMember member)
    {
        using var linked = await Wallet.New().LinkAsync(member, Ct);
        linked.EnsureSuccessStatusCode();
        return (await linked.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("did").GetProperty("id").GetGuid();
    }

    private static async Task<JsonElement> IssueAsync(TestMember by, object request) =>
        (await ExchangeNode.PostAsync(by.Client, "/api/credentials", request)).GetProperty("credential");

    private static async Task RefusesAsync(ProblemType type, TestMember by, object request)
    {
        using var response = await by.Client.PostAsJsonAsync("/api/credentials", request, Ct);
        await Refused.WithAsync(type, response);
    }

    private static async Task<string> ReadAsync(TestMember member, JsonElement credential, string format) =>
        (await member.Client.GetFromJsonAsync<JsonElement>(
            $"/api/me/credentials/{IdOf(credential)}/{Uri.EscapeDataString(format)}", Ct)).GetProperty("credential").GetString()!;

    private static async Task<List<JsonElement>> MineAsync(TestMember member) =>
        [.. (await member.Client.GetFromJsonAsync<JsonElement>("/api/me/credentials", Ct)).GetProperty("items").EnumerateArray()];

    private static Guid IdOf(JsonElement credential) => credential.GetProperty("id").GetGuid();

    private static string StateOf(IEnumerable<JsonElement> items, JsonElement credential) =>
        items.Single(c => IdOf(c) == IdOf(credential)).GetProperty("state").GetString()!;
}

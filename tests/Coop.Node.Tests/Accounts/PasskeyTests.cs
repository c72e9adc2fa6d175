using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Accounts;

/// <summary>Ceremonies that must fail, each spoiled in one way.</summary>
public sealed class PasskeyTests
{
    private const string Registration = "/api/passkeys/registration";
    private const string Assertion = "/api/passkeys/assertion";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_Fails_WhenSpoiled()
    {
        await using var node = await TestNode.StartAsync();
        string[] origins =
        [
            "http://localhost:5081", "https://localhost:5080", "http://localhost", "http://evil.example",
            "http://localhost:5080.evil.example", "null",
        ];
        foreach (var origin in origins)
        {
            await RefusesRegistrationAsync(node, a => a.Origin = origin);
        }

        await RefusesRegistrationAsync(node, a => a.CrossOrigin = true);
        await RefusesRegistrationAsync(node, a => a.UserVerified = false);
        await RefusesRegistrationAsync(node, a => a.BackedUp = true);
        await RefusesRegistrationAsync(node, a => a.RelyingPartyId = "evil.example");

        // Nothing of them stays: the invitation is still good.
        using var honest = new PasskeySession(node.Address);
        await honest.RegisterAsync(node.Link(), "Alex");
    }

    [Fact]
    public async Task Registration_Succeeds_FromAnOriginThatTheOperatorAdded()
    {
        await using var node = await TestNode.StartAsync(
            arguments: ["--COOP_WEB_ORIGINS=http://localhost:5173 http://localhost:4173"]);
        using var session = new PasskeySession(node.Address);
        session.Authenticator.Origin = "http://localhost:5173";
        await session.RegisterAsync(node.Link(), "Alex");
    }

    [Fact]
    public async Task Options_AskForAVerifiedUser_AResidentKey_AndNoAttestation()
    {
        await using var node = await TestNode.StartAsync(arguments: ["--COOP_NAME=Acorn"]);
        using var session = new PasskeySession(node.Address);

        var options = (await session.StartRegistrationAsync(node.Link(), "Alex")).GetProperty("options");

        var selection = options.GetProperty("authenticatorSelection");
        Assert.Equal("required", selection.GetProperty("userVerification").GetString());
        Assert.Equal("required", selection.GetProperty("residentKey").GetString());
        Assert.Equal("none", options.GetProperty("attestation").GetString());
        Assert.Equal("localhost", options.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal("Acorn", options.GetProperty("rp").GetProperty("name").GetString());
        Assert.Equal("Alex", options.GetProperty("user").GetProperty("displayName").GetString());
        var request = (await session.StartAssertionAsync()).GetProperty("options");
        Assert.Equal("required", request.GetProperty("userVerification").GetString());
        Assert.Empty(request.GetProperty("allowCredentials").EnumerateArray());
    }

    [Fact]
    public async Task Registration_Fails_WhenItsCeremonyWasUsed()
    {
        await using var node = await TestNode.StartAsync();
        using var session = new PasskeySession(node.Address);
        var started = await session.StartRegistrationAsync(node.Link(), "Alex");
        var credential = session.Authenticator.Create(started.GetProperty("options"));
        (await session.SendAsync(Registration, started, credential.DeepClone().AsObject())).EnsureSuccessStatusCode();

        using var again = await session.SendAsync(Registration, started, credential);

        // The credential is registered by now, which PasskeyHandler sees first.
        await Refused.WithAsync(ProblemTypes.PasskeyRefused, again);
        using var other = new SoftAuthenticator();
        using var third = await session.SendAsync(Registration, started, other.Create(started.GetProperty("options")));
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, third);
    }

    [Fact]
    public async Task Ceremony_Fails_WhenItIsOfAnotherKind_OrTampered_OrOfAnotherNode()
    {
        await using var node = await TestNode.StartAsync();
        await using var other = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var elsewhere = new PasskeySession(other.Address);
        var started = await admin.Session.StartAssertionAsync();
        var credential = admin.Session.Authenticator.Get(started.GetProperty("options"));
        var ceremony = started.GetProperty("ceremony").GetString()!;
        string[] bad =
        [
            (await elsewhere.StartAssertionAsync()).GetProperty("ceremony").GetString()!,
            ceremony[..^4] + (ceremony[^4] == 'A' ? 'B' : 'A') + ceremony[^3..],
            ceremony[..20],
            "",
            new string('A', 5000),
        ];

        foreach (var text in bad)
        {
            using var response = await PostAsync(admin.Session, Assertion, text, credential);
            await Refused.WithAsync(ProblemTypes.CeremonyInvalid, response);
        }

        using var asRegistration = await PostAsync(admin.Session, Registration, ceremony, credential);
        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, asRegistration);
    }

    [Fact]
    public async Task Ceremony_Fails_AfterFiveMinutes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var started = await admin.Session.StartAssertionAsync();
        time.Advance(Ceremonies.Lifetime);

        using var response = await admin.Session.SendAsync(
            Assertion, started, admin.Session.Authenticator.Get(started.GetProperty("options")));

        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, response);
    }

    [Fact]
    public async Task SignIn_Works_WithAPasskeyThatDoesNotCount()
    {
        await using var node = await TestNode.StartAsync();
        using var session = new PasskeySession(node.Address);
        session.Authenticator.Counts = false;
        session.Authenticator.BackupEligible = true;
        var member = await session.RegisterAsync(node.Link(), "Alex");
        session.Authenticator.BackedUp = true;

        var first = await session.SignInAsync();
        var second = await session.SignInAsync();

        Assert.Equal(member.GetProperty("member").GetRawText(), first.GetProperty("member").GetRawText());
        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task SignIn_Fails_WhenReplayed()
    {
        await using var node = await TestNode.StartAsync();
        using var session = new PasskeySession(node.Address);
        session.Authenticator.Counts = false;
        await session.RegisterAsync(node.Link(), "Alex");
        var started = await session.StartAssertionAsync();
        var credential = session.Authenticator.Get(started.GetProperty("options"));
        (await session.SendAsync(Assertion, started, credential.DeepClone().AsObject())).EnsureSuccessStatusCode();

        using var again = await session.SendAsync(Assertion, started, credential);

        await Refused.WithAsync(ProblemTypes.CeremonyInvalid, again);
    }

    [Fact]
    public async Task SignIn_Succeeds_OnceOnly_WhenSentManyTimesAtOnce()
    {
        await using var node = await TestNode.StartAsync();
        using var session = new PasskeySession(node.Address);
        session.Authenticator.Counts = false;
        await session.RegisterAsync(node.Link(), "Alex");
        var started = await session.StartAssertionAsync();
        var credential = session.Authenticator.Get(started.GetProperty("options"));

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => session.SendAsync(Assertion, started, credential.DeepClone().AsObject())));

        Assert.Single(responses, r => r.StatusCode == HttpStatusCode.OK);
        foreach (var response in responses.Where(r => r.StatusCode != HttpStatusCode.OK))
        {
            await Refused.WithAsync(ProblemTypes.CeremonyInvalid, response);
        }
    }

    [Fact]
    public async Task SignIn_Fails_WhenTheCounterWasSeenBefore()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        await admin.Session.SignInAsync();
        var authenticator = admin.Session.Authenticator;
        authenticator.SignCount--;

        await RefusesAssertionAsync(admin.Session);

        // The count that failed was not kept: the genuine one goes on.
        await admin.Session.SignInAsync();
    }

    [Fact]
    public async Task SignIn_Fails_WhenSpoiled()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var stranger = new PasskeySession(node.Address);
        using var member = await admin.InviteAsync(node, "Ada");
        var session = admin.Session;

        session.Authenticator.UserVerified = false;
        await RefusesAssertionAsync(session);
        session.Authenticator.UserVerified = true;
        session.Authenticator.Origin = "http://evil.example";
        await RefusesAssertionAsync(session);
        session.Authenticator.Origin = "http://localhost:5080";
        session.Authenticator.BackupEligible = true;
        await RefusesAssertionAsync(session);
        session.Authenticator.BackupEligible = false;
        await RefusesAssertionAsync(session, c => c["response"]!["userHandle"] = "AAAA");
        await RefusesAssertionAsync(session, c => c["response"]!.AsObject().Remove("userHandle"));
        await RefusesAssertionAsync(session, c => c["response"]!["signature"] = "MEUCIQ");
        await RefusesAssertionAsync(session, c => c["type"] = "password");
        // A passkey that was never registered, and one of somebody else.
        await RefusesAssertionAsync(stranger);
        session.Authenticator.CredentialId = member.Session.Authenticator.CredentialId;
        await RefusesAssertionAsync(session);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"id":"AA","type":"public-key","response":{}}""")]
    [InlineData("""{"id":"\ud800","type":"public-key","response":{"clientDataJSON":"AA","attestationObject":"AA"}}""")]
    public async Task Ceremonies_RefuseAnyCredentialThatIsNone(string credential)
    {
        await using var node = await TestNode.StartAsync();
        using var session = new PasskeySession(node.Address);
        foreach (var (path, started) in new[]
        {
            (Registration, await session.StartRegistrationAsync(node.Link(), "Alex")),
            (Assertion, await session.StartAssertionAsync()),
        })
        {
            var body = $$"""{"ceremony":"{{started.GetProperty("ceremony").GetString()}}","credential":{{credential}}}""";
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await session.Http.PostAsync(path, content, Ct);
            var problem = await Refused.ProblemOfAsync(response);
            Assert.Contains(
                problem.GetProperty("type").GetString(),
                new[] { ProblemTypes.PasskeyRefused.Uri, ProblemTypes.MalformedJson.Uri });
        }
    }

    private static async Task RefusesRegistrationAsync(TestNode node, Action<SoftAuthenticator> spoil)
    {
        using var session = new PasskeySession(node.Address);
        var started = await session.StartRegistrationAsync(node.Link(), "Alex");
        spoil(session.Authenticator);
        using var response = await session.SendAsync(
            Registration, started, session.Authenticator.Create(started.GetProperty("options")));
        await Refused.WithAsync(ProblemTypes.PasskeyRefused, response);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static async Task RefusesAssertionAsync(PasskeySession session, Action<JsonObject>? spoil = null)
    {
        var started = await session.StartAssertionAsync();
        var credential = session.Authenticator.Get(started.GetProperty("options"));
        spoil?.Invoke(credential);
        using var response = await session.SendAsync(Assertion, started, credential);
        await Refused.WithAsync(ProblemTypes.PasskeyRefused, response);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static Task<HttpResponseMessage> PostAsync(
        PasskeySession session, string path, string ceremony, JsonObject credential) =>
        session.Http.PostAsJsonAsync(
            path, new JsonObject { ["ceremony"] = ceremony, ["credential"] = credential.DeepClone() }, Ct);
}

using System.Diagnostics;
using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Database.Embedded;
using Coop.Node.Tests.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Cli;

/// <summary><c>peers</c> as the real program, beside nodes that run.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PeersVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-peers-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheScript_MakesTwoNodesPeers_AndFindsThemPeersWhenItRunsAgain()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var beech = await ExchangeNode.StartAsync("Beech");

        var first = await FederateAsync(acorn, beech);
        var again = await FederateAsync(acorn, beech);

        Assert.True(first.Succeeded, first.Output + first.Error);
        Assert.True(again.Succeeded, again.Output + again.Error);
        var (here, there) = (
            await PeeredNodes.UntilAsync(acorn, beech.Did, PeeringState.Active),
            await PeeredNodes.UntilAsync(beech, acorn.Did, PeeringState.Active));
        Assert.Equal(here.Terms.Hash, there.Terms.Hash);
        Assert.Equal([PeeringScope.Replicate, PeeringScope.Witness], here.Ours.Scopes);
    }

    [Fact]
    public async Task Steps_ReachTheOtherCoop_ThroughTheRunningNode()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Claims);
        var peer = PeeredNodes.AddressOf(nodes[1]);

        var suspended = await RunAsync(nodes[0], "peers", "suspend", peer, "--reason", "We move house", "--json");
        Assert.True(suspended.Succeeded, suspended.Error);
        Assert.Equal("suspended", JsonElement.Parse(suspended.Output).GetProperty("state").GetString());
        await PeeredNodes.UntilAsync(nodes[1], nodes[0].Did, PeeringState.Suspended);
        var shown = JsonElement.Parse(await nodes[0].Admin.Client.GetStringAsync(
            $"/api/peers/{JsonElement.Parse(suspended.Output).GetProperty("id").GetGuid()}", Ct)).GetProperty("steps")[0];
        Assert.Equal("operator", shown.GetProperty("actor").GetString());
        var entry = JsonElement.Parse(await nodes[0].Admin.Client.GetStringAsync($"/api/log/events/{shown.GetProperty("eventId").GetGuid()}", Ct));
        Assert.Equal("command-line", entry.GetProperty("payload").GetProperty("via").GetString());

        var resumed = await RunAsync(nodes[0], "peers", "resume", nodes[1].Did);
        Assert.True(resumed.Succeeded, resumed.Error);
        Assert.Contains("active since", resumed.Output, StringComparison.Ordinal);
        await PeeredNodes.UntilAsync(nodes[1], nodes[0].Did, PeeringState.Active);

        var listed = await RunAsync(nodes[1], "peers", "list");
        Assert.Contains(nodes[0].Did, listed.Output, StringComparison.Ordinal);
        Assert.Contains("claims", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_WhatCannotFollow_AndSaysWhy()
    {
        await using var node = await ExchangeNode.StartAsync("Acorn");
        await using var other = await ExchangeNode.StartAsync("Beech");

        var nobody = await RunAsync(node, "peers", "accept", "http://localhost:1");
        var unknown = await RunAsync(node, "peers", "propose", PeeredNodes.AddressOf(other), "--scope", "everything");
        var other99 = await RunAsync(
            node, "peers", "propose", PeeredNodes.AddressOf(other), "--fingerprint", "00000 00000 00000 00000 00000 00000");

        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("There is no peering with http://localhost:1", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Equal(1, other99.ExitCode);
        Assert.Contains("somebody may stand in between", other99.Error, StringComparison.Ordinal);
        Assert.Contains("There are no peerings", (await RunAsync(node, "peers", "list")).Output, StringComparison.Ordinal);
    }

    private Task<Command.Result> FederateAsync(ExchangeNode acorn, ExchangeNode beech)
    {
        var start = new ProcessStartInfo(RepositoryFile.PathOf("deploy/federate.sh"));
        start.Environment["ACORN"] = Program(acorn, "acorn");
        start.Environment["ACORN_URL"] = PeeredNodes.AddressOf(acorn);
        start.Environment["BEECH"] = Program(beech, "beech");
        start.Environment["BEECH_URL"] = PeeredNodes.AddressOf(beech);
        start.Environment["COOP_PATIENCE_S"] = "500";
        return Command.RunAsync(start, Ct);
    }

    // The script takes a command that has no spaces in its parts; a connection string has.
    private string Program(ExchangeNode node, string name)
    {
        var path = Path.Combine(_folder.FullName, name + ".sh");
        var exports = Environment(node).Select(v => $"export {v.Key}='{v.Value}'\n");
        File.WriteAllText(path, $"#!/bin/sh\n{string.Concat(exports)}exec dotnet '{Assembly}' \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    internal static Task<Command.Result> RunAsync(ExchangeNode node, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments]);
        foreach (var (name, value) in Environment(node))
        {
            start.Environment[name] = value;
        }

        return Command.RunAsync(start, Ct);
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll");

    private static Dictionary<string, string> Environment(ExchangeNode node) => new(StringComparer.Ordinal)
    {
        ["COOP_DATABASE"] = node.Node.Database.ConnectionString,
        ["COOP_DATA"] = node.Node.DataFolder.FullName,
        ["COOP_PUBLIC_URL"] = PeeredNodes.AddressOf(node),
        ["COOP_NAME"] = node.Node.Services.GetService(typeof(Coop.Node.Hosting.NodeOptions)) is Coop.Node.Hosting.NodeOptions o ? o.Name : "",
        ["COOP_ALLOW_LOCAL_FETCHES"] = "true",
    };
}

using System.CommandLine;
using Coop.Node.Database;
using Coop.Node.Database.Embedded;
using Coop.Node.Database.Migrations;
using Coop.Node.Demo;
using Coop.Node.Hosting;
using Npgsql;
using Command = System.CommandLine.Command;

namespace Coop.Node.Cli;

/// <summary>
/// <c>demo</c>: three co-ops in one process, peers of each other, with members and what they did so far. With
/// <c>--check</c> it audits itself, lets one of them lie, and shows that it is caught. Exit code 0 when all came
/// out as it should, else 1.
/// </summary>
internal static class DemoVerb
{
    private const int Failed = 1;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Keep everything in this folder, and go on with it at the next start, on the same ports",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Audit the demo, rewrite one co-op's history, see it caught, and answer a summary in JSON",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Three co-ops on this machine, federated: with members, proposals, votes, news and books") { Data, Check };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(Data), parsed.GetValue(Check), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? path, bool isCheck, CancellationToken ct)
    {
        // The nodes' own words to their operators are not the demo's.
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            var connection = NodeOptions.From(WebApplication.CreateBuilder().Configuration).Database;
            return isCheck
                ? await CheckAsync(path, connection, output, ct)
                : await ServeAsync(path, connection, output, ct);
        }
        catch (Exception e) when (e is DemoException or EmbeddedPostgresException or MigrationException or NpgsqlException
            or BusyException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"The demo cannot go on. {e.Message}");
            return Failed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return isCheck ? Failed : 0;
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static async Task<int> CheckAsync(string? path, string? connection, TextWriter output, CancellationToken ct)
    {
        var (json, isGood) = await new DemoCheck(path, connection, TimeProvider.System, TellAsync).RunAsync(ct);
        await output.WriteLineAsync(json);
        return isGood ? 0 : Failed;
    }

    private static async Task<int> ServeAsync(string? path, string? connection, TextWriter output, CancellationToken ct)
    {
        await using var demo = await Demo.Demo.StartAsync(path, connection, TimeProvider.System, TellAsync, ct);
        await output.WriteLineAsync(await WelcomeAsync(demo, path));
        await Task.Delay(Timeout.Infinite, ct);
        return 0;
    }

    private static Task TellAsync(string step) => Console.Error.WriteLineAsync($"  {step} …");

    private static async Task<string> WelcomeAsync(Demo.Demo demo, string? path)
    {
        var lines = new List<string> { "", "  Three co-ops are up, and peers of each other. Each link lets you in once, as an administrator:", "" };
        foreach (var coop in demo.Coops)
        {
            lines.Add($"  {coop.Cast.Name,-14} {coop.Address}");
            lines.Add($"  {"",-14} {await coop.Admin.InvitationAsync("Whoever tries the demo", "admin", "member")}");
        }

        lines.Add("");
        lines.Add($"  Audit them:    dotnet run --project Coop.Node -- audit {string.Join(' ', demo.Coops.Select(c => c.Address))} --html report.html");
        lines.Add(path is null ? "  Ctrl-C stops them, and all is gone; --data DIR keeps it." : $"  Ctrl-C stops them; the next start with --data {path} goes on.");
        lines.Add("");
        return string.Join(Environment.NewLine, lines);
    }
}

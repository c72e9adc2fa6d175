using System.CommandLine;

namespace Coop.Node.Cli;

/// <summary>The command line's verbs; without one, the node runs.</summary>
public static class Verbs
{
    private static readonly Command[] All =
    [
        AuditVerb.Create(), DemoVerb.Create(), DidVerb.Create(), KeysVerb.Create(), LedgerVerb.Create(), PeersVerb.Create(), TradeVerb.Create(), VerifyVerb.Create(),
    ];

    /// <summary>How long a verb that is told to stop may take to leave everything in order.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Where a command line cannot be understood, nothing was done.</summary>
    public const int Misunderstood = 2;

    /// <summary>The root command when the first argument is a verb or asks for help, else null.</summary>
    public static RootCommand? Find(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var wanted = args.FirstOrDefault();
        if (wanted is not ("--help" or "-h" or "-?") && !All.Any(c => c.Name == wanted))
        {
            return null;
        }

        var root = new RootCommand("A co-op's node. Without a verb it serves; with one:");
        foreach (var verb in All)
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    /// <summary>Runs a verb; answers the process's exit code.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ArgumentNullException.ThrowIfNull(root);
        var parsed = root.Parse(args);

        // A bug must not end with a code that means something, so its exception ends the process.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience });
        return parsed.Errors.Count > 0 ? Misunderstood : exitCode;
    }
}

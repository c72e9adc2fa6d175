using Coop.Federation.Audit;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>A progress bar for people, on standard error so that standard output is the answer alone.</summary>
internal static class AuditBar
{
    /// <summary>Runs an audit, with a bar where there is a terminal to show it.</summary>
    public static Task<NodeAudit> ShowAsync(bool isWanted, Func<IProgress<AuditProgress>?, Task<NodeAudit>> audit)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!isWanted || Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            return audit(null);
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("Checking the log", autoStart: true);
                return await audit(new Bar(task));
            });
    }

    private sealed class Bar(ProgressTask task) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            task.MaxValue = Math.Max(1, value.EntriesToCheck);
            task.Value = value.EntriesChecked;
        }
    }
}

using Coop.Federation.Audit;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>Progress bars for people, on standard error so that standard output is the answer alone.</summary>
internal static class AuditBar
{
    /// <summary>Runs an audit, with a bar for each of its steps where there is a terminal to show them.</summary>
    public static Task<T> ShowAsync<T>(bool isWanted, Func<Func<string, IProgress<AuditProgress>?>, Task<T>> audit)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!isWanted || Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            return audit(_ => null);
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context => await audit(title => new Bar(context.AddTask(Markup.Escape(title), autoStart: true))));
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

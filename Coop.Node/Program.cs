using Coop.Node.Cli;
using Coop.Node.Hosting;

return Verbs.Find(args) is { } verb
    ? await verb.Parse(args).InvokeAsync()
    : await Serve.RunAsync(args);

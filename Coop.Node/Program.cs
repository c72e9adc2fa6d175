using Coop.Node.Cli;
using Coop.Node.Hosting;

return Verbs.Find(args) is { } verb
    ? await Verbs.RunAsync(verb, args)
    : await Serve.RunAsync(args);

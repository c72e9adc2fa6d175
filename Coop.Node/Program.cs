using Coop.Node.Cli;
using Coop.Node.Hosting;

if (Verbs.Find(args) is { } verb)
{
    return await verb.Parse(args).InvokeAsync();
}

await using var node = await CoopNode.StartAsync(args);
await node.WaitForShutdownAsync();
return 0;

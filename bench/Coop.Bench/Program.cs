using Coop.Bench;

var options = BenchOptions.Parse(args);
var report = new Report();
if (options.Wants("limits"))
{
    report.Add(RawLimits.Crypto(options.Short));
}

if (options.Wants("votes"))
{
    await using var node = await BenchNode.StartAsync();
    await report.AddAsync(VotesBench.RunAsync(node, options.Long));
}

report.Print(Console.Out);
return report.AllGoalsMet ? 0 : 1;

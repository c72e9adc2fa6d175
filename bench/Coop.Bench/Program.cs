using Coop.Bench;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Reports;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

var options = BenchOptions.Parse(args);
var report = new Report();
if (options.Wants("limits"))
{
    report.Add(RawLimits.Crypto(options.Short));
}

if (options.Wants("canonical"))
{
    report.Add(CanonicalBench.Run(options.Short));
}

if (options.Wants("credentials"))
{
    report.Add(CredentialsBench.Run(options.Short));
    report.Add(WholeCredentialBench.Run(options.Short));
}

if (options.Wants("status"))
{
    report.Add(StatusBench.Run());
}

if (options.Wants("others"))
{
    await report.AddAsync(OthersBench.RunAsync(options.Short));
}

if (options.Wants("votes"))
{
    await using var node = await StartAsync();
    await report.AddAsync(VotesBench.RunAsync(node, options.Long, options.Count(500)));
}

if (options.Wants("ledger"))
{
    await using var node = await StartAsync();
    await report.AddAsync(LedgerBench.RunAsync(node, options.Long));
}

if (options.Wants("sequencer"))
{
    await using var node = await StartAsync();
    var dataSource = node.Services.GetRequiredService<NpgsqlDataSource>();
    await report.AddAsync(SequencerBench.ThroughputAsync(dataSource, options.Count(200_000)));
    await report.AddAsync(SequencerBench.LatencyAsync(dataSource, perSecond: 1_000, options.Long));
}

if (options.Wants("verify"))
{
    await report.AddAsync(VerifyBench.RunAsync(options.Count(1_000_000)));
}

if (options.Wants("replicate"))
{
    await using var node = await StartAsync();
    var transactions = node.Services.GetRequiredService<Transactions>();
    await report.AddAsync(ReplicateBench.RunAsync(transactions, options.Count(1_000_000)));
}

if (options.Wants("serve"))
{
    await using var node = await StartAsync();
    var dataSource = node.Services.GetRequiredService<NpgsqlDataSource>();
    await report.AddAsync(ServeBench.RunAsync(node, dataSource, options.Short * 2));
}

if (options.Wants("witness"))
{
    await report.AddAsync(WitnessBench.RunAsync(options.Count(2_000)));
}

if (options.Wants("peers"))
{
    await using var node = await StartAsync();
    var transactions = node.Services.GetRequiredService<Transactions>();
    await report.AddAsync(PeersBench.RunAsync(transactions, options.Count(2_000)));
}

if (options.Wants("reports"))
{
    await using var node = await StartAsync();
    await report.AddAsync(ReportsBench.RunAsync(
        node.Services.GetRequiredService<NpgsqlDataSource>(), node.Services.GetRequiredService<Transactions>(),
        node.Services.GetRequiredService<DaySweep>(), options.Count(10_000_000)));
}

if (options.Wants("growth"))
{
    await using var node = await StartAsync();
    var dataSource = node.Services.GetRequiredService<NpgsqlDataSource>();
    await report.AddAsync(SequencerBench.GrowthAsync(dataSource, options.Count(1_000_000)));
}

report.Print(Console.Out);
return report.AllGoalsMet ? 0 : 1;

// An empty connection string: the embedded database, with its default durability.
static Task<TestNode> StartAsync() => TestNode.StartAsync(arguments: ["--COOP_DATABASE="]);

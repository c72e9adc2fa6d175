using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Coop.Node.Cli;

namespace Coop.Node.Demo;

/// <summary>The auditor of the demo: from outside, by nothing but the nodes' addresses.</summary>
internal static class DemoAudit
{
    public static async Task<FederationReport> RunAsync(IEnumerable<DemoCoop> coops, TimeProvider time, CancellationToken ct)
    {
        using var http = AuditHttp.Create();
        var auditor = new FederationAuditor(
            address => new HttpLogSource(http, address, time), FederationTrust.None, FederationAuditor.DefaultSettle, time);
        return await auditor.RunAsync([.. coops.Select(c => c.Address)], _ => null, ct);
    }
}

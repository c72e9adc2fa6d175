using Coop.Federation.Audit;

namespace Coop.Federation.Tests.Replication;

/// <summary>A log whose answers are changed on their way.</summary>
internal sealed class Answering(ILogSource log, Func<string, byte[]?, byte[]?> change) : ILogSource
{
    public async Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct) =>
        change(path, await log.FetchAsync(path, maxSizeBytes, ct));
}

using System.Globalization;
using System.Threading.RateLimiting;
using Coop.Node.Features.Accounts;
using Microsoft.AspNetCore.RateLimiting;

namespace Coop.Node.Http;

/// <summary>How often a network address may call what needs no session.</summary>
public static class RateLimits
{
    /// <summary>The policy of the anonymous ceremony endpoints.</summary>
    public const string Ceremonies = "ceremonies";

    /// <summary>The policy of the witness's endpoints, which also many peers behind one address may share.</summary>
    public const string Witness = "witness";

    /// <summary>How often one address may call the witness, unless <c>COOP_WITNESS_PER_MINUTE</c> says otherwise; 0 sets no limit.</summary>
    public const int WitnessPerMinute = 6000;

    private const int RoundsPerMinute = 60;

    public static void AddRateLimits(
        this IServiceCollection services, AccountOptions accounts, IConfiguration configuration) =>
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = SayWhenAsync;
            o.AddPolicy(Ceremonies, http => Partition(http, accounts.CeremoniesPerMinute));
            var witness = configuration.GetValue("COOP_WITNESS_PER_MINUTE", WitnessPerMinute);
            o.AddPolicy(Witness, http => Partition(http, witness));
        });

    private static RateLimitPartition<string> Partition(HttpContext http, int perMinute)
    {
        var address = TrustedProxies.ClientOf(http);
        return perMinute == 0
            ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetTokenBucketLimiter(address, _ => new()
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / RoundsPerMinute),
                ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 / Math.Min(perMinute, RoundsPerMinute)),
                QueueLimit = 0,
            });
    }

    private static ValueTask SayWhenAsync(OnRejectedContext context, CancellationToken ct)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
            ? retryAfter
            : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}

namespace Coop.Node.Hosting;

/// <summary>
/// What an operator may set, by environment, <c>appsettings.json</c> or command line in the usual
/// .NET order. Read once at start.
/// </summary>
/// <param name="Database">
/// <c>COOP_DATABASE</c>: an Npgsql connection string of a PostgreSQL or CockroachDB server; null
/// starts the embedded PostgreSQL.
/// </param>
/// <param name="DataFolder"><c>COOP_DATA</c>: keys and the embedded database; default <c>.coop</c>.</param>
/// <param name="PublicUrl">
/// <c>COOP_PUBLIC_URL</c>: the address that members use; its host is the passkeys' relying party ID.
/// Default: the first of <c>ASPNETCORE_URLS</c>, or http://localhost:5080.
/// </param>
/// <param name="Name"><c>COOP_NAME</c>: the co-op's name as people read it.</param>
public sealed record NodeOptions(string? Database, string DataFolder, Uri PublicUrl, string Name)
{
    public const string DefaultUrl = "http://localhost:5080";

    public const string AcceptLogHeadKey = "COOP_LOG_ACCEPT_HEAD";

    private static readonly string[] AnyHost = ["+", "*", "0.0.0.0", "[::]", "127.0.0.1", "[::1]"];

    /// <summary>
    /// <c>COOP_LOG_ACCEPT_HEAD</c>: the one state (<c>size:root</c>) of a restored log that an operator
    /// confirms, though a longer one was signed; null otherwise.
    /// </summary>
    public string? AcceptedLogHead { get; init; }

    /// <summary>
    /// <c>COOP_WITNESS_POLICY</c>: a file (C2SP tlog-policy) that says whose cosignatures the log's checkpoints
    /// ask for; null for the peers with witness duty.
    /// </summary>
    public string? WitnessPolicyFile { get; init; }

    /// <summary>
    /// <c>COOP_METRICS_TOKEN</c>: the bearer token that reads <c>/metrics</c>; null lets nobody read it.
    /// </summary>
    public string? MetricsToken { get; init; }

    public static NodeOptions From(IConfiguration configuration)
    {
        var url = configuration["COOP_PUBLIC_URL"] ?? FirstListenUrl(configuration);
        return new NodeOptions(
            Blank(configuration["COOP_DATABASE"]),
            Path.GetFullPath(configuration["COOP_DATA"] ?? ".coop"),
            new Uri(url, UriKind.Absolute),
            configuration["COOP_NAME"] ?? "Our Co-op")
        {
            AcceptedLogHead = Blank(configuration[AcceptLogHeadKey]),
            WitnessPolicyFile = Blank(configuration["COOP_WITNESS_POLICY"]),
            MetricsToken = Blank(configuration["COOP_METRICS_TOKEN"]),
        };
    }

    public string RelyingPartyId => PublicUrl.Host;

    public string WebOrigin => PublicUrl.GetLeftPart(UriPartial.Authority);

    /// <summary>The node as issuer and audience of what is signed: its address without a slash at the end.</summary>
    public string Identifier => PublicUrl.AbsoluteUri.TrimEnd('/');

    public string KeyFolder => Path.Combine(DataFolder, "keys");

    // People and passkeys need a name: no relying party ID is an IP address (WebAuthn, section 5.1.2).
    private static string FirstListenUrl(IConfiguration configuration)
    {
        var first = configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return AnyHost.Aggregate(
            first ?? DefaultUrl,
            (url, host) => url.Replace($"://{host}", "://localhost", StringComparison.Ordinal));
    }

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}

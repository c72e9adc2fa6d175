namespace Coop.Node.Log;

/// <summary>Where the log is served.</summary>
public static class LogPaths
{
    /// <summary>Before every path of the log; also the end of its origin.</summary>
    public const string Prefix = "/log";
}

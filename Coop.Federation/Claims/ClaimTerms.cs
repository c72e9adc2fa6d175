using System.Text.Json.Nodes;

namespace Coop.Federation.Claims;

/// <summary>What the receiver of a claim may do with it.</summary>
/// <param name="Purpose">What it is given for; 1 to 500 characters.</param>
/// <param name="RetainUntil">When its content is deleted at the latest; whole seconds.</param>
/// <param name="ShowToMembers">Whether the receiver's members may see it, or its administrators alone.</param>
public sealed record ClaimTerms(string Purpose, DateTimeOffset RetainUntil, bool ShowToMembers)
{
    public const int MaxPurposeLength = 500;

    /// <summary>Nobody keeps a claim longer than this.</summary>
    public static readonly TimeSpan MaxRetention = TimeSpan.FromDays(5 * 366);

    public JsonObject ToJson() => new()
    {
        ["purpose"] = Purpose,
        ["retainUntil"] = Statement.ToText(RetainUntil),
        ["showToMembers"] = ShowToMembers,
    };

    /// <exception cref="StatementException">It is malformed.</exception>
    internal static ClaimTerms Read(JsonObject json)
    {
        var reader = new StatementReader(json, "purpose", "retainUntil", "showToMembers");
        return new(reader.Text("purpose", MaxPurposeLength), reader.Time("retainUntil"), reader.Bool("showToMembers"));
    }
}

using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>The limits of what a caller may write into a proposal.</summary>
public static class ProposalFields
{
    public const int MaxTitleLength = 200;
    public const int MaxBodyLength = 20_000;

    public static ProposalText Text(string title, string body) => new(
        Fields.Text(title, "title", 1, MaxTitleLength),
        Fields.Multiline(body, "body", 0, MaxBodyLength));

    public static void RequireClosingTime(DateTimeOffset closesAt, DateTimeOffset now)
    {
        if (!ClosingTime.IsValid(closesAt, now))
        {
            throw Fields.Invalid(
                "closesAt", $"must be in the future, at most {ClosingTime.Longest.Days} days ahead.");
        }
    }
}

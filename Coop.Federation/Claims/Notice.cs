using System.Text.Json.Nodes;

namespace Coop.Federation.Claims;

/// <summary>What a notice says.</summary>
public enum NoticeType
{
    /// <summary>“I have your claim.”</summary>
    ClaimReceipt,

    /// <summary>“My claim no longer counts; delete it.”</summary>
    ClaimWithdrawal,

    /// <summary>“I have deleted your claim.”</summary>
    ClaimWithdrawalReceipt,

    /// <summary>“The payload of my event is erased; delete your copy.”</summary>
    Erasure,

    /// <summary>“I have no copy of that payload any more.”</summary>
    ErasureConfirmation,
}

/// <summary>
/// A signed word from one node to another about a claim or a payload: five types of one shape. Specified in
/// specs/claims.md and specs/erasure.md.
/// </summary>
/// <param name="Type">What it says.</param>
/// <param name="Id">The claim; of erasures the event whose payload is erased.</param>
/// <param name="Hash">The claim's hash; of erasures the payload hash of the event. 32 bytes.</param>
/// <param name="From">The DID of who says it.</param>
/// <param name="To">The DID of to whom.</param>
/// <param name="At">When; whole seconds.</param>
/// <param name="Event">The event in the log of who says it; null where there was nothing to do.</param>
public sealed record Notice(
    NoticeType Type, Guid Id, ReadOnlyMemory<byte> Hash, string From, string To, DateTimeOffset At, Guid? Event)
{
    private static readonly string[] Names =
        ["claim-receipt", "claim-withdrawal", "claim-withdrawal-receipt", "erasure", "erasure-confirmation"];

    /// <summary>Without a proof.</summary>
    public JsonObject ToJson() => new()
    {
        ["v"] = Statement.Version,
        ["type"] = Names[(int)Type],
        ["id"] = Id.ToString("D"),
        ["hash"] = Convert.ToBase64String(Hash.Span),
        ["from"] = From,
        ["to"] = To,
        ["at"] = Statement.ToText(At),
        ["event"] = Event?.ToString("D"),
    };

    /// <summary>Reads a signed notice of a type; its proof is not verified yet.</summary>
    /// <exception cref="StatementException">It is malformed, or of another type.</exception>
    public static Notice Read(JsonObject json, NoticeType type)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reader = new StatementReader(json, "v", "type", "id", "hash", "from", "to", "at", "event", "proof");
        reader.IsVersion("v");
        reader.Constant("type", Names[(int)type]);
        return new(
            type,
            reader.Id("id"),
            reader.Hash("hash"),
            reader.Text("from", ClaimEnvelope.MaxDidLength),
            reader.Text("to", ClaimEnvelope.MaxDidLength),
            reader.Time("at"),
            reader.OptionalId("event"));
    }

    /// <exception cref="StatementException">It is not between these two, or about something else.</exception>
    public void Require(string from, string to, Guid id, ReadOnlySpan<byte> hash)
    {
        RequireParties(from, to);
        if (Id != id || !Hash.Span.SequenceEqual(hash))
        {
            throw new StatementException(StatementCodes.Changed, "The notice is about another statement.");
        }
    }

    /// <exception cref="StatementException">It is not between these two.</exception>
    public void RequireParties(string from, string to)
    {
        if (From != from || To != to)
        {
            throw new StatementException(StatementCodes.Parties, "The notice is not from the peer that sent it to this node.");
        }
    }
}

using Coop.Node.Http;

namespace Coop.Node.Idempotency;

/// <summary>
/// The name that a member gives to one request of theirs, so that sending it again has no second
/// effect: 1 to 200 visible ASCII characters. Specified in specs/ledger.md, section Idempotency.
/// </summary>
public readonly record struct IdempotencyKey
{
    public const string Header = "X-Idempotency-Key";
    public const int MaxLength = 200;

    private IdempotencyKey(string value) => Value = value;

    public string Value => field ?? throw new InvalidOperationException("An idempotency key was never set.");

    /// <summary>Reads the header, or refuses.</summary>
    public static IdempotencyKey Parse(string? header) => header switch
    {
        null or "" => throw ProblemTypes.IdempotencyKeyMissing.With(
            $"Send {Header}: a name for this request, the same when it is sent again."),
        { Length: <= MaxLength } when header.All(c => c is >= '!' and <= '~') => new(header),
        _ => throw ProblemTypes.IdempotencyKeyInvalid.With(
            $"{Header} is 1 to {MaxLength} visible ASCII characters, without spaces."),
    };
}

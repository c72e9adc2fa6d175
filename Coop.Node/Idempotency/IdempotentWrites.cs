using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Idempotency;

/// <summary>Writes that have their effect at most once per member and key.</summary>
public static class IdempotentWrites
{
    /// <summary>
    /// Runs a write and keeps its answer in the same transaction; or, where the same request was
    /// answered before, answers the same again. A refusal keeps nothing.
    /// </summary>
    /// <remarks>
    /// Of requests that come at once one has the effect: the transactions are SERIALIZABLE and look
    /// the key up before they write it, so the others are tried again and find its answer.
    /// </remarks>
    /// <exception cref="RefusalException">The key was used for another request.</exception>
    public static async Task<IResult> WriteOnceAsync(
        this Transactions transactions,
        IdempotentRequest request,
        Func<WriteScope, CancellationToken, Task<IdempotentAnswer>> body,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(request);
        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                if (await IdempotencyStore.FindAsync(scope.Transaction, request, token) is { } kept)
                {
                    return Replay(kept, request);
                }

                var answer = await body(scope, token);
                scope.Defer(IdempotencyStore.Add(request, answer, scope.Now));
                return new IdempotentResult(answer, Replayed: false);
            },
            ct);
    }

    private static IdempotentResult Replay(IdempotencyStore.Kept kept, IdempotentRequest request) =>
        kept.IsOf(request)
            ? new IdempotentResult(kept.Answer, Replayed: true)
            : throw KeyReused();

    /// <summary>The refusal of a key that belongs to another request.</summary>
    internal static RefusalException KeyReused() => ProblemTypes.IdempotencyKeyReused.With(
        "An earlier request with other content was made under this key; use a new key.");
}

using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Npgsql;

namespace Coop.Node.Features.Outbox;

/// <summary>What one kind of message says, and what its answer means. Thread-safe.</summary>
internal interface IOutboxHandler
{
    /// <summary>One of <see cref="OutboxKinds"/>.</summary>
    string Kind { get; }

    /// <summary>What the peer must have granted; null where any active peering will do.</summary>
    PeeringScope? Scope { get; }

    /// <summary>The path at the peer and the signed body; null when there is nothing to say any more.</summary>
    Task<(string Path, JsonObject Body)?> MessageAsync(OutboxMessage message, CancellationToken ct);

    /// <summary>
    /// Takes the peer's signed answer; must not depend on what happened since the message was made. The worker
    /// deletes the message in the same transaction.
    /// </summary>
    /// <exception cref="Coop.Federation.Claims.StatementException">It is not the answer to this message.</exception>
    Task TakeAnswerAsync(NpgsqlTransaction transaction, OutboxMessage message, Peering peer, JsonObject answer, CancellationToken ct);

    /// <summary>The peer will not take it: as it said, or since there is no peering any more.</summary>
    Task GiveUpAsync(NpgsqlTransaction transaction, OutboxMessage message, string problem, CancellationToken ct);
}

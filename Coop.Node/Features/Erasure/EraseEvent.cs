using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Http;

namespace Coop.Node.Features.Erasure;

/// <summary>POST /api/log/events/{id}/erasure: erases the content of an event, for good.</summary>
public static class EraseEvent
{
    public const int MaxReasonLength = 500;

    /// <param name="Reason">Why; 1 to 500 characters. Members can read it, so it names nobody.</param>
    /// <param name="IsLegalRequest">
    /// Whether whom it is about has asked for it by law: only then an administrator erases what is private to another.
    /// </param>
    public sealed record Request(string Reason, bool IsLegalRequest = false);

    /// <param name="EventId">The event <c>payload.erased</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/log/events/{id:guid}/erasure", HandleAsync)
            .RequireRole(Roles.Member)
            .WithName("EraseEvent")
            .WithSummary("Erase the content of an event, for good");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, OutboxSignal signal, CancellationToken ct)
    {
        var reason = Fields.Text(request.Reason, "reason", 1, MaxReasonLength);
        var erased = await transactions.WriteAsync((scope, c) => Erasing.EraseAsync(scope, me, id, new(reason, request.IsLegalRequest), c), ct);
        signal.Wake();
        return new(erased);
    }
}

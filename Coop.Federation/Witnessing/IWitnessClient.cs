namespace Coop.Federation.Witnessing;

/// <summary>Carries <c>add-checkpoint</c> requests of a log to witnesses. Used from several threads at once.</summary>
public interface IWitnessClient
{
    /// <summary>
    /// Sends one request and answers what came back, whatever the status. Any exception but a cancellation
    /// counts as no answer.
    /// </summary>
    /// <param name="witness">To whom.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="ct">Ends the wait; the caller bounds it.</param>
    Task<WitnessReply> AddCheckpointAsync(PolicyWitness witness, ReadOnlyMemory<byte> body, CancellationToken ct);
}

using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Witnessing;
using Coop.Identity.Net;
using Coop.Node.Log;

namespace Coop.Node.Federation.Witnessing;

/// <summary>Asks a witness for the checkpoint of this log that it cosigned last, where witnesses publish it.</summary>
internal sealed class WitnessedCheckpoints(OutboundHttp http, NodeLog log) : IContradictions
{
    private static readonly OutboundLimits Limits = new(SignedNote.MaxSizeBytes, TimeSpan.FromSeconds(10)) { MaxRedirects = 0 };

    public async Task LookAsync(PolicyWitness witness, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(witness);
        var address = new Uri($"{witness.Url!.TrimEnd('/')}/{LogSubject.IdOf(log.Origin)}/checkpoint");
        try
        {
            var answer = await http.GetAsync(address, Limits, ct);
            if (answer.IsSuccess)
            {
                await log.CompareAsync(SignedNote.Parse(answer.Body.Span), witness.Key.Name, ct);
            }
        }
        catch (Exception e) when (e is OutboundException or NoteException)
        {
            // It is asked again when the log asks it to cosign the next time.
        }
    }
}

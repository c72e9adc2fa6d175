using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>What came of asking one witness to cosign one checkpoint.</summary>
/// <param name="Witness">Whom.</param>
/// <param name="Result">How it answered.</param>
/// <param name="Cosignature">The cosignature, verified; null unless it cosigned.</param>
/// <param name="WitnessSize">The size that it says it has cosigned; null where it did not say.</param>
/// <param name="Detail">For people and logs; empty when it cosigned.</param>
public sealed record CosignatureOutcome(
    PolicyWitness Witness,
    CosignatureResult Result,
    NoteSignature? Cosignature = null,
    long? WitnessSize = null,
    string Detail = "");

namespace Coop.Federation.Witnessing;

/// <summary>A witness of a policy that cosigned a checkpoint.</summary>
/// <param name="Witness">Which.</param>
/// <param name="Time">When, in whole seconds, by its own clock.</param>
public sealed record PolicyCosigner(PolicyWitness Witness, DateTimeOffset Time);

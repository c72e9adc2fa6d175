namespace Coop.Node.Log;

/// <summary>Asks those who saw this node's checkpoints whether it remembers all that it signed.</summary>
public interface ISigningConfirmation
{
    /// <summary>
    /// Returns when nothing is known that speaks against signing. What others show goes to
    /// <see cref="NodeLog.CompareAsync"/>, which stops the log where it must.
    /// </summary>
    /// <param name="isInDoubt">Whether everybody who may know must have answered; else those who answer at once count.</param>
    /// <param name="ct">The node stops.</param>
    /// <exception cref="SigningUnconfirmedException">Somebody who must answer does not; try again later.</exception>
    Task ConfirmAsync(bool isInDoubt, CancellationToken ct);
}

namespace Coop.Node.Log;

/// <summary>It is not known what was signed last, and somebody who may know has not answered yet.</summary>
/// <param name="awaited">Who, as people know them.</param>
public sealed class SigningUnconfirmedException(IReadOnlyList<string> awaited) : Exception(
    "The record of what was signed last is missing, or was put back from a copy, so peers must say what they saw; "
    + $"no answer yet from {string.Join(", ", awaited)}.");

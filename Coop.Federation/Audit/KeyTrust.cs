namespace Coop.Federation.Audit;

/// <summary>Why an audit trusts the log's key.</summary>
public enum KeyTrust
{
    /// <summary>The node showed it, and nobody knew another.</summary>
    FirstUse,

    /// <summary>It is the one of the earlier audit.</summary>
    Remembered,

    /// <summary>The auditor brought it.</summary>
    Given,
}

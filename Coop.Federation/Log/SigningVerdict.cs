namespace Coop.Federation.Log;

/// <summary>Whether a log may sign.</summary>
public enum SigningVerdict
{
    Sign,

    /// <summary>Not before everybody who may know more has answered.</summary>
    Wait,

    /// <summary>A person has to decide: a signature would contradict an earlier one.</summary>
    Refuse,
}

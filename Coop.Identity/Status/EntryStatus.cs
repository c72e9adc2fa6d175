namespace Coop.Identity.Status;

/// <summary>What a status list says of one entry; the values are those of the Token Status List.</summary>
public enum EntryStatus
{
    /// <summary>Neither revoked nor suspended.</summary>
    Valid = 0,

    /// <summary>Revoked for good.</summary>
    Revoked = 1,

    /// <summary>Suspended for now.</summary>
    Suspended = 2,

    /// <summary>A value of another application's, which is not known here.</summary>
    Other = 3,
}

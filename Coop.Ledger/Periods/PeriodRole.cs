namespace Coop.Ledger.Periods;

/// <summary>In which role somebody asks for, or agrees to, the reopening of a closed period.</summary>
public enum PeriodRole
{
    Admin,
    Treasurer,
}

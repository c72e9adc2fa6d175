namespace Coop.Ledger.Journals;

/// <summary>The id of a journal, a UUIDv7.</summary>
public readonly record struct JournalId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

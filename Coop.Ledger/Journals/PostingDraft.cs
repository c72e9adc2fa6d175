using Coop.Ledger.Accounts;

namespace Coop.Ledger.Journals;

/// <summary>A posting as it is asked for; its unit is the account's.</summary>
public readonly record struct PostingDraft(AccountId Account, Amount Amount);

using Coop.Ledger.Accounts;

namespace Coop.Node.Features.Shares;

/// <summary>A member's place in a class: where its shares and its paid-in money are kept in the books.</summary>
/// <param name="MemberId">Who holds.</param>
/// <param name="Actor">The holder, as the log calls members.</param>
/// <param name="Shares">The account in the share unit.</param>
/// <param name="Capital">The account in the money unit.</param>
internal sealed record ShareHolding(Guid MemberId, string Actor, AccountId Shares, AccountId Capital);

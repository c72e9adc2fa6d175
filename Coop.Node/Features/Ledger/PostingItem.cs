using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Node.Idempotency;

namespace Coop.Node.Features.Ledger;

/// <summary>A journal that somebody asks to post, once.</summary>
/// <param name="Once">Its name and hash.</param>
/// <param name="Actor">Who asks, as the log calls them.</param>
/// <param name="BookedBy">Who asks.</param>
/// <param name="Authority">What they may post.</param>
/// <param name="Draft">What it says.</param>
/// <param name="Linked">Whether it stands or falls with the next item of its order.</param>
public sealed record PostingItem(
    IdempotentRequest Once, string Actor, MemberId BookedBy, Authority Authority, JournalDraft Draft, bool Linked = false);

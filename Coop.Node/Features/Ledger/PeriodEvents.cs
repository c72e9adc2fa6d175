using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Ledger.Journals;
using Coop.Ledger.Periods;
using Coop.Node.Log;

namespace Coop.Node.Features.Ledger;

/// <summary>The events of the closed period; specs/ledger.md lists their payloads.</summary>
internal static class PeriodEvents
{
    public static EventDraft Closed(string actor, Folio folio) => new(
        EventTypes.BooksClosed, actor, "books", Visibility.Members, Change(folio, null));

    public static EventDraft Reopened(string actor, Folio folio, Guid reopening) => new(
        EventTypes.BooksReopened, actor, "books", Visibility.Members, Change(folio, reopening));

    public static EventDraft ReopeningRequested(string actor, Reopening reopening) => new(
        EventTypes.ReopeningRequested, actor, "books", Visibility.Members,
        new JsonObject
        {
            ["reopeningId"] = reopening.Id.ToString(),
            ["openFrom"] = Date(reopening.OpenFrom),
            ["as"] = PeriodAccess.NameOf(reopening.RequestedAs),
            ["reason"] = reopening.Reason,
        });

    private static JsonObject Change(Folio folio, Guid? reopening) => new()
    {
        ["number"] = folio.FirstNumber.ToString(CultureInfo.InvariantCulture),
        ["openBefore"] = Date(folio.OpenBefore),
        ["openFrom"] = Date(folio.OpenFrom),
        ["reopeningId"] = reopening?.ToString(),
    };

    private static string Date(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}

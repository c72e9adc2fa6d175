using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Node.Features.Outbox;

/// <summary>Answers statements, byte for byte as they are kept.</summary>
internal static class StatementAnswers
{
    public static IResult Json(JsonObject statement) =>
        Results.Text(Encoding.UTF8.GetString(CanonicalJson.Serialize(statement)), "application/json", Encoding.UTF8);
}

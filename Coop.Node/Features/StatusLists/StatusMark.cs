namespace Coop.Node.Features.StatusLists;

/// <summary>An entry of a status list that is not simply valid.</summary>
internal readonly record struct StatusMark(int Index, bool IsRevoked, bool IsSuspended);

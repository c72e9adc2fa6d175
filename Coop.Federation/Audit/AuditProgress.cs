namespace Coop.Federation.Audit;

/// <summary>How far an audit is.</summary>
/// <param name="EntriesChecked">Entries checked so far.</param>
/// <param name="EntriesToCheck">Entries to check in all.</param>
public readonly record struct AuditProgress(long EntriesChecked, long EntriesToCheck);

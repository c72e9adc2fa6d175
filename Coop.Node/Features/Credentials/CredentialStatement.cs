using Coop.Node.Http;

namespace Coop.Node.Features.Credentials;

/// <summary>What somebody asks the co-op to attest of a member; checked in form, not yet against the facts.</summary>
/// <param name="Kind">What is to be attested.</param>
/// <param name="Role">For a role: which.</param>
/// <param name="Unit">For a share-holding: the ledger's unit of shares.</param>
/// <param name="Skill">For a skill: its name; up to 200 characters.</param>
/// <param name="Level">For a skill: <c>basic</c>, <c>proficient</c> or <c>expert</c>.</param>
/// <param name="Words">For a skill: the endorsement in words; up to 1,000 characters.</param>
public sealed record CredentialStatement(
    CredentialKind Kind, string? Role = null, string? Unit = null, string? Skill = null, string? Level = null,
    string? Words = null)
{
    private const int MaxSkillLength = 200;
    private const int MaxWordsLength = 1000;
    private const int MaxUnitLength = 16;

    private static readonly string[] Levels = ["basic", "proficient", "expert"];

    /// <summary>The role, the unit or the skill.</summary>
    public string Attests => Role ?? Unit ?? Skill ?? "";

    /// <summary>The facts are the node's own, so that a member may ask for it without an administrator.</summary>
    public bool IsOwnFact => Kind != CredentialKind.Skill;

    /// <exception cref="RefusalException">A field is missing, out of range, or does not belong to the kind.</exception>
    public static CredentialStatement Parse(
        CredentialKind kind, string? role, string? unit, string? skill, string? level, string? words) => new(
        kind,
        Only(kind == CredentialKind.Role, role, "role", v => Fields.OneOf(v, "role", Http.Roles.All)),
        Only(kind == CredentialKind.ShareHolding, unit, "unit", v => Fields.Text(v, "unit", 1, MaxUnitLength)),
        Only(kind == CredentialKind.Skill, skill, "skill", v => Fields.Text(v, "skill", 1, MaxSkillLength)),
        Only(kind == CredentialKind.Skill && level is not null, level, "level", v => Fields.OneOf(v, "level", Levels)),
        Only(
            kind == CredentialKind.Skill && words is not null, words, "words",
            v => Fields.Multiline(v, "words", 1, MaxWordsLength)));

    private static string? Only(bool belongs, string? value, string field, Func<string?, string> check) =>
        belongs ? check(value)
        : value is null ? null
        : throw Fields.Invalid(field, "does not belong to this type.");
}

using System.Text.RegularExpressions;

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>
/// The rules of the dialect: what PostgreSQL 16 and CockroachDB 20.2 both accept, and mean the same by.
/// Statements come normalized by <see cref="SqlText.Normalize"/>.
/// </summary>
internal static class DialectRules
{
    private const string Types = "text|bytea|uuid|boolean|bigint|numeric|timestamptz|date|jsonb";

    // One list for all statements, so that a function is looked up in both manuals once, by whoever
    // adds it here.
    private const string Functions =
        "count|sum|min|max|avg|bool_and|bool_or|array_agg|coalesce|nullif|greatest|least|abs|length"
        + "|octet_length|lower|upper|substr|now|clock_timestamp|unnest|array|any|all|exists|in|values"
        + "|row_number|rank|lag|lead|first_value|last_value|over|filter|cast|version|jsonb_build_object"
        + "|array_length|cardinality|check|unique|key|references|set|as|numeric";

    /// <summary>Every rule but those on whole statements, which <see cref="Judge"/> adds.</summary>
    public static readonly IReadOnlyList<DialectRule> All =
    [
        new("sequence", "CockroachDB's are slow and gap; log positions come from the sequencer", @"\bcreate (temp |temporary )?sequence\b|\b(nextval|currval|setval|lastval)\b|\balter sequence\b"),
        new("identity column", "ids are UUIDv7", @"\bgenerated (always|by default)\b|\b(big|small)?serial[248]?\b"),
        new("listen and notify", "CockroachDB has none", @"^(un)?listen\b|^notify\b|\bpg_notify\b"),
        new("advisory lock", "CockroachDB's stub always says yes", @"advisory"),
        new("trigger", "CockroachDB 20.2 has none", @"\btrigger\b"),
        new("stored code", "CockroachDB 20.2 has none", @"\bcreate (or replace )?(function|procedure|aggregate|rule|operator)\b|^call\b"),
        new("do block", "CockroachDB 20.2 has none", @"^do\b|\$[a-z_]*\$"),
        new("user-defined type", "an enum cannot be changed everywhere; use CHECK (… IN …)", @"\bcreate (type|domain)\b|\benum\b"),
        new("skip locked", "CockroachDB 20.2 does not skip", @"\bskip locked\b|\bnowait\b"),
        new("weaker row lock", "takes no lock on CockroachDB", @"\bfor (share|key share|no key update)\b"),
        new("deferrable constraint", "CockroachDB has none", @"\bdeferrable\b|\binitially (deferred|immediate)\b|\bset constraints\b"),
        new("expression index", "CockroachDB 20.2 indexes columns only", @"\bcreate (unique )?index [^(]*\([^)]*\("),
        new("index method", "the engines have different ones", @"\bcreate (unique )?index .*\busing (btree|hash|gin|gist|brin|spgist)\b|\bconcurrently\b|\bnulls not distinct\b"),
        new("exclusion constraint", "CockroachDB has none", @"\bexclude (using|\()"),
        new("delete using", "CockroachDB 20.2 has none", @"\bdelete from [^;]*\busing\b"),
        new("conflict by constraint name", "CockroachDB 20.2 wants the columns", @"\bon conflict on constraint\b"),
        new("conflict without columns", "say which constraint may be hit; others must fail", @"\bon conflict do\b"),
        new("conflict on a partial index", "CockroachDB 20.2 does not infer partial indexes", @"\bon conflict \([^)]*\) where\b"),
        new("merge", "CockroachDB has none", @"^merge\b|\bmerge into\b"),
        new("session setting", "pooled connections are never reset", @"^set\b|^reset\b|\bset local\b|\bset_config\b|\bcurrent_setting\b|^discard\b"),
        new("column type change", "CockroachDB 20.2 refuses it", @"\balter (column )?\w+ (set data )?type\b"),
        new("binary or csv copy", "CockroachDB reads text only", @"^copy\b.*\b(binary|csv)\b"),
        new("sha256()", "has another result type on CockroachDB; hash in the program", @"\b(sha224|sha256|sha384|sha512|digest|md5)\s*\("),
        new("to_timestamp()", "CockroachDB 20.2 has none", @"\bto_(timestamp|char|date|number)\s*\("),
        new("division", "of integers gives a fraction on CockroachDB", @"/|\bdiv\s*\("),
        new("narrow integer", "is 64 bits on CockroachDB and 32 on PostgreSQL; write bigint", @"\b(int|integer|int2|int4|int8|smallint)\b"),
        new("other text type", "write text with a CHECK", @"\b(var)?char\b|\bcharacter\b|\bcitext\b|\bbpchar\b|\bname\[\]"),
        new("floating point", "amounts are integers", @"\breal\b|\bfloat[48]?\b|\bdouble precision\b|\bmoney\b(?!')"),
        new("time without zone", "times are timestamptz", @"\btimestamp\b|\btime (with|without)\b|\btimetz\b|\blocaltime(stamp)?\b|\bcurrent_(date|time|timestamp)\b"),
        new("plain json", "write jsonb", @"\bjson\b|\b(row_to|to|array_to)_json\b|\bjson_\w+"),
        new("cast", "to a type outside of the dialect", $@"::\s*(?!({Types})\b)\w|\bcast\s*\([^)]* as (?!({Types})\b)\w"),
        new("system catalogue", "the engines' differ", @"\bpg_\w+|\binformation_schema\b|\bcrdb_internal\w*|\b(xmin|xmax|ctid|tableoid|oid)\b|\btxid_\w+|\bregclass\b"),
        new("database clock or chance as data", "ids and times come from the program", @"\bgen_random_uuid\b|\buuid_generate\w*|\brandom\s*\(|\bstatement_timestamp\b|\btransaction_timestamp\b|\bcluster_logical_timestamp\b"),
        new("series", "int4 on one engine, bigint on the other; pass an array", @"\bgenerate_series\b"),
        new("temporary table", "experimental on CockroachDB", @"\bcreate (temp|temporary|unlogged)\b|\bunlogged\b"),
        new("table inheritance or partitions", "the engines' differ", @"\binherits\b|\bpartition (by (range|list|hash)|of)\b|\btablespace\b"),
        new("computed column", "the engines' syntax differs", @"\bstored\b|\bvirtual\b"),
        new("nulls first or last", "CockroachDB 20.2 has none", @"\bnulls (first|last)\b"),
        new("collation", "each engine has its own", @"\bcollate\b"),
        new("grouping sets", "CockroachDB has none", @"\bgrouping sets\b|\b(rollup|cube)\s*\(|\bwithin group\b|\btablesample\b"),
        new("star", "name the columns: a later migration adds some", @"\bselect (distinct )?\*|\w\.\*|\breturning \*|, \*"),
        new("subquery in returning", "CockroachDB returns no row", @"\breturning\b.*\(\s*select\b"),
        new("named parameter", "parameters are positional", @"@\w|(?<!:):[a-z_]"),
        new("lock table", "CockroachDB has none", @"^lock\b"),
        new("unknown function", "look it up in both manuals, then add it to the list in DialectRules", $@"(?<![\w.])(?!({Functions})\()[a-z_]\w*\("),
    ];

    private static readonly Regex Verb = new(@"^[a-z]+", RegexOptions.CultureInvariant);

    private static readonly HashSet<string> StatementVerbs = new(StringComparer.Ordinal)
    {
        "select", "insert", "update", "delete", "with", "copy", "commit", "savepoint", "release", "rollback",
    };

    private static readonly Regex IdempotentDdl = new(
        @"^(create table if not exists|create (unique )?index if not exists|drop (table|index) if exists"
        + @"|alter table( if exists)? \w+ add column if not exists|alter table( if exists)? \w+ drop column if exists"
        + @"|alter table( if exists)? \w+ alter column \w+ (set|drop) (not null|default)) ",
        RegexOptions.CultureInvariant);

    private static readonly Regex CreateTable = new(
        @"^create table if not exists \w+ \((?<columns>.*)\)$", RegexOptions.CultureInvariant);

    private static readonly Regex ColumnOrConstraint = new(
        $@"^(constraint \w+ )?(primary key|unique|check|foreign key)\b|^\w+ ({Types})(\[\])?(\(\d+(, ?\d+)?\))?( |$)",
        RegexOptions.CultureInvariant);

    /// <summary>The names of the rules that a statement of the program breaks.</summary>
    public static IReadOnlyList<string> Judge(string sql)
    {
        var normalized = SqlText.Normalize(sql);
        var broken = All.Where(rule => rule.IsBrokenBy(normalized)).Select(rule => rule.Name).ToList();
        if (!StatementVerbs.Contains(Verb.Match(normalized).Value) && !IsDdl(normalized))
        {
            broken.Add("verb");
        }

        if (normalized.Contains(';', StringComparison.Ordinal))
        {
            broken.Add("several statements");
        }

        if (IsDdl(normalized) && !IdempotentDdl.IsMatch(normalized + ' '))
        {
            broken.Add("schema change that cannot run twice");
        }

        broken.AddRange(OtherColumnTypes(normalized));
        return broken;
    }

    /// <summary>The names of the rules that a migration file breaks; a last semicolon is welcome.</summary>
    public static IReadOnlyList<string> JudgeMigration(string sql)
    {
        var normalized = SqlText.Normalize(sql).TrimEnd(';', ' ');
        return IsDdl(normalized) ? Judge(normalized) : [.. Judge(normalized), "data in a migration"];
    }

    private static bool IsDdl(string normalized) =>
        Verb.Match(normalized).Value is "create" or "alter" or "drop";

    private static IEnumerable<string> OtherColumnTypes(string normalized)
    {
        var table = CreateTable.Match(normalized);
        return table.Success && !SplitAtTopLevel(table.Groups["columns"].Value).All(part => ColumnOrConstraint.IsMatch(part))
            ? ["column type"]
            : [];
    }

    private static List<string> SplitAtTopLevel(string columns)
    {
        List<string> parts = [];
        var (depth, start) = (0, 0);
        for (var i = 0; i < columns.Length; i++)
        {
            depth += columns[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (columns[i] == ',' && depth == 0)
            {
                parts.Add(columns[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(columns[start..].Trim());
        return parts;
    }
}

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>The dialect's rules catch what they forbid, and leave alone what the design allows.</summary>
public sealed class DialectRuleTests
{
    public static TheoryData<string, string> Forbidden => new()
    {
        { "sequence", "CREATE SEQUENCE numbers" },
        { "sequence", "SELECT nextval('numbers')" },
        { "identity column", "CREATE TABLE IF NOT EXISTS a (id bigint GENERATED ALWAYS AS IDENTITY)" },
        { "identity column", "CREATE TABLE IF NOT EXISTS a (id bigserial PRIMARY KEY)" },
        { "listen and notify", "LISTEN news" },
        { "listen and notify", "SELECT pg_notify('news', $1)" },
        { "advisory lock", "SELECT pg_advisory_xact_lock(1)" },
        { "trigger", "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f()" },
        { "stored code", "CREATE OR REPLACE FUNCTION f() RETURNS bigint AS 'select 1' LANGUAGE sql" },
        { "do block", "DO $$ BEGIN END $$" },
        { "user-defined type", "CREATE TYPE mood AS ENUM ('sad', 'ok')" },
        { "skip locked", "SELECT id FROM a FOR UPDATE SKIP LOCKED" },
        { "weaker row lock", "SELECT id FROM a FOR SHARE" },
        { "deferrable constraint", "CREATE TABLE IF NOT EXISTS a (id uuid REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED)" },
        { "expression index", "CREATE INDEX IF NOT EXISTS i ON a (lower(name))" },
        { "expression index", "CREATE UNIQUE INDEX IF NOT EXISTS i ON a ((b || c))" },
        { "index method", "CREATE INDEX IF NOT EXISTS i ON a USING gin (b)" },
        { "exclusion constraint", "CREATE TABLE IF NOT EXISTS a (b bigint, EXCLUDE USING gist (b WITH =))" },
        { "delete using", "DELETE FROM a USING b WHERE a.id = b.id" },
        { "conflict by constraint name", "INSERT INTO a (id) VALUES ($1) ON CONFLICT ON CONSTRAINT a_key DO NOTHING" },
        { "conflict without columns", "INSERT INTO a (id) VALUES ($1) ON CONFLICT DO NOTHING" },
        { "conflict on a partial index", "INSERT INTO a (id) VALUES ($1) ON CONFLICT (id) WHERE b DO NOTHING" },
        { "merge", "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE" },
        { "session setting", "SET LOCAL statement_timeout = 5" },
        { "session setting", "SELECT current_setting('timezone')" },
        { "column type change", "ALTER TABLE a ALTER COLUMN b TYPE text" },
        { "column type change", "ALTER TABLE a ALTER b SET DATA TYPE text" },
        { "binary or csv copy", "COPY a (id) FROM STDIN (FORMAT BINARY)" },
        { "binary or csv copy", "COPY a (id) FROM STDIN WITH CSV" },
        { "sha256()", "SELECT sha256(entry) FROM a" },
        { "to_timestamp()", "SELECT to_timestamp ($1)" },
        { "division", "SELECT a / 2 FROM b" },
        { "narrow integer", "CREATE TABLE IF NOT EXISTS a (b integer NOT NULL)" },
        { "narrow integer", "SELECT count(*)::int FROM a" },
        { "other text type", "CREATE TABLE IF NOT EXISTS a (b varchar(20))" },
        { "floating point", "CREATE TABLE IF NOT EXISTS a (b double precision)" },
        { "time without zone", "CREATE TABLE IF NOT EXISTS a (b timestamp)" },
        { "time without zone", "SELECT current_date" },
        { "plain json", "CREATE TABLE IF NOT EXISTS a (b json)" },
        { "cast", "SELECT a::interval FROM b" },
        { "cast", "SELECT CAST(a AS varbit) FROM b" },
        { "system catalogue", "SELECT relname FROM pg_class" },
        { "system catalogue", "SELECT table_name FROM information_schema.tables" },
        { "system catalogue", "SELECT id FROM a ORDER BY crdb_internal_mvcc_timestamp" },
        { "system catalogue", "SELECT id FROM a ORDER BY age(xmin)" },
        { "database clock or chance as data", "INSERT INTO a (id) VALUES (gen_random_uuid())" },
        { "series", "SELECT n FROM generate_series(1, 9) AS s (n)" },
        { "temporary table", "CREATE TEMP TABLE a (id uuid)" },
        { "table inheritance or partitions", "CREATE TABLE IF NOT EXISTS a (id uuid) PARTITION BY HASH (id)" },
        { "computed column", "CREATE TABLE IF NOT EXISTS a (b bigint, c bigint AS (b + 1) STORED)" },
        { "nulls first or last", "SELECT id FROM a ORDER BY b NULLS LAST" },
        { "collation", "SELECT id FROM a ORDER BY name COLLATE \"C\"" },
        { "grouping sets", "SELECT count(*) FROM a GROUP BY ROLLUP (b)" },
        { "star", "SELECT * FROM a" },
        { "star", "SELECT a.* FROM a" },
        { "star", "DELETE FROM a RETURNING *" },
        { "subquery in returning", "DELETE FROM a RETURNING (SELECT 1)" },
        { "named parameter", "SELECT id FROM a WHERE id = @id" },
        { "named parameter", "SELECT id FROM a WHERE id = :id" },
        { "lock table", "LOCK TABLE a" },
        { "unknown function", "SELECT soundex(name) FROM a" },
        { "verb", "TRUNCATE a" },
        { "verb", "VACUUM a" },
        { "several statements", "DELETE FROM a; DELETE FROM b" },
        { "schema change that cannot run twice", "CREATE TABLE a (id uuid)" },
        { "schema change that cannot run twice", "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0)" },
        { "schema change that cannot run twice", "CREATE VIEW a AS SELECT id FROM b" },
        { "column type", "CREATE TABLE IF NOT EXISTS a (id uuid, place point)" },
    };

    public static TheoryData<string> Allowed =>
    [
        "INSERT INTO a (id, b) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET b = excluded.b WHERE a.b <> excluded.b RETURNING id",
        "SELECT id, count(*) FROM a WHERE id = ANY($1) AND b > $2 GROUP BY id ORDER BY id DESC LIMIT $3",
        "WITH page AS (SELECT id FROM a ORDER BY id LIMIT $1) SELECT a.id FROM page JOIN a ON a.id = page.id",
        "SELECT id, row_number() OVER (PARTITION BY b ORDER BY c) FROM a FOR UPDATE",
        "SELECT unnest($1::uuid[]), unnest($2::bigint[])",
        "UPDATE a SET ends_at = now() + $1, total = total + 1 WHERE id = $2",
        "SELECT id FROM a WHERE note = 'SELECT * FROM pg_class; -- 1/2' AND b IS NOT NULL",
        "COPY a (id, b) FROM STDIN",
        "SAVEPOINT before_b",
        "COMMIT",
        "CREATE TABLE IF NOT EXISTS a (id uuid NOT NULL PRIMARY KEY, b numeric(20, 0), c text CHECK (c IN ('x', 'y')), d boolean DEFAULT false, UNIQUE (b, c))",
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON a (b, c DESC) WHERE d AND c <> ''",
        "ALTER TABLE a ADD COLUMN IF NOT EXISTS e bytea",
        "DROP INDEX IF EXISTS i",
    ];

    public static TheoryData<string, bool> Texts => new()
    {
        { "SELECT 1", true },
        { "  -- why\n  SELECT 1", true },
        { "select id from members", true },
        { "insert into a (id) values ($1)", true },
        { "with x as (select 1) select 1", true },
        { "Select a proposal from the list", true },
        { "Update your vote", false },
        { "Show the members", false },
        { "Delete the file", false },
        { "Cast or change your vote", false },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Catches(string rule, string statement) => Assert.Contains(rule, DialectRules.Judge(statement));

    [Theory]
    [MemberData(nameof(Allowed))]
    public void LeavesAlone(string statement) => Assert.Empty(DialectRules.Judge(statement));

    [Fact]
    public void EveryRuleIsTried() =>
        Assert.Empty(DialectRules.All.Select(r => r.Name).Except(Forbidden.Select(row => row.Data.Item1)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void KnowsAStatementWhenItSeesOne(string text, bool isStatement) =>
        Assert.Equal(isStatement, SqlText.IsStatement(text));

    [Theory]
    [InlineData("INSERT INTO a (id) VALUES ('x');")]
    [InlineData("CREATE TABLE IF NOT EXISTS a (id uuid); CREATE TABLE IF NOT EXISTS b (id uuid);")]
    [InlineData("CREATE TABLE a (id uuid);")]
    public void RefusesAMigration(string sql) => Assert.NotEmpty(DialectRules.JudgeMigration(sql));

    [Fact]
    public void AcceptsAMigration() => Assert.Empty(DialectRules.JudgeMigration(
        "-- Why it is.\nCREATE TABLE IF NOT EXISTS a (\n  id uuid NOT NULL PRIMARY KEY\n);\n"));
}

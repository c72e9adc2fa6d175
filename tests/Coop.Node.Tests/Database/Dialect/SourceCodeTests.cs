namespace Coop.Node.Tests.Database.Dialect;

/// <summary>The reader of the code finds statements in every form that C# has for them.</summary>
public sealed class SourceCodeTests
{
    private const string Sample = """"
        using Npgsql;
        class Sample
        {
            private static string Choose(bool one) => one ? Joined : Raw;

            private const string Columns = "id, name";
            private const string Joined = "SELECT " + Columns + " FROM members";
            private const string Interpolated = $"SELECT {Columns} FROM invitations";
            private const string Raw = """
                SELECT 1
                """;

            void Good(NpgsqlConnection connection, bool one)
            {
                const string Local = "DELETE FROM a";
                var chosen = one ? Joined : Raw;
                _ = new NpgsqlCommand(chosen, connection);
                _ = new NpgsqlBatchCommand(one switch { true => Local, _ => Raw });
                Run(Interpolated);
                Run(Choose(one));
            }

            void Run(string sql) => _ = new NpgsqlCommand { CommandText = sql };

            void Bad(NpgsqlDataSource source, NpgsqlConnection connection, string table)
            {
                Run($"DELETE FROM {table}");
                Run("DELETE FROM " + table);
                var built = string.Concat("DELETE", table);
                _ = new NpgsqlCommand(built, connection);
                connection.BeginTransaction();
                source.OpenConnection();
                _ = new NpgsqlConnection("Host=here");
                using (source.CreateCommand("SELECT 2")) { }
            }
        }
        """";

    private static readonly SourceCode Code = SourceCode.Read([("sample.cs", Sample)]);

    [Fact]
    public void FindsConstantsWhole()
    {
        var statements = Code.Constants().Select(f => f.Text).Where(SqlText.IsStatement);
        Assert.Equal(
            [
                "DELETE", "DELETE FROM ", "DELETE FROM a", "SELECT 1", "SELECT 2", "SELECT id, name FROM invitations",
                "SELECT id, name FROM members",
            ],
            statements.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FindsTextsThatArePutTogether() => Assert.Equal(
        ["DELETE FROM …", "DELETE FROM …"],
        Code.BuiltTexts().Select(f => f.Text));

    [Fact]
    public void FindsStatementsThatAreNotConstant() => Assert.Equal(
        ["$\"DELETE FROM {table}\"", "\"DELETE FROM \" + table", "built"],
        Code.StatementsThatAreNotConstant().Select(f => f.Text));

    [Fact]
    public void FindsOpenings() => Assert.Equal(
        [
            "NpgsqlConnection.BeginTransaction", "NpgsqlDataSource.OpenConnection", "new NpgsqlConnection",
            "NpgsqlDataSource.CreateCommand",
        ],
        Code.Openings().Select(f => f.Text));
}

using System.Text;

namespace Coop.Federation.Log;

/// <summary>Writes the VALUES list of an INSERT of several rows, with positional parameters.</summary>
internal static class ValuesList
{
    /// <summary>E.g. <c>… VALUES ($1, $2), ($3, $4)</c>.</summary>
    public static string Append(string insert, int rows, int columns)
    {
        var sql = new StringBuilder(insert);
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns; column++)
            {
                sql.Append(column == 0 ? "$" : ", $").Append((row * columns) + column + 1);
            }

            sql.Append(')');
        }

        return sql.ToString();
    }
}

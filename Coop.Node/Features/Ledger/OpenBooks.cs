using System.Runtime.CompilerServices;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// The books as one write sees them. Whoever posts in that write posts on the same, and all that was posted
/// is saved together, as one folio, at its end.
/// </summary>
internal sealed class OpenBooks
{
    private static readonly ConditionalWeakTable<WriteScope, OpenBooks> OfScopes = [];

    private readonly WriteScope _scope;
    private Books? _books;

    private OpenBooks(WriteScope scope)
    {
        _scope = scope;
        scope.SaveFirst(() => _books is null ? [] : BooksStore.Save(_books, scope.Now));
    }

    public static OpenBooks Of(WriteScope scope) => OfScopes.GetValue(scope, s => new OpenBooks(s));

    /// <summary>The books with those of the accounts that exist.</summary>
    public async Task<Books> LoadAsync(IEnumerable<AccountId> accounts, CancellationToken ct)
    {
        if (_books is null)
        {
            return _books = await BooksStore.LoadAsync(_scope.Transaction, accounts, ct);
        }

        await BooksStore.AddAsync(_scope.Transaction, _books, accounts, ct);
        return _books;
    }

    /// <summary>Takes books that the write loaded together with something else.</summary>
    public Books Use(Books books) => _books is null
        ? _books = books
        : throw new InvalidOperationException("This write has its books already.");
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coop.Node.Tests.Database.Dialect;

/// <summary>The program's own C#, compiled far enough to know its constants and what calls what.</summary>
internal sealed class SourceCode
{
    private const string ImplicitUsings = """
        global using System; global using System.IO; global using System.Linq;
        global using System.Collections.Generic; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string[] Projects = ["Coop.Identity", "Coop.Federation", "Coop.Ledger", "Coop.Node"];

    private static readonly string[] NotSource = ["bin", "obj", "node_modules", "web"];

    private readonly SemanticModel[] _models;

    private SourceCode(CSharpCompilation compilation) =>
        _models = [.. compilation.SyntaxTrees.Select(tree => compilation.GetSemanticModel(tree))];

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>All of the product; test code may use what only PostgreSQL has.</summary>
    public static SourceCode OfTheProduct { get; } = Read(
        Projects.SelectMany(project => Files(Path.Combine(RepositoryRoot, project)))
            .Select(file => (Path.GetRelativePath(RepositoryRoot, file), File.ReadAllText(file))));

    /// <param name="files">Name and text of each.</param>
    public static SourceCode Read(IEnumerable<(string Name, string Text)> files)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Projects.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var trees = files.Append(("usings", ImplicitUsings))
            .Select(file => CSharpSyntaxTree.ParseText(file.Item2, options, file.Item1));
        return new(CSharpCompilation.Create(
            "product", trees, platform, new CSharpCompilationOptions(OutputKind.ConsoleApplication)));
    }

    /// <summary>
    /// Every constant text once, where it is written: the whole, and not the constants that it is made
    /// of. Parts of a text that is put together while running are there too.
    /// </summary>
    public IEnumerable<Finding> Constants()
    {
        var parts = Parts();
        return Visit((node, model) =>
            node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax
                && TextOf((ExpressionSyntax)node, model) is { } text
                && !IsOperand(node, model)
                && !(node.Parent?.Parent is VariableDeclaratorSyntax declared
                    && parts.Contains(model.GetDeclaredSymbol(declared)!))
                ? text
                : null);
    }

    /// <summary>Texts that are put together while running and have a constant part.</summary>
    public IEnumerable<Finding> BuiltTexts() => Visit((node, model) => node switch
    {
        InterpolatedStringExpressionSyntax i when TextOf(i, model) is null => string.Concat(i.Contents.Select(
            part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "…")),
        BinaryExpressionSyntax b when b.IsKind(SyntaxKind.AddExpression) && TextOf(b, model) is null
            && node.Parent is not BinaryExpressionSyntax => string.Concat(Operands(b).Select(o => TextOf(o, model) ?? "…")),
        _ => null,
    });

    /// <summary>
    /// What is given to the driver as a statement, or to a parameter of ours named <c>sql</c>, and is
    /// neither a constant, nor a choice among constants, nor such a parameter itself.
    /// </summary>
    public IEnumerable<Finding> StatementsThatAreNotConstant() => Visit((node, model) =>
        StatementGiven(node, model) is { } given && !IsChoiceOfConstants(given, model) ? given.ToString() : null);

    /// <summary>Every member of the driver that opens a connection or begins a transaction, where it is used.</summary>
    public IEnumerable<Finding> Openings() => Visit((node, model) => node switch
    {
        InvocationExpressionSyntax call when model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && IsDrivers(method.ContainingType) && Opens(method.Name) => $"{method.ContainingType.Name}.{method.Name}",
        BaseObjectCreationExpressionSyntax made when model.GetTypeInfo(made).Type is { Name: "NpgsqlConnection" } => "new NpgsqlConnection",
        _ => null,
    });

    /// <summary>The constants that other constants are made of.</summary>
    private HashSet<ISymbol> Parts() => new(
        Nodes().Where(n => n.Node is IdentifierNameSyntax && IsOperand(n.Node, n.Model))
            .Select(n => n.Model.GetSymbolInfo(n.Node).Symbol).OfType<ISymbol>(),
        SymbolEqualityComparer.Default);

    private static bool IsOperand(SyntaxNode node, SemanticModel model) => node.Parent switch
    {
        ExpressionSyntax parent => TextOf(parent, model) is not null,
        InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax whole } => TextOf(whole, model) is not null,
        _ => false,
    };

    private static bool Opens(string method) =>
        method.StartsWith("OpenConnection", StringComparison.Ordinal)
        || method.StartsWith("CreateConnection", StringComparison.Ordinal)
        || method.StartsWith("BeginTransaction", StringComparison.Ordinal)
        || method is "CreateCommand" or "CreateBatch" or "Create" or "Build" or "BuildMultiHost";

    private static bool IsDrivers(INamedTypeSymbol type) =>
        type.Name is "NpgsqlDataSource" or "NpgsqlDataSourceBuilder" or "DbDataSource" or "DbConnection"
        || (type.Name == "NpgsqlConnection");

    private static ExpressionSyntax? StatementGiven(SyntaxNode node, SemanticModel model) => node switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "CommandText" } } a => a.Right,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "CommandText" } } a => a.Right,
        ArgumentSyntax argument when ParameterOf(argument, model) is { } parameter && TakesStatement(parameter) => argument.Expression,
        _ => null,
    };

    private static bool TakesStatement(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_String
        && (parameter.Name == "sql"
            || (parameter.Name is "cmdText" or "commandText" && parameter.ContainingNamespace.ToString() == "Npgsql"));

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, SemanticModel model)
    {
        if (argument.Parent is not BaseArgumentListSyntax { Parent: { } call } list
            || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        if (argument.NameColon is { } name)
        {
            return method.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.Text);
        }

        var index = list.Arguments.IndexOf(argument);
        return index < method.Parameters.Length ? method.Parameters[index] : null;
    }

    private static bool IsChoiceOfConstants(ExpressionSyntax expression, SemanticModel model) =>
        TextOf(expression, model) is not null || expression switch
        {
            ParenthesizedExpressionSyntax p => IsChoiceOfConstants(p.Expression, model),
            ConditionalExpressionSyntax c => IsChoiceOfConstants(c.WhenTrue, model) && IsChoiceOfConstants(c.WhenFalse, model),
            SwitchExpressionSyntax s => s.Arms.All(arm => arm.Expression is ThrowExpressionSyntax || IsChoiceOfConstants(arm.Expression, model)),
            InvocationExpressionSyntax call => model.GetSymbolInfo(call).Symbol?.DeclaringSyntaxReferences
                .Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().SingleOrDefault()
                ?.ExpressionBody?.Expression is { } body
                && body.SyntaxTree == call.SyntaxTree && IsChoiceOfConstants(body, model),
            IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
            {
                IParameterSymbol parameter => TakesStatement(parameter),
                ILocalSymbol local => local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
                    && IsChoiceOfConstants(value, model),
                _ => false,
            },
            _ => false,
        };

    private static string? TextOf(ExpressionSyntax expression, SemanticModel model) =>
        model.GetConstantValue(expression) is { HasValue: true, Value: string text } ? text : null;

    private static IEnumerable<ExpressionSyntax> Operands(BinaryExpressionSyntax sum) =>
        (sum.Left is BinaryExpressionSyntax left && left.IsKind(SyntaxKind.AddExpression) ? Operands(left) : [sum.Left])
            .Append(sum.Right);

    private static IEnumerable<string> Files(string project) => Directory
        .EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(NotSource.Contains));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Coop.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }

    private IEnumerable<Finding> Visit(Func<SyntaxNode, SemanticModel, string?> find)
    {
        foreach (var (node, model) in Nodes())
        {
            if (find(node, model) is { } text)
            {
                var line = node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                yield return new(node.SyntaxTree.FilePath, line, text);
            }
        }
    }

    private IEnumerable<(SyntaxNode Node, SemanticModel Model)> Nodes() =>
        from model in _models
        from node in model.SyntaxTree.GetRoot().DescendantNodes()
        select (node, model);

    /// <param name="File">Relative to the repository.</param>
    /// <param name="Line">From 1.</param>
    /// <param name="Text">What was found.</param>
    internal sealed record Finding(string File, int Line, string Text)
    {
        public override string ToString() => $"{File}:{Line}: {Text}";
    }
}

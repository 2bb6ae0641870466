using System.Text.RegularExpressions;

namespace Tracing.Analysis.Catalog;

/// <summary>Makes a view or macro of a query file.</summary>
internal static partial class ViewReader
{
    private static readonly Dictionary<string, bool> yesOrNo = new(StringComparer.Ordinal) { ["yes"] = true, ["no"] = false };

    public static View Read(QueryFile file)
    {
        var isMacro = file.Find("macro") is not null;
        var key = isMacro ? "macro" : "view";
        var name = file.Require(key);
        if (!Name().IsMatch(name)) throw new CatalogException(file.Path, file.LineOf(key), $"'{name}' is no name in snake case");
        if (!isMacro && Path.GetFileNameWithoutExtension(file.Path) != name)
            throw new CatalogException(file.Path, file.LineOf(key), $"the view '{name}' and the file's name differ: expected {name}.sql");
        if (isMacro && !MacroStatement().IsMatch(file.Body))
            throw new CatalogException(file.Path, file.BodyLine, "a macro's statement begins with 'create macro' or 'create temporary macro'");
        return new View
        {
            Name = name,
            IsMacro = isMacro,
            IsMaterialized = file.Find("materialize") is not null && file.Choose("materialize", yesOrNo),
            Uses = file.List("uses"),
            Columns = [.. file.Header.Where(line => line.Key is not ("view" or "macro" or "materialize" or "uses"))
                .Select(line => KeyValuePair.Create(line.Key, line.Value))],
            Body = file.Body,
            File = file.Path,
            IsOutside = file.IsOutside,
        };
    }

    [GeneratedRegex("^_?[a-z][a-z0-9_]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^create\s+(or\s+replace\s+)?(temp(orary)?\s+)?(macro|function)\s", RegexOptions.IgnoreCase)]
    private static partial Regex MacroStatement();
}

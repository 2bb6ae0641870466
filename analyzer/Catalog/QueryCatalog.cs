using Tracing.Schemas;

namespace Tracing.Analysis.Catalog;

/// <summary>
/// Every rule, view, profile and preamble there is. Nothing registers itself: what a file is follows from its folder
/// (<c>profiles</c>, <c>givens</c>, <c>investigations</c>) or else from its first key (<c>id</c>, <c>view</c>, <c>macro</c>).
/// </summary>
public sealed class QueryCatalog
{
    private readonly Dictionary<string, View> views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Rule> rules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Profile> profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QuerySource> givens = new(StringComparer.Ordinal);

    private QueryCatalog()
    {
    }

    /// <summary>All rules, ordered by area and id.</summary>
    public IReadOnlyList<Rule> Rules { get; private set; } = [];

    /// <summary>All profiles, ordered by name.</summary>
    public IEnumerable<Profile> Profiles => profiles.Values.OrderBy(profile => profile.Name, StringComparer.Ordinal);

    internal IEnumerable<View> Views => views.Values;

    internal IEnumerable<string> Givens => givens.Keys;

    /// <summary>What this program carries, and what lies in the folders of <paramref name="outside"/>.</summary>
    /// <exception cref="CatalogException">A file is not what it must be.</exception>
    public static QueryCatalog Load(IEnumerable<string>? outside = null)
        => Of(QuerySource.Embedded().Concat((outside ?? []).SelectMany(path => QuerySource.Under(path, isOutside: true))));

    /// <summary>A folder in place of what this program carries: for authors of queries, who trust their own text.</summary>
    /// <exception cref="CatalogException">A file is not what it must be.</exception>
    public static QueryCatalog LoadFolder(string folder) => Of(QuerySource.Under(folder, isOutside: false));

    internal static QueryCatalog Of(IEnumerable<QuerySource> sources)
    {
        var catalog = new QueryCatalog();
        foreach (var source in sources) catalog.Add(source);
        catalog.Rules = [.. catalog.rules.Values.OrderBy(rule => rule.IsOutside).ThenBy(rule => rule.Area, StringComparer.Ordinal)
            .ThenBy(rule => rule.Id, NaturalOrder.Instance)];
        foreach (var view in catalog.views.Values) catalog.CheckUses(view.File, view.Uses, view.IsOutside);
        foreach (var rule in catalog.rules.Values) catalog.CheckUses(rule.File, rule.Uses, rule.IsOutside);
        catalog.ViewsFor(catalog.views.Keys);
        return catalog;
    }

    /// <summary>The profile of that name, or null.</summary>
    public Profile? FindProfile(string name) => profiles.GetValueOrDefault(name);

    /// <summary>The rule of that id in any case, or null.</summary>
    public Rule? FindRule(string id) => rules.GetValueOrDefault(id);

    internal View? FindView(string name) => views.GetValueOrDefault(name);

    /// <summary>The events of a preamble.</summary>
    /// <exception cref="CatalogException">There is none of that name, or a line is no event.</exception>
    internal IReadOnlyList<EventRow> Given(string name)
    {
        if (!givens.TryGetValue(name, out var source))
            throw new CatalogException($"there is no preamble '{name}'; known are {string.Join(", ", givens.Keys.Order(StringComparer.Ordinal))}");
        var rows = new List<EventRow>();
        var lines = source.Text.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (EventText.IsBlankOrComment(lines[index])) continue;
            if (!EventText.TryParse(lines[index], out var row, out var reason)) throw new CatalogException(source.Path, index + 1, reason!);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The named views and macros with all that they build on, each behind what it uses.</summary>
    internal IReadOnlyList<View> ViewsFor(IEnumerable<string> names)
    {
        var ordered = new List<View>();
        var states = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in names.Order(StringComparer.Ordinal)) Visit(name, []);
        return ordered;

        void Visit(string name, IReadOnlyList<string> path)
        {
            if (states.TryGetValue(name, out var isDone))
            {
                if (isDone) return;
                throw new CatalogException(views[name].File, 0, $"views use one another in a circle: {string.Join(" -> ", path.SkipWhile(step => step != name))} -> {name}");
            }

            states[name] = false;
            foreach (var used in views[name].Uses) Visit(used, [.. path, name]);
            states[name] = true;
            ordered.Add(views[name]);
        }
    }

    private void Add(QuerySource source)
    {
        var folders = source.Path.Split('/');
        if (folders.Contains("investigations", StringComparer.Ordinal)) return;
        if (folders.Contains("profiles", StringComparer.Ordinal))
        {
            var profile = Profile.Read(source.Path, source.Text);
            AddTo(profiles, profile.Name, profile, source.Path, "profile");
        }
        else if (folders.Contains("givens", StringComparer.Ordinal))
        {
            AddTo(givens, Path.GetFileNameWithoutExtension(source.Path), source, source.Path, "preamble");
        }
        else if (Path.GetExtension(source.Path) == ".sql")
        {
            AddStatement(QueryFileParser.Parse(source.Path, source.Text, source.IsOutside));
        }
    }

    private void AddStatement(QueryFile file)
    {
        switch (file.Header[0].Key)
        {
            case "id":
                var rule = RuleReader.Read(file);
                AddTo(rules, rule.Id, rule, file.Path, "rule");
                break;
            case "view" or "macro":
                var view = ViewReader.Read(file);
                if (view.IsOutside && view.IsMacro) throw new CatalogException(file.Path, 1, "a macro cannot come from outside; write a view");
                AddTo(views, view.Name, view, file.Path, "view or macro");
                break;
            default:
                throw new CatalogException(file.Path, 1, $"the first key is '{file.Header[0].Key}'; expected id (a rule), view or macro");
        }
    }

    private static void AddTo<T>(Dictionary<string, T> things, string name, T thing, string path, string what)
    {
        if (!things.TryAdd(name, thing)) throw new CatalogException(path, 0, $"there is already a {what} '{name}'");
    }

    private void CheckUses(string file, IReadOnlyList<string> uses, bool isOutside)
    {
        foreach (var name in uses)
        {
            if (!views.TryGetValue(name, out var used))
                throw new CatalogException(file, 0, $"it uses '{name}', and there is no such view or macro");
            if (used.IsOutside && !isOutside)
                throw new CatalogException(file, 0, $"it uses '{name}', which comes from outside");
        }
    }
}

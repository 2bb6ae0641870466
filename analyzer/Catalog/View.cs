namespace Tracing.Analysis.Catalog;

/// <summary>A view or macro that rules build on: one file under queries/views.</summary>
internal sealed record View
{
    /// <summary>Its name in SQL. One that begins with <c>_</c> is private to other views.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a macro: then <see cref="Body"/> is its whole <c>create macro</c> statement.</summary>
    public bool IsMacro { get; init; }

    /// <summary>Whether its rows are kept in a temporary table.</summary>
    public bool IsMaterialized { get; init; }

    /// <summary>The views and macros that it reads.</summary>
    public required IReadOnlyList<string> Uses { get; init; }

    /// <summary>Its columns and what they mean.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Columns { get; init; }

    /// <summary>The SELECT, or the macro's statement.</summary>
    public required string Body { get; init; }

    /// <summary>Where it stands.</summary>
    public required string File { get; init; }

    /// <summary>Whether it came from outside.</summary>
    public bool IsOutside { get; init; }

    /// <summary>The statement that makes it.</summary>
    public string CreateStatement => IsMacro ? Body
        : $"create temporary {(IsMaterialized ? "table" : "view")} \"{Name}\" as\n{Body}";
}

using System.Reflection;
using Tracing.Schemas;

namespace Tracing.Analysis.Reporting;

/// <summary>The reference of the event table and of the metadata, made from their declarations; docs/schema.md is its output.</summary>
internal static class SchemaReference
{
    public static void Write(TextWriter output)
    {
        output.WriteLine($"# The schema of a recorded run, version {RunFacts.CurrentSchema.ToString(2)}");
        output.WriteLine();
        output.WriteLine("`analyzer schema` prints this page; do not edit it by hand.");
        output.WriteLine();
        output.WriteLine("A run is one Parquet file with one table, ordered by `sequence`. All columns below are there, in any order;");
        output.WriteLine("a column is null where an event does not carry it. Anybody may write such a file; `analyzer validate` says what is wrong with one.");
        WriteColumns(output);
        WriteVocabularies(output);
        WriteEvents(output);
        WriteMetadata(output);
    }

    private static void WriteColumns(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("## Columns");
        output.WriteLine();
        output.WriteLine("| column | type | meaning |");
        output.WriteLine("|---|---|---|");
        foreach (var column in Columns.All) output.WriteLine($"| `{column.Name}` | {column.SqlType} | {column.Meaning} |");
    }

    private static void WriteVocabularies(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("## Names");
        output.WriteLine();
        output.WriteLine("Columns of names hold text. `source` holds the names of the metadata; `event` is the next chapter.");
        output.WriteLine();
        output.WriteLine("| column | names |");
        output.WriteLine("|---|---|");
        foreach (var column in Columns.All.Where(column => column.Vocabulary is not null && column.Column != Column.Event))
            output.WriteLine($"| `{column.Name}` | {string.Join(", ", column.Vocabulary!.Names)} |");
    }

    private static void WriteEvents(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("## Events");
        output.WriteLine();
        output.WriteLine("Every event may carry `sequence`, `source`, `source_sequence`, `time_ns`, `actor`, `thread`, `device`, `queue`, `event`,");
        output.WriteLine("`ordering`, `ordering_domain` and `note`; besides these, what its line says.");
        output.WriteLine();
        output.WriteLine("| event | meaning | columns |");
        output.WriteLine("|---|---|---|");
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            var name = kind.ToString();
            var attribute = typeof(EventKind).GetField(name)!.GetCustomAttribute<EventAttribute>()!;
            var columns = string.Join(", ", attribute.Columns.Select(column => $"`{Columns.Of(column).Name}`"));
            output.WriteLine($"| `{SnakeCase.Of(name)}` | {attribute.Meaning} | {columns} |");
        }
    }

    private static void WriteMetadata(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("## Metadata");
        output.WriteLine();
        output.WriteLine($"The file's key-value metadata holds these keys behind the prefix `{RunFacts.KeyPrefix}`; texts as they are, everything else as JSON.");
        output.WriteLine("Only `schema_version` must be there.");
        output.WriteLine("`integrity` has checks over the rows; a text's sum is that of its FNV-1a hashes. `checksum` is the CRC-32C of the whole file in eight");
        output.WriteLine($"hexadecimal digits, taken with `{FileChecksum.Blank}` in its own place: leave it out of a file that you write from another one.");
        output.WriteLine();
        foreach (var property in typeof(RunFacts).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            output.WriteLine($"- `{SnakeCase.Of(property.Name)}`: {TypeOf(property.PropertyType)}");
    }

    private static string TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type.IsPrimitive) return "a number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return $"an object of {TypeOf(type.GenericTypeArguments[1])}";
        if (type.IsGenericType) return $"a list of {TypeOf(type.GenericTypeArguments[0])}";
        return $"an object ({string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != "EqualityContract")
            .Select(property => $"`{SnakeCase.Of(property.Name)}`: {TypeOf(property.PropertyType)}"))})";
    }
}

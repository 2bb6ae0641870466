using System.Globalization;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>The <c>event</c> relation: a view of Parquet files, or a table of rows that were given as text.</summary>
internal static class EventTable
{
    private static readonly string columnList = string.Join(", ", Columns.All.Select(column => column.Name));

    /// <summary>The columns, for a query whose rows <see cref="ReadRow"/> reads.</summary>
    public static string ColumnList => columnList;

    /// <summary>The view of a run's files, in the order of its parts. Names of a path's folders are no columns.</summary>
    public static string ViewOf(IReadOnlyList<string> files)
        => $"create temporary view event as select {columnList} from read_parquet({Sql.FileList(files)}, "
            + $"hive_partitioning = false, union_by_name = {(files.Count > 1 ? "true" : "false")});\n";

    /// <summary>The empty table that <see cref="Insert"/> fills.</summary>
    public static string Create { get; } =
        $"create temporary table event ({string.Join(", ", Columns.All.Select(column => $"{column.Name} {column.SqlType}"))});\n";

    /// <summary>The statement that adds rows to the table.</summary>
    public static string Insert(IEnumerable<EventRow> rows)
    {
        var text = new StringBuilder();
        Sql.AppendInsert(text, "event", rows.Select(row => (IReadOnlyList<string>)[.. Columns.All.Select(column => Literal(row, column))]));
        return text.ToString();
    }

    /// <summary>Reads a row of <see cref="ColumnList"/>. A name that this build does not know becomes part of the note.</summary>
    public static EventRow ReadRow(System.Data.IDataRecord record)
    {
        var row = new EventRow();
        List<string>? unknown = null;
        for (var index = 0; index < Columns.All.Count; index++)
        {
            if (record.IsDBNull(index)) continue;
            var definition = Columns.All[index];
            switch (definition.Column)
            {
                case Column.Source: row.Source = record.GetString(index); break;
                case Column.Note: row.Note = record.GetString(index); break;
                case Column.TimeNs: row.TimeNs = record.GetInt64(index); break;
                default:
                    if (definition.Vocabulary is null) row[definition.Column] = ReadNumber(record.GetValue(index));
                    else if (definition.Vocabulary.TryNumberOf(record.GetString(index), out var number)) row[definition.Column] = number;
                    else (unknown ??= []).Add($"{definition.Name}={record.GetString(index)}");
                    break;
            }
        }

        if (unknown is not null) row.Note = string.Join("; ", new[] { row.Note, string.Join(", ", unknown) }.Where(text => text is not null));
        return row;
    }

    private static ulong ReadNumber(object value)
        => value is bool truth ? (truth ? 1UL : 0UL) : Convert.ToUInt64(value, CultureInfo.InvariantCulture);

    private static string Literal(EventRow row, ColumnDefinition column)
    {
        switch (column.Column)
        {
            case Column.Source: return Sql.Text(row.Source);
            case Column.Note: return Sql.Text(row.Note);
            case Column.TimeNs: return row.TimeNs?.ToString(CultureInfo.InvariantCulture) ?? "null";
        }

        if (row[column.Column] is not { } number) return "null";
        if (column.Vocabulary is { } vocabulary) return Sql.Text(vocabulary.NameOf((int)Math.Min(number, int.MaxValue)));
        return column.Type == ColumnType.Boolean ? (number != 0 ? "true" : "false") : number.ToString(CultureInfo.InvariantCulture);
    }
}

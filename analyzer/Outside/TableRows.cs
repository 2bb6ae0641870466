using DuckDB.NET.Data;

namespace Tracing.Analysis.Outside;

/// <summary>Columns under a heading. Their widths come from the first rows; a later, wider value just stands out.</summary>
internal sealed class TableRows(TextWriter writer, IReadOnlyList<string> names) : IRowSink
{
    private const int Sample = 1000;
    private readonly List<string[]> waiting = [];
    private readonly int[] widths = [.. names.Select(name => name.Length)];
    private readonly bool[] isNumeric = new bool[names.Count];
    private bool hasHeading;

    public void Write(DuckDBDataReader row)
    {
        var cells = new string[names.Count];
        for (var index = 0; index < cells.Length; index++)
        {
            cells[index] = ValueText.Of(row, index) ?? "";
            if (!hasHeading && !row.IsDBNull(index)) isNumeric[index] = ValueText.IsNumeric(row.GetFieldType(index));
        }

        if (hasHeading)
        {
            WriteCells(cells);
            return;
        }

        waiting.Add(cells);
        if (waiting.Count == Sample) WriteSample();
    }

    public void Finish()
    {
        if (!hasHeading) WriteSample();
        writer.Flush();
    }

    private void WriteSample()
    {
        hasHeading = true;
        foreach (var cells in waiting)
        {
            for (var index = 0; index < cells.Length; index++) widths[index] = Math.Max(widths[index], cells[index].Length);
        }

        WriteCells([.. names]);
        writer.Write(string.Join("  ", widths.Select(width => new string('-', width))));
        writer.Write('\n');
        foreach (var cells in waiting) WriteCells(cells);
        waiting.Clear();
    }

    private void WriteCells(string[] cells)
    {
        var padded = cells.Select((cell, index) => isNumeric[index] ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]));
        writer.Write(string.Join("  ", padded).TrimEnd());
        writer.Write('\n');
    }
}

using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>
/// Up to <see cref="Capacity"/> rows on their way into DuckDB: set values by column, then say how
/// many rows there are. One thread fills it at a time.
/// </summary>
public sealed class BulkChunk : IDisposable
{
    /// <summary>How many rows a chunk holds at most: DuckDB's vector size.</summary>
    public static readonly int Capacity = (int)NativeMethods.Helpers.DuckDBVectorSize();

    private readonly BulkVector[] vectors;

    private BulkChunk(DuckDBDataChunk chunk, int columnCount)
    {
        Chunk = chunk;
        vectors = new BulkVector[columnCount];
        Prepare();
    }

    /// <summary>How many columns it has.</summary>
    public int ColumnCount => vectors.Length;

    /// <summary>The native chunk, for calls of the bindings.</summary>
    public DuckDBDataChunk Chunk { get; }

    /// <summary>One column; it holds until the chunk is cleared or handed over.</summary>
    /// <param name="column">The column; the first is 0.</param>
    public ref readonly BulkVector this[int column] => ref vectors[column];

    /// <summary>Makes an empty chunk of our own.</summary>
    /// <param name="columns">Its columns.</param>
    public static BulkChunk Create(IReadOnlyList<BulkColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var types = new List<DuckDBLogicalType>(columns.Count);
        try
        {
            foreach (var column in columns)
            {
                types.Add(column.CreateType());
            }

            using var borrowed = new BorrowedHandles([.. types], types.Count);
            var chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(
                borrowed.Pointers, (ulong)types.Count);
            return chunk.IsInvalid
                ? throw new InvalidOperationException("DuckDB makes no chunk of these columns.")
                : new BulkChunk(chunk, types.Count);
        }
        finally
        {
            types.ForEach(type => type.Dispose());
        }
    }

    /// <summary>Empties it: no rows, every value NULL.</summary>
    public void Clear()
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(Chunk);
        Prepare();
    }

    /// <summary>Says how many rows it has.</summary>
    /// <param name="count">The count, from 0 to <see cref="Capacity"/>.</param>
    public void SetRowCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        NativeMethods.DataChunks.DuckDBDataChunkSetSize(Chunk, (ulong)count);
    }

    /// <inheritdoc />
    public void Dispose() => Chunk.Dispose();

    /// <summary>Wraps a chunk that DuckDB lends to a callback.</summary>
    internal static BulkChunk Borrow(IntPtr chunk, int columnCount) =>
        new(new DuckDBDataChunk(chunk), columnCount);

    private void Prepare()
    {
        for (var column = 0; column < vectors.Length; column++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(Chunk, column);
            vectors[column] = new BulkVector(vector, Capacity);
        }
    }
}

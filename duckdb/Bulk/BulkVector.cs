using System.Diagnostics;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>
/// One column of a <see cref="BulkChunk"/> while it is filled. Every row starts as NULL, so a sparse
/// column costs nothing for the rows that it leaves out.
/// </summary>
public readonly unsafe struct BulkVector
{
    private const int BitsPerWord = 64;

    private readonly IntPtr vector;
    private readonly byte* values;
    private readonly ulong* validity;
    private readonly int capacity;

    internal BulkVector(IntPtr vector, int capacity)
    {
        this.vector = vector;
        this.capacity = capacity;
        values = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        new Span<ulong>(validity, (capacity + BitsPerWord - 1) / BitsPerWord).Clear();
    }

    /// <summary>Sets a number, or the index of an enum's label, as wide as the column's type.</summary>
    /// <typeparam name="T">
    /// The type as it is stored: byte for an enum of up to 256 labels, ushort up to 65 536.
    /// </typeparam>
    /// <param name="row">The row; the first is 0.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<T>(int row, T value)
        where T : unmanaged
    {
        CheckRow(row);
        ((T*)values)[(nuint)(uint)row] = value;
        MarkValid(row);
    }

    /// <summary>Sets text; DuckDB copies it.</summary>
    /// <param name="row">The row; the first is 0.</param>
    /// <param name="utf8">The text; it must be valid UTF-8, which is not checked.</param>
    public void SetText(int row, ReadOnlySpan<byte> utf8)
    {
        CheckRow(row);
        fixed (byte* first = utf8)
        {
            // An empty span has no address, and a null pointer is no text.
            byte none;
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(
                vector, (ulong)row, first is null ? &none : first, utf8.Length);
        }

        MarkValid(row);
    }

    /// <summary>Sets a blob; DuckDB copies it.</summary>
    /// <param name="row">The row; the first is 0.</param>
    /// <param name="bytes">The bytes.</param>
    public void SetBlob(int row, ReadOnlySpan<byte> bytes) => SetText(row, bytes);

    /// <summary>Sets a list of numbers; DuckDB gets a copy.</summary>
    /// <typeparam name="T">The type of an element as it is stored.</typeparam>
    /// <param name="row">The row; the first is 0.</param>
    /// <param name="elements">The elements.</param>
    public void SetList<T>(int row, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        CheckRow(row);
        var offset = NativeBulk.ListVectorGetSize(vector);
        var end = offset + (ulong)elements.Length;
        if (!NativeMethods.Vectors.DuckDBListVectorReserve(vector, end).IsSuccess()
            || !NativeMethods.Vectors.DuckDBListVectorSetSize(vector, end).IsSuccess())
        {
            throw new InvalidOperationException($"DuckDB has no room for {end} list elements.");
        }

        var child = NativeMethods.Vectors.DuckDBListVectorGetChild(vector);
        var target = (T*)NativeMethods.Vectors.DuckDBVectorGetData(child) + offset;
        elements.CopyTo(new Span<T>(target, elements.Length));
        ((DuckDBListEntry*)values)[row] = new DuckDBListEntry(offset, (ulong)elements.Length);
        MarkValid(row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkValid(int row) =>
        validity[(uint)row / BitsPerWord] |= 1UL << (row & (BitsPerWord - 1));

    // A row beyond the chunk would write over DuckDB's heap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckRow(int row)
    {
        if ((uint)row >= (uint)capacity)
        {
            ThrowRow(row);
        }
    }

    [StackTraceHidden]
    private void ThrowRow(int row) => throw new ArgumentOutOfRangeException(
        nameof(row), row, $"A chunk has the rows 0 to {capacity - 1}.");
}

using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>A column to be filled: its name and its type.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">
/// The kind of its type; of <see cref="DuckDBType.Enum"/> with <see cref="Labels"/>, of
/// <see cref="DuckDBType.List"/> with <see cref="ElementType"/>.
/// </param>
public sealed record BulkColumn(string Name, DuckDBType Type)
{
    /// <summary>The labels of an enum, in the order of their indices.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What a list holds.</summary>
    public DuckDBType ElementType { get; init; } = DuckDBType.Invalid;

    /// <summary>Makes an enum column; its values are indices into the labels.</summary>
    /// <param name="name">The name.</param>
    /// <param name="labels">The labels: no two may be equal.</param>
    public static BulkColumn Enum(string name, IReadOnlyList<string> labels) =>
        new(name, DuckDBType.Enum) { Labels = labels };

    /// <summary>Makes a list column.</summary>
    /// <param name="name">The name.</param>
    /// <param name="elementType">What it holds.</param>
    public static BulkColumn List(string name, DuckDBType elementType) =>
        new(name, DuckDBType.List) { ElementType = elementType };

    /// <summary>Makes DuckDB's type of this column; the caller disposes of it.</summary>
    /// <exception cref="InvalidOperationException">DuckDB has no such type.</exception>
    public DuckDBLogicalType CreateType()
    {
        var type = Type switch
        {
            DuckDBType.Enum => CreateEnum(),
            DuckDBType.List => CreateList(),
            _ => NativeMethods.LogicalType.DuckDBCreateLogicalType(Type),
        };
        return type.IsInvalid
            ? throw new InvalidOperationException(
                $"DuckDB makes no type of kind {Type} for the column '{Name}'.")
            : type;
    }

    private DuckDBLogicalType CreateList()
    {
        using var element = NativeMethods.LogicalType.DuckDBCreateLogicalType(ElementType);
        return NativeMethods.LogicalType.DuckDBCreateListType(element);
    }

    private unsafe DuckDBLogicalType CreateEnum()
    {
        var texts = new IntPtr[Labels.Count];
        try
        {
            for (var index = 0; index < texts.Length; index++)
            {
                texts[index] = Marshal.StringToCoTaskMemUTF8(Labels[index]);
            }

            fixed (IntPtr* first = texts)
            {
                return NativeBulk.CreateEnumType((byte**)first, (ulong)texts.Length);
            }
        }
        finally
        {
            foreach (var text in texts)
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }
}

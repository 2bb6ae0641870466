using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Bytes that DuckDB hands over.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeBlob
{
    private readonly byte* data;
    private readonly ulong size;

    /// <summary>Copies the bytes and gives the native ones back.</summary>
    public byte[] TakeBytes()
    {
        try
        {
            return new ReadOnlySpan<byte>(data, (int)size).ToArray();
        }
        finally
        {
            NativeRelease.duckdb_free(data);
        }
    }
}

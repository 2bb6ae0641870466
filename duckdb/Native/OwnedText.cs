using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

/// <summary>UTF-8 text that DuckDB hands over: read, then given back to its allocator.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedOut, typeof(OwnedText))]
internal static unsafe class OwnedText
{
    /// <summary>Reads the text; null stays null.</summary>
    public static string? ConvertToManaged(byte* text) =>
        Marshal.PtrToStringUTF8((IntPtr)text);

    /// <summary>Gives the text back.</summary>
    public static void Free(byte* text) => NativeRelease.duckdb_free(text);
}

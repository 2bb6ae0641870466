using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

/// <summary>UTF-8 text that stays DuckDB's: read, never freed.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedOut, typeof(BorrowedText))]
internal static unsafe class BorrowedText
{
    /// <summary>Reads the text; null stays null.</summary>
    public static string? ConvertToManaged(byte* text) =>
        Marshal.PtrToStringUTF8((IntPtr)text);
}

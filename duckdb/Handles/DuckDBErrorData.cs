using Microsoft.Win32.SafeHandles;

namespace DuckDB.NET.Native;

/// <summary>An error with its kind and its message.</summary>
public sealed class DuckDBErrorData : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Makes an empty handle, for the marshaller to fill.</summary>
    public DuckDBErrorData()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Whether there is an error at all.</summary>
    public bool HasError => !IsInvalid && NativeMethods.ErrorData.DuckDBErrorDataHasError(this);

    /// <summary>DuckDB's message; empty when there is none.</summary>
    public string Message => IsInvalid
        ? string.Empty
        : NativeMethods.ErrorData.DuckDBErrorDataMessage(this) ?? string.Empty;

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeRelease.duckdb_destroy_error_data(ref handle);
        return true;
    }
}

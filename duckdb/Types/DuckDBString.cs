using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A string or blob as it stands in a vector: short ones within, long ones by pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
[SuppressMessage("Naming", "CA1707", Justification = "The Data assembly refers to these names.")]
public unsafe struct DuckDBString
{
    private const int InlinedMaximumBytes = 12;

    private _value_e__Union value;

    /// <summary>How many bytes.</summary>
    public readonly int Length => (int)value.inlined.length;

    /// <summary>
    /// The first byte. A short string stands within this struct, so ask only where the struct
    /// itself stands in a vector.
    /// </summary>
    public sbyte* Data => Length <= InlinedMaximumBytes
        ? (sbyte*)Unsafe.AsPointer(ref value.inlined.inlined[0])
        : (sbyte*)value.pointer.Start;

    /// <summary>Both forms in one place.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct _value_e__Union
    {
        /// <summary>The form for more than 12 bytes.</summary>
        [FieldOffset(0)]
        public DuckDBStringPointer pointer;

        /// <summary>The form for up to 12 bytes.</summary>
        [FieldOffset(0)]
        public DuckDBStringInlined inlined;

        /// <summary>A length, the first bytes, and where all of them are.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct DuckDBStringPointer
        {
            private readonly uint length;
            private readonly uint prefix;

            /// <summary>The first byte.</summary>
            public IntPtr Start { get; }
        }

        /// <summary>A length and the bytes, the rest zero.</summary>
        [StructLayout(LayoutKind.Sequential)]
        public struct DuckDBStringInlined
        {
            /// <summary>How many bytes.</summary>
            public uint length;

            /// <summary>The bytes.</summary>
            public fixed sbyte inlined[InlinedMaximumBytes];
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Journals;

/// <summary>
/// Makes a file longer by bytes that the disk really has. A merely longer file is sparse: a store into its mapping on a
/// full disk is a SIGBUS that nobody can catch, while this is an exception.
/// </summary>
internal static partial class FileRoom
{
    private const int Interrupted = 4;
    private static readonly byte[] zeros = new byte[64 * 1024];

    /// <summary>Allocates <paramref name="length"/> bytes at <paramref name="offset"/>, all zero.</summary>
    /// <exception cref="IOException">There is no room; the message is the system's.</exception>
    public static void Allocate(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) AllocateBlocks(file, offset, length);
        else WriteZeros(file, offset, length);
    }

    private static void AllocateBlocks(SafeFileHandle file, long offset, long length)
    {
        int error;
        do error = PosixFallocate(file, offset, length);
        while (error == Interrupted);
        if (error != 0) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private static void WriteZeros(SafeFileHandle file, long offset, long length)
    {
        for (var end = offset + length; offset < end; offset += zeros.Length)
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, end - offset)), offset);
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixFallocate(SafeFileHandle file, long offset, long length);
}

using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;
using Tracing.Virtio.Memory;

namespace Tracing.Peers.Memory;

/// <summary>Memory that another process shares with us as part of a file.</summary>
public static class PeerMemory
{
    /// <summary>
    /// Opens a part of a file as memory. A memory file that is sealed against shrinking is mapped; any other could be
    /// cut off under a mapping, which would kill this process, and is read and written by copying.
    /// </summary>
    /// <param name="file">The file; the result takes it over, also on failure.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="IOException">The file does not have these bytes, or they cannot be mapped.</exception>
    public static IDisposableBacking Open(SafeFileHandle file, long offset, long length)
    {
        try
        {
            if (offset < 0 || length <= 0 || offset > long.MaxValue - length)
                throw new IOException($"a memory region of 0x{length:x} bytes at 0x{offset:x} of its file; a range was expected");
            if (!CanReadAndWrite(file)) throw new IOException("the file of a memory region is not one that can be read and written");
            // First the seal, then the length: the other way round it could be cut off in between, and sealed then.
            var isSealed = IsSealed(file);
            var there = RandomAccess.GetLength(file);
            if (there < offset + length)
                throw new IOException($"a memory region of 0x{length:x} bytes at 0x{offset:x} of a file of 0x{there:x} bytes");
            return isSealed ? MappedBacking.Map(file, offset, length) : new CopiedBacking(file, offset, length);
        }
        catch (Exception exception) when (exception is NotSupportedException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new IOException($"the descriptor of a memory region is no file: {exception.Message}", exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool CanReadAndWrite(SafeFileHandle file)
        => Libc.Control(file, Libc.GetFlags, 0) is var flags and >= 0 && (flags & Libc.AccessMode) == Libc.ReadWrite;

    private static bool IsSealed(SafeFileHandle file)
        => Libc.Control(file, Libc.GetSeals, 0) is var seals and >= 0 && (seals & Libc.SealShrink) != 0;
}

/// <summary>A backing that holds something of the system.</summary>
public interface IDisposableBacking : IMemoryBacking, IDisposable
{
    /// <summary>Whether accesses go to the memory itself; false = through the file, by copying.</summary>
    bool IsMapped { get; }
}

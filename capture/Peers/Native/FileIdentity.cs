using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Native;

/// <summary>Which file a descriptor is: two descriptors of the same file have the same.</summary>
/// <param name="Device">st_dev.</param>
/// <param name="Inode">st_ino.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>More than struct stat has on any Linux; its first two words are device and inode on all with 64 bits.</summary>
    private const int StatusBytes = 256;

    /// <summary>Asks the system.</summary>
    /// <exception cref="IOException">The descriptor is none.</exception>
    public static unsafe FileIdentity Of(SafeFileHandle file)
    {
        var status = stackalloc byte[StatusBytes];
        return Libc.Status(file, status) == 0
            ? new FileIdentity(((ulong*)status)[0], ((ulong*)status)[1])
            : throw new IOException($"a descriptor of the peer's is no file: {Libc.LastError()}");
    }
}

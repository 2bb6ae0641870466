using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>Memory files as a peer passes them: memfd_create(2), sealed or not.</summary>
internal static partial class MemoryFile
{
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int SealShrink = 2;

    public static SafeFileHandle Create(long bytes, bool isSealed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory files are Linux's");
        var file = new SafeFileHandle(memfd_create("tracing-test", AllowSealing), ownsHandle: true);
        RandomAccess.SetLength(file, bytes);
        if (isSealed) Assert.Equal(0, fcntl(file, AddSeals, SealShrink));
        return file;
    }

    /// <summary>The same file once more, as if its descriptor had been passed.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle file) => Duplicate((int)file.DangerousGetHandle());

    public static SafeFileHandle Duplicate(int descriptor) => new(dup(descriptor), ownsHandle: true);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc")]
    private static partial int fcntl(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);
}

using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Native;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>
/// File descriptors of every kind that a peer may pass, right or wrong. One that is closed cannot be passed: sendmsg(2)
/// refuses it.
/// </summary>
internal static partial class PassedFile
{
    private const int NonBlocking = 0x800;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int PathOnly = 0x20_0000;
    private const int Unix = 1;
    private const int Stream = 1;

    /// <summary>The kinds that are no memory.</summary>
    public static IReadOnlyList<string> NoMemory { get; } = ["pipe", "broken pipe", "socket", "eventfd", "directory", "path only"];

    /// <summary>The kinds that are no eventfd.</summary>
    public static IReadOnlyList<string> NoEventFd { get; } = ["pipe", "broken pipe", "socket", "file", "directory", "path only"];

    /// <summary>An eventfd; its counter begins at <paramref name="count"/>.</summary>
    public static SafeFileHandle EventFd(uint count = 0, bool blocks = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "eventfd is Linux's");
        return Of(eventfd(count, blocks ? 0 : NonBlocking));
    }

    /// <summary>A descriptor of that kind, of which there is no other in this process.</summary>
    public static SafeFileHandle Wrong(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors travel on Linux only");
        var ends = new int[2];
        switch (kind)
        {
            case "pipe": return OneOf(ends, pipe(ends), kept: 0);
            case "broken pipe": return OneOf(ends, pipe(ends), kept: 1);
            case "socket": return OneOf(ends, socketpair(Unix, Stream, 0, ends), kept: 0);
            case "eventfd": return EventFd(1);
            case "file": return Gone(path => open(path, ReadWrite));
            case "path only": return Gone(path => open(path, PathOnly));
            case "directory":
                var folder = Directory.CreateTempSubdirectory("peers-");
                using (new Cleanup(() => folder.Delete())) return Of(open(folder.FullName, ReadOnly));
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind.");
        }
    }

    /// <summary>A memory file once more, opened so that it can only be read, or only be written.</summary>
    public static SafeFileHandle Reopen(SafeFileHandle file, bool forWriting)
        => Of(open($"/proc/self/fd/{file.DangerousGetHandle()}", forWriting ? WriteOnly : ReadOnly));

    /// <summary>
    /// How many descriptors of this process lead to that same file, pipe or eventfd. Others come and go in tests beside
    /// this one.
    /// </summary>
    public static int CountOf(SafeFileHandle file)
    {
        var wanted = IdentityOf((int)file.DangerousGetHandle());
        return Directory.GetFileSystemEntries("/proc/self/fd")
            .Count(entry => IdentityOf(int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)) == wanted);
    }

    private static string? IdentityOf(int descriptor)
    {
        try
        {
            // All eventfds are one file; their numbers tell them apart.
            var number = File.ReadLines($"/proc/self/fdinfo/{descriptor}").FirstOrDefault(line => line.StartsWith("eventfd-id", StringComparison.Ordinal));
            using var file = new SafeFileHandle(descriptor, ownsHandle: false);
            return number ?? $"{FileIdentity.Of(file)}";
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>One end of two; the other is closed.</summary>
    private static SafeFileHandle OneOf(int[] ends, int result, int kept)
    {
        Assert.Equal(0, result);
        using var closed = Of(ends[1 - kept]);
        return Of(ends[kept]);
    }

    /// <summary>A file of 4096 bytes that has no name any more.</summary>
    private static SafeFileHandle Gone(Func<string, int> opened)
    {
        var path = Path.GetTempFileName();
        using var cleanup = new Cleanup(() => File.Delete(path));
        File.WriteAllBytes(path, new byte[4096]);
        return Of(opened(path));
    }

    private static SafeFileHandle Of(int descriptor)
    {
        Assert.True(descriptor >= 0, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private sealed class Cleanup(Action action) : IDisposable
    {
        public void Dispose() => action();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe([Out] int[] ends);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, [Out] int[] ends);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}

using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Native;

/// <summary>The few calls of the C library that .NET does not offer. Linux on 64 bits only.</summary>
internal static unsafe partial class Libc
{
    /// <summary>sendmsg and recvmsg: file descriptors travel as rights (cmsg(3), unix(7)).</summary>
    public const int SolSocket = 1;
    public const int ScmRights = 1;
    public const int MsgNoSignal = 0x4000;
    public const int MsgDontWait = 0x40;
    public const int MsgControlTruncated = 0x8;
    public const int MsgCloseOnExec = 0x4000_0000;

    /// <summary>mmap(2).</summary>
    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapShared = 1;

    /// <summary>fcntl(2): how a file is open.</summary>
    public const int GetFlags = 3;
    public const int SetFlags = 4;
    public const int AccessMode = 3;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;

    /// <summary>fcntl(2): seals of a memory file.</summary>
    public const int GetSeals = 1034;
    public const int SealShrink = 2;

    /// <summary>poll(2).</summary>
    public const short PollIn = 1;
    public const short PollOut = 4;

    /// <summary>errno(3).</summary>
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    /// <summary>A piece of a message.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(SafeSocketHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeSocketHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    public static partial int Status(SafeFileHandle file, byte* status);

    /// <summary>What the last failed call of this thread meant, in words.</summary>
    public static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}

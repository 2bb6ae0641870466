using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Native;

/// <summary>An eventfd that a peer passed: it carries notifications and nothing else (eventfd(2)). It is never waited for.</summary>
public sealed unsafe class EventCounter : IDisposable
{
    /// <summary>What Linux calls every eventfd.</summary>
    private const string Name = "anon_inode:[eventfd]";

    private readonly SafeFileHandle file;

    /// <summary>Takes over a descriptor, also on failure.</summary>
    /// <param name="file">The descriptor; disposed of with this.</param>
    /// <exception cref="InvalidDataException">It is no eventfd: a file would be ready for ever, a pipe might be full.</exception>
    public EventCounter(SafeFileHandle file)
    {
        this.file = file;
        if (new FileInfo($"/proc/self/fd/{Descriptor}").LinkTarget is var name && name != Name)
        {
            file.Dispose();
            throw new InvalidDataException($"the peer passed a descriptor for notifications that is no eventfd: {name}");
        }

        // The peer holds it too, and can take its count away between our poll and our read, or leave it full.
        var flags = Libc.Control(file, Libc.GetFlags, 0);
        if ((flags & Libc.NonBlocking) == 0) _ = Libc.Control(file, Libc.SetFlags, flags | Libc.NonBlocking);
    }

    /// <summary>The descriptor, for poll.</summary>
    public int Descriptor => (int)file.DangerousGetHandle();

    /// <summary>Notifies the other side. False = it cannot be notified any more.</summary>
    public bool Signal()
    {
        ulong one = 1;
        while (true)
        {
            if (Libc.Write(file, (byte*)&one, sizeof(ulong)) >= 0) return true;
            // A counter that is full still says what there is to say.
            var error = Marshal.GetLastPInvokeError();
            if (error == Libc.TryAgain) return true;
            if (error != Libc.Interrupted) return false;
        }
    }

    /// <summary>Takes the notifications that have arrived. False = there are none.</summary>
    public bool Take()
    {
        ulong count = 0;
        return Libc.Read(file, (byte*)&count, sizeof(ulong)) == sizeof(ulong) && count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

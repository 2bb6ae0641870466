using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers.Native;

/// <summary>An eventfd that a peer passed: it carries notifications and nothing else (eventfd(2)).</summary>
/// <param name="file">The descriptor; disposed of with this.</param>
public sealed unsafe class EventCounter(SafeFileHandle file) : IDisposable
{
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

    /// <summary>Takes the notifications that have arrived. Only after poll said that there are some: it may wait otherwise.</summary>
    public bool Take()
    {
        ulong count = 0;
        return Libc.Read(file, (byte*)&count, sizeof(ulong)) == sizeof(ulong) && count > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

namespace Tracing.Peers.Native;

/// <summary>Waits until one of several descriptors can be read.</summary>
public static unsafe class Readiness
{
    /// <summary>
    /// Waits. A descriptor whose other side has gone counts as readable: reading tells.
    /// </summary>
    /// <param name="descriptors">The descriptors; negative ones are left out.</param>
    /// <param name="ready">Which can be read now, in the same order.</param>
    /// <param name="milliseconds">How long at most; 0 = only look.</param>
    /// <returns>Whether any can.</returns>
    public static bool Wait(ReadOnlySpan<int> descriptors, Span<bool> ready, int milliseconds)
    {
        var entries = stackalloc Libc.PollEntry[descriptors.Length];
        for (var index = 0; index < descriptors.Length; index++)
            entries[index] = new Libc.PollEntry { Descriptor = descriptors[index], Events = Libc.PollIn };
        var count = Libc.Poll(entries, (nuint)descriptors.Length, milliseconds);
        for (var index = 0; index < descriptors.Length; index++) ready[index] = count > 0 && entries[index].Returned != 0;
        return count > 0;
    }

    /// <summary>Waits until one descriptor takes bytes, or its other side has gone: writing tells.</summary>
    public static bool WaitToWrite(int descriptor, int milliseconds)
    {
        var entry = new Libc.PollEntry { Descriptor = descriptor, Events = Libc.PollOut };
        return Libc.Poll(&entry, 1, milliseconds) > 0;
    }
}

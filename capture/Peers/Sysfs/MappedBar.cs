using Tracing.Peers.Native;
using Tracing.Virtio.Memory;

namespace Tracing.Peers.Sysfs;

/// <summary>
/// A memory BAR of a real function in this process's address space. Registers are accessed in their own width and once;
/// as memory it is moved 8 bytes at a time, since every access may cross a bus.
/// </summary>
public sealed unsafe class MappedBar : IMemoryBacking, IDisposable
{
    private readonly byte* start;
    private bool isUnmapped;

    private MappedBar(byte* start, long length)
    {
        this.start = start;
        Length = (ulong)length;
    }

    /// <inheritdoc/>
    public ulong Length { get; }

    /// <summary>Maps the resource file of a BAR.</summary>
    /// <exception cref="IOException">It cannot be opened or mapped.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened: that takes root.</exception>
    public static MappedBar Map(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var address = Libc.Map(0, (nuint)length, Libc.ProtRead | Libc.ProtWrite, Libc.MapShared, file, 0);
        if (address == -1) throw new IOException($"{path}: its {length} bytes cannot be mapped: {Libc.LastError()}");
        return new MappedBar((byte*)address, length);
    }

    /// <summary>Reads a register.</summary>
    public ulong Read(ulong offset, int width) => IsInside(offset, width)
        ? width switch
        {
            1 => Volatile.Read(ref start[offset]),
            2 => Volatile.Read(ref *(ushort*)(start + offset)),
            4 => Volatile.Read(ref *(uint*)(start + offset)),
            _ => Volatile.Read(ref *(ulong*)(start + offset)),
        }
        : ulong.MaxValue;

    /// <summary>Writes a register.</summary>
    public void Write(ulong offset, int width, ulong value)
    {
        if (!IsInside(offset, width)) return;
        switch (width)
        {
            case 1: Volatile.Write(ref start[offset], unchecked((byte)value)); break;
            case 2: Volatile.Write(ref *(ushort*)(start + offset), unchecked((ushort)value)); break;
            case 4: Volatile.Write(ref *(uint*)(start + offset), unchecked((uint)value)); break;
            default: Volatile.Write(ref *(ulong*)(start + offset), value); break;
        }
    }

    /// <inheritdoc/>
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        if (isUnmapped) return false;
        while (destination.Length > 0)
        {
            var step = StepAt(offset, destination.Length);
            var word = Read(offset, step);
            for (var index = 0; index < step; index++) destination[index] = unchecked((byte)(word >> (8 * index)));
            destination = destination[step..];
            offset += (ulong)step;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        if (isUnmapped) return false;
        while (source.Length > 0)
        {
            var step = StepAt(offset, source.Length);
            var word = 0UL;
            for (var index = 0; index < step; index++) word |= (ulong)source[index] << (8 * index);
            Write(offset, step, word);
            source = source[step..];
            offset += (ulong)step;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryLoad16(ulong offset, out ushort value)
    {
        value = (ushort)Read(offset, sizeof(ushort));
        return !isUnmapped;
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong offset, ushort value)
    {
        Write(offset, sizeof(ushort), value);
        return !isUnmapped;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isUnmapped) return;
        isUnmapped = true;
        _ = Libc.Unmap((nint)start, (nuint)Length);
    }

    private bool IsInside(ulong offset, int width)
        => !isUnmapped && offset % (ulong)width == 0 && Length >= (ulong)width && offset <= Length - (ulong)width;

    /// <summary>The widest aligned access that begins here and goes no further.</summary>
    private static int StepAt(ulong offset, int left)
    {
        var step = sizeof(ulong);
        while (step > left || offset % (ulong)step != 0) step /= 2;
        return step;
    }
}

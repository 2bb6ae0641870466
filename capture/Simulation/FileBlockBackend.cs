using Microsoft.Win32.SafeHandles;
using Tracing.Virtio.Block;

namespace Tracing.Capture.Simulation;

/// <summary>A block device in an image file.</summary>
public sealed class FileBlockBackend : IBlockBackend, IDisposable
{
    private readonly SafeFileHandle file;

    private FileBlockBackend(SafeFileHandle file, ulong length)
    {
        this.file = file;
        Length = length;
    }

    /// <summary>Creates the image, all zero, in place of whatever the file was.</summary>
    /// <exception cref="IOException">The file cannot be created; the message says that it is the image.</exception>
    public static FileBlockBackend Create(string path, ulong length)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, preallocationSize: (long)length);
            RandomAccess.SetLength(file, (long)length);
            return new FileBlockBackend(file, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new IOException($"the image {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Opens an image that is there; what is behind its last whole sector is left alone.</summary>
    /// <exception cref="IOException">The file cannot be opened, or has no whole sector.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileBlockBackend Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var sectors = (ulong)RandomAccess.GetLength(file) / BlkLayout.SectorBytes;
        if (sectors > 0) return new FileBlockBackend(file, sectors * BlkLayout.SectorBytes);
        file.Dispose();
        throw new IOException($"{path}: an image of at least {BlkLayout.SectorBytes} bytes was expected");
    }

    /// <inheritdoc />
    public ulong Length { get; }

    /// <inheritdoc />
    public bool TryRead(ulong offset, Span<byte> destination)
    {
        try
        {
            while (destination.Length > 0)
            {
                var got = RandomAccess.Read(file, destination, (long)offset);
                if (got == 0) return false;
                destination = destination[got..];
                offset += (ulong)got;
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public bool TryWrite(ulong offset, ReadOnlySpan<byte> source)
    {
        try
        {
            RandomAccess.Write(file, source, (long)offset);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public bool TryFlush()
    {
        try
        {
            RandomAccess.FlushToDisk(file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}

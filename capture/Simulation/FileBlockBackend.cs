using Microsoft.Win32.SafeHandles;
using Tracing.Virtio.Block;

namespace Tracing.Capture.Simulation;

/// <summary>A block device in an image file.</summary>
public sealed class FileBlockBackend : IBlockBackend, IDisposable
{
    private readonly SafeFileHandle file;

    /// <summary>Creates the image, all zero, in place of whatever the file was.</summary>
    /// <exception cref="IOException">The file cannot be created; the message says that it is the image.</exception>
    public FileBlockBackend(string path, ulong length)
    {
        Length = length;
        try
        {
            file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, preallocationSize: (long)length);
            RandomAccess.SetLength(file, (long)length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new IOException($"the image {path}: {exception.Message}", exception);
        }
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

using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>The header pages of a journal that is being written.</summary>
internal sealed class MappedHeader : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;

    /// <summary>Allocates and writes the header of an empty file.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public MappedHeader(SafeFileHandle file, JournalHeader header)
    {
        var pages = header.Encode();
        Bytes = pages.Length;
        FileRoom.Allocate(file, 0, Bytes);
        RandomAccess.Write(file, pages, 0);
        map = MemoryMappedFile.CreateFromFile(
            file, mapName: null, Bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, Bytes);
    }

    /// <summary>Bytes of the header, where the first segment begins.</summary>
    public int Bytes { get; }

    /// <summary>States how many events were lost so far.</summary>
    public void SetLost(ulong lost) => view.Write(JournalFormat.LostOffset, lost);

    /// <summary>States the count of events and, last, that the recording came to its end.</summary>
    public void End(ulong events)
    {
        view.Write(JournalFormat.EventsOffset, events);
        Thread.MemoryBarrier();
        view.Write(JournalFormat.EndMarkOffset, JournalFormat.EndMark);
    }

    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}

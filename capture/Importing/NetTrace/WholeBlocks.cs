using System.Buffers.Binary;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// Finds the blocks of a trace that are there whole. TraceEvent holds events back until a later block tells that none can
/// come before them, and lets go of them only where the trace ends as it should: so a torn one is read up to its last whole
/// block, with an end behind it. Format: microsoft/perfview, src/TraceEvent/EventPipe/NetTraceFormat_v5.md and NetTraceFormat.md
/// (version 6).
/// </summary>
internal sealed class WholeBlocks
{
    private const byte BeginTag = 5;
    private const byte EndObjectTag = 6;
    private const byte NullTag = 1;
    private const int TraceObjectBytes = 48;
    private const int LongestName = 64;

    private readonly FileStream file;
    private readonly List<long> ends = [];
    private readonly byte[] head = new byte[LongestName];

    private WholeBlocks(FileStream file) => this.file = file;

    /// <summary>Where each of them ends.</summary>
    public IReadOnlyList<long> Ends => ends;

    /// <summary>What ends a trace of this version.</summary>
    public ReadOnlyMemory<byte> EndMark { get; private set; }

    /// <summary>Why the last one is not followed by the trace's end; null if it is.</summary>
    public string? Damage { get; private set; }

    /// <summary>Looks at a trace, from one block's head to the next.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WholeBlocks Find(FileStream file)
    {
        var blocks = new WholeBlocks(file);
        file.Seek(8, SeekOrigin.Begin);
        var isFromVersion6 = blocks.TryRead(4) is { } reserved && BinaryPrimitives.ReadInt32LittleEndian(reserved) == 0;
        blocks.EndMark = isFromVersion6 ? new byte[4] : new[] { NullTag };

        // Behind the version's numbers, or behind the 20 letters of "!FastSerialization.1".
        file.Seek(isFromVersion6 ? 20 : 32, SeekOrigin.Begin);
        while (isFromVersion6 ? blocks.Skip() : blocks.SkipObject()) blocks.ends.Add(file.Position);
        return blocks;
    }

    /// <summary>From version 6: 24 bits of length, 8 of kind, the block.</summary>
    private bool Skip()
    {
        if (TryRead(sizeof(uint)) is not { } start) return Torn("it ends without its end mark");
        var number = BinaryPrimitives.ReadUInt32LittleEndian(start);
        return number >> 24 != 0 && SkipBytes(number & 0xffffff);
    }

    /// <summary>Up to version 5: tags, the name of a type, the object's length but for the first one's, the object, a tag.</summary>
    private bool SkipObject()
    {
        if (TryRead(1) is not { } tag) return Torn("it ends without its end mark");
        if (tag[0] == NullTag) return false;
        if (tag[0] != BeginTag || TryRead(14) is not { } type || type[0] != BeginTag || type[1] != NullTag) return Torn("a block's head is not one");
        var letters = BinaryPrimitives.ReadInt32LittleEndian(type.AsSpan(10));
        if (letters is <= 0 or > LongestName || TryRead(letters) is not { } name) return Torn("a block has no name");
        var isTrace = name.AsSpan(0, letters).SequenceEqual("Trace"u8);
        if (TryRead(1)?[0] != EndObjectTag) return Torn("a block's name has no end");
        var bytes = (long)TraceObjectBytes;
        if (!isTrace)
        {
            if (TryRead(sizeof(int)) is not { } length) return Torn("it ends in a block's head");
            bytes = BinaryPrimitives.ReadInt32LittleEndian(length);
            file.Seek((4 - (file.Position % 4)) % 4, SeekOrigin.Current);
        }

        if (!SkipBytes(bytes)) return false;
        return TryRead(1)?[0] == EndObjectTag || Torn("a block has no end");
    }

    private bool SkipBytes(long bytes)
    {
        if (bytes < 0 || bytes > file.Length - file.Position) return Torn($"a block says that it has {bytes} bytes, and there are {file.Length - file.Position}");
        file.Seek(bytes, SeekOrigin.Current);
        return true;
    }

    private byte[]? TryRead(int bytes) => file.ReadAtLeast(head.AsSpan(0, bytes), bytes, throwOnEndOfStream: false) == bytes ? head : null;

    private bool Torn(string reason)
    {
        Damage = reason;
        return false;
    }
}

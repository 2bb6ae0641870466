using Microsoft.Win32.SafeHandles;

namespace Tracing.Peers;

/// <summary>A message with a header of fixed length, which says how many bytes follow.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
internal interface IFramedMessage<TSelf>
    where TSelf : IFramedMessage<TSelf>
{
    /// <summary>The protocol's name, for whom a message of another is refused.</summary>
    static abstract string Protocol { get; }

    /// <summary>Bytes of the header.</summary>
    static abstract int HeaderLength { get; }

    /// <summary>Bytes of the longest payload.</summary>
    static abstract int MostPayload { get; }

    /// <summary>Reads how many bytes follow a header; what is wrong with it otherwise.</summary>
    static abstract string? ProblemOf(ReadOnlySpan<byte> header, out int payload);

    /// <summary>The message of a header that has no problem.</summary>
    static abstract TSelf Of(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> payload, IReadOnlyList<SafeFileHandle> descriptors);

    /// <summary>What is wrong with the message as a whole, or null.</summary>
    string? Problem();
}
